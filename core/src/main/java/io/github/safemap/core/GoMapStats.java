package io.github.safemap.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the table of a {@link GoMap} looks like at one moment; for diagnosis and tests. */
public final class GoMapStats {
    private final int size;
    private final int buckets;
    private final int allocatedBuckets;
    private final int overflowBuckets;
    private final int oldBucketsLeft;
    private final int longestChain;

    GoMapStats(GoTable table) {
        int allocated = 0;
        int overflow = 0;
        int longest = 0;
        for (@Nullable GoBucket[] buckets : List.of(table.old(), table.buckets())) {
            for (GoBucket main : buckets) {
                int length = 0;
                for (GoBucket next = main == GoTable.MOVED ? null : main; next != null; next = next.overflow()) {
                    length++;
                }
                allocated += length;
                overflow += Math.max(0, length - 1);
                longest = Math.max(longest, length);
            }
        }
        size = table.size();
        buckets = table.buckets().length;
        allocatedBuckets = allocated;
        overflowBuckets = overflow;
        oldBucketsLeft = table.oldBucketsLeft();
        longestChain = longest;
    }

    /** {@return the number of entries} */
    public int size() {
        return size;
    }

    /**
     * {@return the base-2 logarithm of the number of buckets, Go's {@code B}; while the map grows, that of
     * the table it grows into}
     */
    public int b() {
        return Integer.numberOfTrailingZeros(buckets);
    }

    /**
     * {@return the number of main buckets the table has room for, {@code 1 << b}; a bucket object is made
     * when its first entry comes}
     */
    public int buckets() {
        return buckets;
    }

    /** {@return the bucket objects that exist, overflow buckets and those of the old table included} */
    public int allocatedBuckets() {
        return allocatedBuckets;
    }

    /** {@return the overflow buckets chained to the main buckets, those of the old table included} */
    public int overflowBuckets() {
        return overflowBuckets;
    }

    /** {@return the buckets of the old table that are still to be evacuated; 0 when the map is not growing} */
    public int oldBucketsLeft() {
        return oldBucketsLeft;
    }

    /** {@return entries a bucket, {@code size / buckets}} */
    public double load() {
        return (double) size / buckets;
    }

    /** {@return the most bucket objects that one look-up may walk} */
    public int longestChain() {
        return longestChain;
    }

    @Override
    public String toString() {
        return "GoMapStats[size=" + size + ", b=" + b() + ", buckets=" + buckets + ", allocatedBuckets="
                + allocatedBuckets + ", overflowBuckets=" + overflowBuckets + ", oldBucketsLeft=" + oldBucketsLeft
                + ", load=" + load() + ", longestChain=" + longestChain + "]";
    }
}
