package io.github.safemap.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures about the table of a {@link GoMap} at one moment, for diagnosis and tests.
 *
 * @since 0.1.0
 */
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

    /**
     * {@return the number of entries}
     *
     * @since 0.1.0
     */
    public int size() {
        return size;
    }

    /**
     * {@return the base-2 logarithm of the number of buckets, Go's {@code B}; while the map grows, of the
     * new table}
     *
     * @since 0.1.0
     */
    public int b() {
        return Integer.numberOfTrailingZeros(buckets);
    }

    /**
     * {@return the number of main buckets that the table has room for, {@code 1 << b}; a bucket object is created
     * for its first entry}
     *
     * @since 0.1.0
     */
    public int buckets() {
        return buckets;
    }

    /**
     * {@return the existing bucket objects, with overflow buckets and those of the old table}
     *
     * @since 0.1.0
     */
    public int allocatedBuckets() {
        return allocatedBuckets;
    }

    /**
     * {@return the overflow buckets, with those of the old table}
     *
     * @since 0.1.0
     */
    public int overflowBuckets() {
        return overflowBuckets;
    }

    /**
     * {@return the old buckets that have not been evacuated; 0 if the map is not growing}
     *
     * @since 0.1.0
     */
    public int oldBucketsLeft() {
        return oldBucketsLeft;
    }

    /**
     * {@return entries for each bucket, {@code size / buckets}}
     *
     * @since 0.1.0
     */
    public double load() {
        return (double) size / buckets;
    }

    /**
     * {@return the largest number of bucket objects that one look-up may search}
     *
     * @since 0.1.0
     */
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
