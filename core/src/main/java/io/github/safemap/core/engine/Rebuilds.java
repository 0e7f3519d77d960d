package io.github.safemap.core.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a map's growing and shrinking has come to since the map was made; it outlives {@code clear}. The
 * counters change once a rebuild or a step of one, so writers seldom meet in them; and they need no memory
 * to count, so the write that ends a rebuild cannot fail here.
 */
public final class Rebuilds {
    private final AtomicLong grown = new AtomicLong();
    private final AtomicLong shrunk = new AtomicLong();
    private final AtomicLong entriesMoved = new AtomicLong();
    private final AtomicLong bytesGivenBack = new AtomicLong();
    private final AtomicLong longestStep = new AtomicLong();

    /** Books that a table has been evacuated. */
    void ended(Table from, Table to) {
        long moved = from.tally().entriesMoved();
        entriesMoved.addAndGet(moved);
        if (to.bits() > from.bits()) {
            grown.incrementAndGet();
        } else {
            shrunk.incrementAndGet();
            bytesGivenBack.addAndGet(
                    ShardsShape.arrayBytes(from.length()) - ShardsShape.arrayBytes(to.length()));
        }
        RebuildEvent event = to.event();
        if (event != null) {
            Recorder.ended(event, moved);
        }
    }

    /** Books how long a step took, by {@link System#nanoTime}. */
    void stepTook(long nanos) {
        long longest = longestStep.get();
        while (nanos > longest && !longestStep.compareAndSet(longest, nanos)) {
            longest = longestStep.get();
        }
    }

    /** Returns how many tables have been replaced by larger ones. */
    public long grown() {
        return grown.get();
    }

    /** Returns how many tables have been replaced by smaller ones. */
    public long shrunk() {
        return shrunk.get();
    }

    /** Returns how many entries have moved from table to table, each as often as it did. */
    public long entriesMoved() {
        return entriesMoved.get();
    }

    /** Returns by how many bytes the arrays of tables have become smaller, their buckets not counted. */
    public long bytesGivenBack() {
        return bytesGivenBack.get();
    }

    /** Returns the nanoseconds of the longest step that was timed. */
    public long longestStepNanos() {
        return longestStep.get();
    }
}
