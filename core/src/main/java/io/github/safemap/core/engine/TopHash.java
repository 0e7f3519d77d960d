package io.github.safemap.core.engine;

/**
 * The tophash word of a bucket: one byte for each of its eight slots, slot 0 in the lowest byte.
 *
 * <p>A byte with its high bit set belongs to a full slot and has seven bits of the key's hash. The other bytes
 * are states of slots that are not full. {@code GoMap} has Go's two states, {@link #EMPTY_REST} and {@link
 * #EMPTY_ONE}. There a bucket and its overflow chain count as one row: no slot after {@link #EMPTY_REST} is
 * full, so a search may stop there. In a {@link Shard} slots are filled once and in order, and the state says
 * whether a slot was never full or is {@link #DEAD}. A new bucket's word is 0.
 *
 * <p>The eight bytes are compared in one step, as in Go's later Swiss map and "has zero byte" of the Bit
 * Twiddling Hacks.
 */
public final class TopHash {
    /**
     * This slot is empty, and so is every slot after it, including overflow buckets. In a shard: the slot was
     * never used.
     */
    public static final int EMPTY_REST = 0;

    /** This slot is empty, and a full one follows. */
    public static final int EMPTY_ONE = 1;

    /** The bit that is set in the byte of each full slot. */
    public static final int FULL = 0x80;

    /** In a {@link Shard}: this slot was full, and is not filled again. */
    static final int DEAD = EMPTY_ONE;

    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private TopHash() {}

    /** Returns the byte of a full slot whose key has this hash. */
    public static int of(long hash) {
        return (int) (FULL | HashSeed.tophashBits(hash));
    }

    /** Returns a word with this hash's byte in all eight places, for comparison with other words. */
    public static long pattern(long hash) {
        return (FULL | HashSeed.tophashBits(hash)) * LOW_BITS;
    }

    /**
     * Returns the high bit of each byte in which the word equals the pattern. The lowest result is always a
     * true match. A higher one can be false, because a borrow runs upwards. The comparison of the keys decides.
     */
    public static long matches(long word, long pattern) {
        long difference = word ^ pattern;
        return (difference - LOW_BITS) & ~difference & HIGH_BITS;
    }

    /** Returns the high bit of each full slot's byte. */
    public static long full(long word) {
        return word & HIGH_BITS;
    }

    /** Returns the high bit of each empty slot's byte. */
    public static long empty(long word) {
        return ~word & HIGH_BITS;
    }

    /** Returns the slot of the lowest bit of a mask from the methods above. */
    public static int firstSlot(long mask) {
        return Long.numberOfTrailingZeros(mask) >>> 3;
    }

    /** Returns the mask without its lowest bit. */
    public static long withoutFirst(long mask) {
        return mask & (mask - 1);
    }

    /** Returns the byte of one slot. */
    public static int stateAt(long word, int slot) {
        return (int) (word >>> (slot << 3)) & 0xff;
    }

    /** Returns the word with one slot's byte replaced. */
    public static long withState(long word, int slot, int state) {
        int shift = slot << 3;
        return (word & ~(0xffL << shift)) | ((long) state << shift);
    }

    /** Returns the word with every empty slot after the last full one marked {@link #EMPTY_REST}. */
    public static long withRest(long word) {
        long full = full(word);
        long upToLastFull = (Long.highestOneBit(full) << 1) - 1;
        return full == 0 ? 0 : word & upToLastFull;
    }

    /**
     * Returns the first slot that was never full: the one after the highest byte that is not 0. The bucket's slots
     * are filled in order, and it must have such a slot.
     */
    public static int firstUnused(long word) {
        return (71 - Long.numberOfLeadingZeros(word)) >>> 3;
    }

    /** Returns whether the last slot shows that no key went further than this bucket. */
    public static boolean endsChain(long word) {
        return word >>> 56 == EMPTY_REST;
    }
}
