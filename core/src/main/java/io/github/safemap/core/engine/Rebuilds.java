package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a map's growing and shrinking has come to since the map was made; it outlives {@code clear}. The
 * counters change once a rebuild or a step of one, so writers seldom meet in them; and they need no memory
 * to count, so the write that ends a rebuild cannot fail here.
 */
public final class Rebuilds {
    @SuppressWarnings("unused") // through GROWN
    private long grown;

    @SuppressWarnings("unused") // through SHRUNK
    private long shrunk;

    @SuppressWarnings("unused") // through ENTRIES_MOVED
    private long entriesMoved;

    @SuppressWarnings("unused") // through BYTES_GIVEN_BACK
    private long bytesGivenBack;

    @SuppressWarnings("unused") // through LONGEST_STEP
    private long longestStep;

    /** Books that a table has been evacuated. */
    void ended(Table from, Table to) {
        long moved = from.tally().entriesMoved();
        ENTRIES_MOVED.getAndAdd(this, moved);
        if (to.bits() > from.bits()) {
            GROWN.getAndAdd(this, 1L);
        } else {
            SHRUNK.getAndAdd(this, 1L);
            long bytes = ShardsShape.arrayBytes(from.length()) - ShardsShape.arrayBytes(to.length());
            BYTES_GIVEN_BACK.getAndAdd(this, bytes);
        }
        RebuildEvent event = to.event();
        if (event != null) {
            Recorder.ended(event, moved);
        }
    }

    /** Books how long a step took, by {@link System#nanoTime}. Of two at once one may be forgotten. */
    void stepTook(long nanos) {
        if (nanos > longestStepNanos()) {
            LONGEST_STEP.setOpaque(this, nanos);
        }
    }

    /** Returns how many tables have been replaced by larger ones. */
    public long grown() {
        return (long) GROWN.getOpaque(this);
    }

    /** Returns how many tables have been replaced by smaller ones. */
    public long shrunk() {
        return (long) SHRUNK.getOpaque(this);
    }

    /** Returns how many entries have moved from table to table, each as often as it did. */
    public long entriesMoved() {
        return (long) ENTRIES_MOVED.getOpaque(this);
    }

    /** Returns by how many bytes the arrays of tables have become smaller, their buckets not counted. */
    public long bytesGivenBack() {
        return (long) BYTES_GIVEN_BACK.getOpaque(this);
    }

    /** Returns the nanoseconds of the longest step that was timed. */
    public long longestStepNanos() {
        return (long) LONGEST_STEP.getOpaque(this);
    }

    private static final VarHandle GROWN;
    private static final VarHandle SHRUNK;
    private static final VarHandle ENTRIES_MOVED;
    private static final VarHandle BYTES_GIVEN_BACK;
    private static final VarHandle LONGEST_STEP;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            GROWN = lookup.findVarHandle(Rebuilds.class, "grown", long.class);
            SHRUNK = lookup.findVarHandle(Rebuilds.class, "shrunk", long.class);
            ENTRIES_MOVED = lookup.findVarHandle(Rebuilds.class, "entriesMoved", long.class);
            BYTES_GIVEN_BACK = lookup.findVarHandle(Rebuilds.class, "bytesGivenBack", long.class);
            LONGEST_STEP = lookup.findVarHandle(Rebuilds.class, "longestStep", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
