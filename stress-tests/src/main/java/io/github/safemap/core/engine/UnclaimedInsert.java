package io.github.safemap.core.engine;

/** The broken twin of an insertion, for a map of one bucket: it does not claim the chain. */
public final class UnclaimedInsert {
    private UnclaimedInsert() {}

    /** Inserts an absent key into the bucket's slots, whoever else is at it. */
    public static void put(Shards shards, Object key, Object value) {
        Table table = shards.getTableAcquire(0);
        Bucket main = Chain.nonNull(table.getBucketAcquire(0));
        shards.counts().countInserted();
        table.add(0, main, TopHash.of(table.hash(key.hashCode())), key, value, false);
    }
}
