package io.github.safemap.core.engine;

/** Evacuations of a map's only shard, begun when a test wants them. */
public final class Rebuild {
    private Rebuild() {}

    /** Begins an evacuation to a table of {@code 1 << bits} buckets. Writes do the rest. */
    public static void begin(Shards shards, int bits) {
        if (!Growth.start(shards.getTableAcquire(0), bits)) {
            throw new IllegalStateException("an evacuation has begun already");
        }
    }

    /** Moves all buckets to a table of {@code 1 << bits}, which takes the old one's place. */
    public static void complete(Shards shards, int bits) {
        begin(shards, bits);
        Table table = shards.getTableAcquire(0);
        if (shards.evacuate(0, table, 0, table.length())) {
            throw new IllegalStateException("a bucket would not move");
        }
    }
}
