package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many entries have come and gone since the map was last cleared. An insertion is counted before the
 * entry can be seen, a removal after it no longer can, and {@link #size} reads the removals first: so it
 * never says fewer entries than there were at some moment of the call.
 *
 * <p>{@code clear} exchanges the counts together with the shards, so each shard refers to its own.
 */
final class EntryCount {
    /** How often {@link #size} adds up while removals come. */
    private static final int SIZE_TRIES = 16;

    private final LongAdder inserted = new LongAdder();

    /** Made by the first removal: an empty map stays small. */
    @SuppressWarnings("unused") // through REMOVED
    private @Nullable LongAdder removed;

    /** Removals for which there was no memory in the adder, less such insertions. */
    @SuppressWarnings("unused") // through UNADDED
    private long unadded;

    /** Counts an insertion, before the entry can be seen. Does not fail. */
    void countInserted() {
        try {
            inserted.increment(); // makes a cell when threads have met in it
        } catch (OutOfMemoryError e) {
            UNADDED.getAndAdd(this, -1L);
        }
    }

    /** Counts a removal, after the entry can no longer be seen. Does not fail. */
    void countRemoved() {
        try {
            LongAdder adder = getRemovedAcquire();
            if (adder == null) {
                REMOVED.compareAndSet(this, null, new LongAdder());
                adder = getRemovedAcquire();
            }
            adder.increment();
        } catch (OutOfMemoryError e) {
            UNADDED.getAndAdd(this, 1L);
        }
    }

    private long removals() {
        LongAdder adder = getRemovedAcquire();
        return (adder == null ? 0 : adder.sum()) + (long) UNADDED.getVolatile(this);
    }

    /**
     * Returns the number of entries: at rest exactly, otherwise no less than there were at some moment
     * of the call. What is inserted and removed again between the two sums makes it too large, so it is
     * taken again while removals come, and the least answer is given.
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

    private LongAdder getRemovedAcquire() {
        return (LongAdder) REMOVED.getAcquire(this);
    }

    private static final VarHandle REMOVED;
    private static final VarHandle UNADDED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            REMOVED = lookup.findVarHandle(EntryCount.class, "removed", LongAdder.class);
            UNADDED = lookup.findVarHandle(EntryCount.class, "unadded", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
