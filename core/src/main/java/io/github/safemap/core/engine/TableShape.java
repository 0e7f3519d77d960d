package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a chain of tables looks like, found by walking it.
 *
 * @param bits the logarithm of the newest table's length
 * @param buckets the newest table's length
 * @param allocatedBuckets the bucket objects of all tables
 * @param overflowBuckets the overflow buckets among them
 * @param oldBucketsLeft the buckets of the older tables that have not moved on
 * @param longestChain the most bucket objects in one chain
 */
public record TableShape(
        int bits, int buckets, int allocatedBuckets, int overflowBuckets, int oldBucketsLeft, int longestChain) {

    /** Walks the tables from the oldest one on. */
    public static TableShape of(Table root) {
        int allocated = 0;
        int overflow = 0;
        int left = 0;
        int longest = 0;
        Table table = root;
        while (true) {
            Table next = table.getNextAcquire();
            for (int i = 0; i < table.length(); i++) {
                Bucket main = table.getBucketAcquire(i);
                if (main != Bucket.FORWARDED) {
                    int length = chainLength(main);
                    allocated += length;
                    overflow += Math.max(0, length - 1);
                    longest = Math.max(longest, length);
                    left += next == null ? 0 : 1;
                }
            }
            if (next == null) {
                return new TableShape(table.bits(), table.length(), allocated, overflow, left, longest);
            }
            table = next;
        }
    }

    private static int chainLength(@Nullable Bucket main) {
        int length = 0;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            length++;
        }
        return length;
    }
}
