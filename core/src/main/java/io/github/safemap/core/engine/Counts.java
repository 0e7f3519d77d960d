package io.github.safemap.core.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many entries have come and gone. An insertion is counted before the entry can be seen, a removal
 * after it can no longer be, and removals are read first: so there are never fewer than were there at
 * some moment.
 */
final class Counts {
    /** How often {@link #size} adds up while removals come. */
    private static final int SIZE_TRIES = 16;

    private final LongAdder inserted = new LongAdder();
    private final LongAdder removed = new LongAdder();

    /** Removals that there was no memory to count in the other place. */
    private final AtomicLong removedBeside = new AtomicLong();

    /** Counts an insertion, before the entry can be seen. May need memory. */
    void countInserted() {
        inserted.increment();
    }

    /** Counts a removal, after the entry can no longer be seen. Needs no memory. */
    void countRemoved() {
        try {
            removed.increment();
        } catch (OutOfMemoryError e) { // an adder makes a cell when threads have met in it
            removedBeside.incrementAndGet();
        }
    }

    private long removals() {
        return removed.sum() + removedBeside.get();
    }

    /**
     * Returns the number of entries: at rest exactly, otherwise no less than there were at some moment
     * during the call. What is inserted and removed again between the two sums makes it too large, so it
     * is taken again while removals come, and the least answer is given.
     */
    long size() {
        long least = Long.MAX_VALUE;
        for (int tries = 0; tries < SIZE_TRIES; tries++) {
            long gone = removals();
            least = Math.min(least, inserted.sum() - gone);
            if (removals() == gone) {
                break;
            }
        }
        return least;
    }
}
