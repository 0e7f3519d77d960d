package io.github.safemap.core.engine;

/**
 * The tophash word of a bucket: one byte for each of its eight slots, slot 0 in the lowest byte.
 *
 * <p>A byte with its high bit set belongs to a full slot and holds seven bits of the key's hash. The others
 * are the states of empty slots. In {@code GoMap} they are Go's two, {@link #EMPTY_REST} and {@link
 * #EMPTY_ONE}, over a bucket and its overflow chain taken as one row: behind {@link #EMPTY_REST} nothing is
 * full, so a search may stop there. In a {@link Shard}, whose slots are filled in order and once, they say
 * whether a slot was never full or is {@link #DEAD}. A new bucket's word is 0.
 *
 * <p>The eight bytes are compared in one step, the way Go's later Swiss map and the Bit Twiddling
 * Hacks' "has zero byte" do it.
 */
public final class TopHash {
    /** This slot is empty, and so is every slot after it, overflow buckets included; in a shard: never used. */
    public static final int EMPTY_REST = 0;

    /** This slot is empty; a full one follows. */
    public static final int EMPTY_ONE = 1;

    /** Set in the byte of each full slot. */
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

    /** Returns the word with this hash's byte in all eight places, to compare words with. */
    public static long pattern(long hash) {
        return (FULL | HashSeed.tophashBits(hash)) * LOW_BITS;
    }

    /**
     * Returns the high bit of each byte in which the word equals the pattern. The lowest bit is
     * always a true match; one above it can be false (a borrow runs upwards), which the comparison
     * of the keys settles.
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

    /** Returns the slot of the lowest bit of a mask made by the methods above. */
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

    /** Returns the word with every empty slot behind the last full one marked {@link #EMPTY_REST}. */
    public static long withRest(long word) {
        long full = full(word);
        long upToLastFull = (Long.highestOneBit(full) << 1) - 1;
        return full == 0 ? 0 : word & upToLastFull;
    }

    /** Returns the first slot that was never full, of a bucket whose slots are filled in order and which has one. */
    public static int firstUnused(long word) {
        return (71 - Long.numberOfLeadingZeros(word)) >>> 3;
    }

    /** Returns whether the last slot says that nothing went further than this bucket. */
    public static boolean endsChain(long word) {
        return word >>> 56 == EMPTY_REST;
    }
}
