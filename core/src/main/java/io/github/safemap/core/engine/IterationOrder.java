package io.github.safemap.core.engine;

/**
 * An order of all 32-bit bucket hashes in which an iteration can keep its place while tables of
 * other sizes come and go.
 *
 * <p>A hash's position is made of its low {@code baseBits} bits (the bucket it has in a table of the
 * size that the iteration began with) and behind them its other bits in reverse. So the buckets of
 * the base table come one after the other as they lie in memory; each bucket of a larger table is an
 * interval inside that of its base bucket; and each bucket of a smaller table is a union of whole base
 * buckets. To be at position p is to have returned just the entries whose hashes lie before p,
 * whatever tables they were found in.
 *
 * <p>The reversed bits are those of Redis' SCAN (Pieter Noordhuis), which returns some keys twice
 * when the table shrinks; keeping the base bits in front, and filtering by position, does not.
 */
final class IterationOrder {
    /** One more than the last position. */
    static final long END = 1L << 32;

    private static final int HASH_BITS = 32;

    private final int baseBits;
    private final int restBits;
    private final long restMask;

    IterationOrder(int baseBits) {
        this.baseBits = baseBits;
        restBits = HASH_BITS - baseBits;
        restMask = (1L << restBits) - 1;
    }

    /** Returns the first position of a bucket of the base table. */
    long startOfBase(int bucket) {
        return (long) bucket << restBits;
    }

    /** Returns the position of a hash. */
    long positionOf(long hash) {
        int bits = HashSeed.indexBits(hash);
        long base = bits & ((1L << baseBits) - 1);
        return base << restBits | (Integer.reverse(bits) & restMask);
    }

    /** Returns the bucket that a position lies in, in a table of {@code mask + 1} buckets. */
    int bucketAt(long position, int mask) {
        int base = (int) (position >>> restBits);
        int rest = Integer.reverse((int) (position & restMask));
        return (base | rest) & mask;
    }

    /**
     * Returns the end of the interval of positions around the given one that share its bucket in a
     * table of {@code 1 << bits}, and its base bucket.
     */
    long endOfBucket(long position, int bits) {
        long width = width(bits);
        return (position & -width) + width;
    }

    /** Returns whether [from, to) is all that a bucket of {@code 1 << bits} holds. */
    boolean isWholeBucket(long from, long to, int bits) {
        return bits >= baseBits && to - from == width(bits);
    }

    /** Returns how many positions a bucket of {@code 1 << bits} has, within its base bucket. */
    long width(int bits) {
        return 1L << (HASH_BITS - Math.max(bits, baseBits));
    }
}
