package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many entries have come and gone since the map was last cleared. An insertion is counted before readers
 * can see the entry, a removal after they no longer can. {@link #size} reads the removals first. So the size is
 * never less than the number of entries at some moment of the call.
 *
 * <p>{@code clear} replaces the counts together with the shards, so each shard refers to its own counts.
 */
final class EntryCount {
    private final LongAdder inserted = new LongAdder();

    /** The first removal creates it, so that an empty map is small. */
    @SuppressWarnings("unused") // through REMOVED
    private @Nullable LongAdder removed;

    /** Removals that the adder had no memory for, minus such insertions. */
    @SuppressWarnings("unused") // through UNADDED
    private long unadded;

    /** Counts an insertion, before the entry can be seen. Does not fail. */
    void countInserted() {
        try {
            inserted.increment(); // creates a cell when threads contend, which needs memory
        } catch (OutOfMemoryError e) {
            addUnadded(-1);
        }
    }

    /** Counts a removal, after the entry can no longer be seen. Does not fail. */
    void countRemoved() {
        try {
            LongAdder adder = getRemovedAcquire();
            if (adder == null) {
                compareAndSetRemoved(new LongAdder());
                adder = getRemovedAcquire();
            }
            adder.increment();
        } catch (OutOfMemoryError e) {
            addUnadded(1);
        }
    }

    /** Links what counts without memory, while there is memory. */
    void rehearse() {
        addUnadded(0);
    }

    private long removals() {
        LongAdder adder = getRemovedAcquire();
        return (adder == null ? 0 : adder.sum()) + getUnaddedVolatile();
    }

    /**
     * Returns the number of entries. At rest it is exact, otherwise it is not less than the number at some
     * moment of the call. Entries that are inserted and removed between the two sums make it too large. So the
     * sums are repeated while removals come, and the least result is returned.
     */
    long size() {
        long least = Long.MAX_VALUE;
        for (int tries = 0; tries < Sizing.SIZE_TRIES; tries++) {
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

    private void compareAndSetRemoved(LongAdder adder) {
        REMOVED.compareAndSet(this, null, adder);
    }

    private long getUnaddedVolatile() {
        return (long) UNADDED.getVolatile(this);
    }

    private void addUnadded(long number) {
        UNADDED.getAndAdd(this, number);
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
