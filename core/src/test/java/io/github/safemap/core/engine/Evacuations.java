package io.github.safemap.core.engine;

/** Evacuations that begin when a test wants them, and how far they have come. */
public final class Evacuations {
    private Evacuations() {}

    /**
     * Begins an evacuation of each shard's table, to one of {@code 1 << bits} buckets: twice as many at
     * most, for a bucket is divided in two.
     */
    public static void begin(Shards shards, int bits) {
        for (int shard = 0; shard < shards.length(); shard++) {
            Table table = shards.getTableAcquire(shard);
            if (bits > table.bits() + 1) {
                throw new IllegalArgumentException("from " + table.bits() + " bits to " + bits);
            }
            if (!Growth.start(table, bits)) {
                throw new IllegalStateException("an evacuation of shard " + shard + " has begun already");
            }
        }
    }

    /** Returns the logarithm of the length of the table that a shard's entries end up in. */
    public static int bits(Shards shards, int shard) {
        return TableShape.of(shards.getTableAcquire(shard)).bits();
    }

    /** Returns the buckets of a shard that have to be moved still; 0 if there is no evacuation. */
    public static int bucketsLeft(Shards shards, int shard) {
        return TableShape.of(shards.getTableAcquire(shard)).oldBucketsLeft();
    }

    /** Returns whether a key's bucket has moved to the next table, and the key with it. */
    public static boolean hasMoved(Shards shards, Object key) {
        Table table = tableOf(shards, key);
        return table.getBucketAcquire(table.indexOf(table.hash(key.hashCode()))) == Bucket.FORWARDED;
    }

    /** Returns whether no task moves buckets, or is about to. */
    public static boolean isIdle(Shards shards) {
        return shards.isIdle();
    }

    /** Returns the oldest table of a key's shard. */
    private static Table tableOf(Shards shards, Object key) {
        Table any = shards.emptyTable();
        return shards.getTableAcquire(HashSeed.shardIndex(any.hash(key.hashCode()), shards.length() - 1));
    }
}
