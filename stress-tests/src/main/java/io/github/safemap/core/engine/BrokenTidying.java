package io.github.safemap.core.engine;

/** The broken twin of a chain's replacement, for a map of one bucket. */
public final class BrokenTidying {
    private BrokenTidying() {}

    /** Takes the bucket out of its table before its copy is there. */
    public static void takeOutFirst(Shards shards) {
        Table table = shards.getTableAcquire(0);
        Bucket main = Chain.nonNull(table.getBucketAcquire(0));
        table.setBucketRelease(0, null);
        ChainBuilder dense = new ChainBuilder(Chain.count(main));
        dense.addAll(main);
        table.setBucketRelease(0, dense.head());
        main.retire();
    }
}
