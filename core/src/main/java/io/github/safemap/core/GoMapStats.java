package io.github.safemap.core;

import io.github.safemap.core.engine.Table;
import io.github.safemap.core.engine.TableShape;

/**
 * What a {@link GoMap}'s table looks like at one moment; for diagnosis and tests.
 *
 * @param size the number of entries
 * @param b the base-2 logarithm of the number of buckets, Go's {@code B}; while the map grows, that
 *     of the table it grows into
 * @param buckets the number of main buckets the table has room for, {@code 1 << b}; a bucket object
 *     is made when its first entry comes
 * @param allocatedBuckets the bucket objects that exist, overflow buckets and those of the old table
 *     included
 * @param overflowBuckets the overflow buckets chained to the main buckets of the table, those of the
 *     old table included
 * @param oldBucketsLeft the buckets of the old table that are still to be evacuated; 0 when the map
 *     is not growing
 * @param load entries a bucket, {@code size / buckets}
 * @param longestChain the most bucket objects that one look-up may walk
 */
public record GoMapStats(
        int size,
        int b,
        int buckets,
        int allocatedBuckets,
        int overflowBuckets,
        int oldBucketsLeft,
        double load,
        int longestChain) {

    static GoMapStats of(Table root, int size) {
        TableShape shape = TableShape.of(root);
        return new GoMapStats(
                size,
                shape.bits(),
                shape.buckets(),
                shape.allocatedBuckets(),
                shape.overflowBuckets(),
                shape.oldBucketsLeft(),
                (double) size / shape.buckets(),
                shape.longestChain());
    }
}
