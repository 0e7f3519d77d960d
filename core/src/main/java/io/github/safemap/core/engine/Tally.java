package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a table knows of itself: about how many entries it has, how many were deleted since it was
 * built, its overflow buckets, and how far its evacuation has come.
 *
 * <p>Writers of different buckets must not meet in a counter, so a chain reports its entries by the
 * batch: one of {@code n} entries stands in the books with {@code n} rounded down to a multiple of
 * {@link #BATCH}, after an offset that differs from bucket to bucket has been added. The offsets are
 * spread evenly, so the sum is right on average; it is off by about 2.3 times the square root of the
 * number of buckets (each is off by an even spread of 8). Only one insertion or removal in eight
 * touches the count. Because what is reported is a function of {@code n} and the bucket's index, a
 * chain that moves or is dropped takes just its own share along.
 */
class Tally {
    /** Entries in a batch. */
    private static final int BATCH = 8;

    /** From so many buckets on a table's tally gets cache lines of its own. */
    static final int PADDED_BITS = 5;

    static final int PADDING_BYTES = 128;

    @SuppressWarnings("unused") // through LIVE
    private int live;

    @SuppressWarnings("unused") // through DELETED
    private int deleted;

    @SuppressWarnings("unused") // through OVERFLOW
    private int overflow;

    /** Before an evacuation: the attempts to begin one that are to be left out. Later: see takeCursor. */
    @SuppressWarnings("unused") // through CURSOR
    private int cursor;

    @SuppressWarnings("unused") // through MOVED
    private int moved;

    @SuppressWarnings("unused") // through ENTRIES_MOVED
    private long entriesMoved;

    @SuppressWarnings("unused") // through LONGEST
    private int longestChain;

    static Tally create(int bits) {
        return bits < PADDED_BITS ? new Tally() : new Padded();
    }

    /** Returns what a chain of so many entries in the bucket of this index stands in the books with. */
    static int reported(int entries, int index) {
        int offset = Integer.reverse(index) >>> 29; // 0 to 7, evenly whatever the table's length
        return (entries + offset) & -BATCH;
    }

    /**
     * Books that a chain's entries have changed.
     *
     * @return whether that changed the figures
     */
    boolean changed(int index, int before, int after) {
        int delta = reported(after, index) - reported(before, index);
        if (delta == 0) {
            return false;
        }
        LIVE.getAndAdd(this, delta);
        if (delta < 0) {
            DELETED.getAndAdd(this, -delta);
        }
        return true;
    }

    /** Books that a chain has come from another table (positive) or gone to one (negative). */
    void moved(int delta) {
        if (delta != 0) {
            LIVE.getAndAdd(this, delta);
        }
    }

    /** Returns about how many entries there are. */
    int live() {
        return (int) LIVE.getOpaque(this);
    }

    /** Returns about how many entries have been deleted since the table was built. */
    int deleted() {
        return (int) DELETED.getOpaque(this);
    }

    int overflowBuckets() {
        return (int) OVERFLOW.getOpaque(this);
    }

    void addOverflowBuckets(int delta) {
        if (delta != 0) {
            OVERFLOW.getAndAdd(this, delta);
        }
    }

    void resetOverflowBuckets() {
        OVERFLOW.setOpaque(this, 0);
    }

    /** Leaves out so many attempts to begin an evacuation from now on, more or less. */
    void leaveOut(int attempts) {
        CURSOR.setOpaque(this, attempts);
    }

    /** Returns whether this attempt to begin an evacuation is to be left out. */
    boolean leavesOut() {
        return (int) CURSOR.getOpaque(this) > 0 && (int) CURSOR.getAndAdd(this, -1) > 0;
    }

    /**
     * Takes the next buckets to evacuate; it may begin anywhere and run past the end, and then starts
     * over.
     */
    int takeCursor(int buckets) {
        return (int) CURSOR.getAndAdd(this, buckets) & Integer.MAX_VALUE;
    }

    /** Counts a bucket that has moved. */
    void countMoved() {
        MOVED.getAndAdd(this, 1);
    }

    /** Counts entries that have moved to the next table. */
    void countEntriesMoved(int entries) {
        ENTRIES_MOVED.getAndAdd(this, (long) entries);
    }

    /** Returns how many entries have moved to the next table. */
    long entriesMoved() {
        return (long) ENTRIES_MOVED.getOpaque(this);
    }

    /** Notes the length of a chain, in buckets. Of two at once the longer may be forgotten. */
    void noteChain(int buckets) {
        if (buckets > longestChain()) {
            LONGEST.setOpaque(this, buckets);
        }
    }

    /** Returns the most buckets that were noted of a chain. */
    int longestChain() {
        return (int) LONGEST.getOpaque(this);
    }

    /** Returns how many buckets have moved to the next table. */
    int movedAcquire() {
        return (int) MOVED.getAcquire(this);
    }

    /** A tally with room behind it, so that it shares no cache line with what is allocated next. */
    private static final class Padded extends Tally {
        @SuppressWarnings("unused") // room
        long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
    }

    private static final VarHandle LIVE;
    private static final VarHandle DELETED;
    private static final VarHandle OVERFLOW;
    private static final VarHandle CURSOR;
    private static final VarHandle MOVED;
    private static final VarHandle ENTRIES_MOVED;
    private static final VarHandle LONGEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LIVE = lookup.findVarHandle(Tally.class, "live", int.class);
            DELETED = lookup.findVarHandle(Tally.class, "deleted", int.class);
            OVERFLOW = lookup.findVarHandle(Tally.class, "overflow", int.class);
            CURSOR = lookup.findVarHandle(Tally.class, "cursor", int.class);
            MOVED = lookup.findVarHandle(Tally.class, "moved", int.class);
            ENTRIES_MOVED = lookup.findVarHandle(Tally.class, "entriesMoved", long.class);
            LONGEST = lookup.findVarHandle(Tally.class, "longestChain", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
