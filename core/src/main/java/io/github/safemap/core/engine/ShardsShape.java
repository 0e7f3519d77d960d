package io.github.safemap.core.engine;

/**
 * What {@link Shards} look like, found without walking them: from their books, and for the bytes from a
 * sample of at most {@link #SAMPLE} buckets, or one a table.
 *
 * @param buckets the places for main buckets in the newest tables
 * @param overflowBuckets the overflow buckets
 * @param longestChain the most buckets that a chain has had since its table was built
 * @param deletions about how many entries have been removed since the tables were built
 * @param bytes about how many bytes the tables take, those that are being evacuated included, without keys
 *     and values
 */
public record ShardsShape(long buckets, long overflowBuckets, int longestChain, long deletions, long bytes) {
    private static final int SAMPLE = 1_024;

    private static final long LARGEST_HEAP_OF_SHORT_REFERENCES = 32L << 30;
    private static final int REFERENCE_BYTES =
            Runtime.getRuntime().maxMemory() < LARGEST_HEAP_OF_SHORT_REFERENCES ? 4 : 8;
    private static final int OBJECT_HEADER_BYTES = 12;
    private static final int ARRAY_HEADER_BYTES = 16;

    /** A table's own object and its tally. */
    private static final int BOOKS_BYTES = 40 + 48;

    /** A node of a tree, and its cell. */
    private static final long KEY_IN_TREE_BYTES = aligned(OBJECT_HEADER_BYTES + 4L * REFERENCE_BYTES + Integer.BYTES)
            + aligned(OBJECT_HEADER_BYTES + REFERENCE_BYTES);

    /** Looks at all shards. */
    public static ShardsShape of(Shards shards) {
        int sample = Math.max(1, SAMPLE / shards.length());
        long buckets = 0;
        long overflow = 0;
        int longest = 0;
        long deletions = 0;
        double bytes = 0;
        for (int shard = 0; shard < shards.length(); shard++) {
            Table newest = null;
            for (Table table = shards.getTableAcquire(shard);
                    table != null && table != shards.emptyTable();
                    table = table.getNextAcquire()) {
                newest = table;
                overflow += table.tally().overflowBuckets();
                longest = Math.max(longest, table.tally().longestChain());
                bytes += bytesOf(table, sample);
            }
            if (newest != null) {
                buckets += newest.length();
                deletions += newest.tally().deleted();
            }
        }
        return new ShardsShape(buckets, overflow, longest, deletions, Math.round(bytes));
    }

    /** Returns about how many bytes a table takes, by some of its buckets, evenly spread. */
    private static double bytesOf(Table table, int sample) {
        int stride = Math.max(1, table.length() / sample);
        long bytes = 0;
        int seen = 0;
        for (int i = stride / 2; i < table.length(); i += stride) {
            Bucket main = table.getBucketAcquire(i);
            if (main != null && main != Bucket.FORWARDED) {
                for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
                    bytes += bytesOf(bucket);
                }
                for (KeyTree tree : main.getTreesAcquire()) {
                    bytes += KEY_IN_TREE_BYTES * tree.size();
                }
            }
            seen++;
        }
        int books = table.bits() < Tally.PADDED_BITS ? BOOKS_BYTES : BOOKS_BYTES + Tally.PADDING_BYTES;
        return books + arrayBytes(table.length()) + (double) bytes * table.length() / seen;
    }

    private static long bytesOf(Bucket bucket) {
        int fields = Long.BYTES + Integer.BYTES + 2 * REFERENCE_BYTES;
        return aligned(OBJECT_HEADER_BYTES + fields) + arrayBytes(2L * bucket.capacity());
    }

    /** Returns the bytes of an array of so many references. */
    static long arrayBytes(long length) {
        return aligned(ARRAY_HEADER_BYTES + length * REFERENCE_BYTES);
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & -8;
    }
}
