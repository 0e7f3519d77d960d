package io.github.safemap.core.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts of a map's rebuilds since it was created. {@code clear} keeps them, and counting needs no memory.
 */
@SuppressWarnings("EnumOrdinal") // an index of an array that has a place for each kind, and is not kept
public final class RebuildCounts {
    private static final int KINDS = RebuildKind.values().length;
    private static final int MOVED = KINDS;
    private static final int CONTENDED = KINDS + 1;
    private static final int LONGEST = KINDS + 2;
    private static final int DOUBLED = KINDS + 3;
    private static final int HALVED = KINDS + 4;

    private final AtomicLongArray counts = new AtomicLongArray(KINDS + 5);

    void rebuilt(RebuildKind kind, int entries, long nanos) {
        counts.getAndIncrement(kind.ordinal());
        counts.getAndAdd(MOVED, entries);
        if (nanos > longestNanos()) { // if two come at once, one may be lost
            counts.setOpaque(LONGEST, nanos);
        }
    }

    /** Keeps the counts of a replaced shard. */
    void countContended(int claims) {
        counts.getAndAdd(CONTENDED, claims);
    }

    void countDoubled() {
        counts.getAndIncrement(DOUBLED);
    }

    void countHalved() {
        counts.getAndIncrement(HALVED);
    }

    /** Returns the number of rebuilds of a kind. */
    public long of(RebuildKind kind) {
        return counts.getOpaque(kind.ordinal());
    }

    /** Returns how many entries were copied. An entry counts once for each copy. */
    public long entriesMoved() {
        return counts.getOpaque(MOVED);
    }

    /** Returns how many claims had to wait in replaced shards. */
    public long contended() {
        return counts.getOpaque(CONTENDED);
    }

    /** Returns the nanoseconds of the longest rebuild. */
    public long longestNanos() {
        return counts.getOpaque(LONGEST);
    }

    /** Returns how often the directory was doubled. */
    public long doubled() {
        return counts.getOpaque(DOUBLED);
    }

    /** Returns how often the directory was halved. */
    public long halved() {
        return counts.getOpaque(HALVED);
    }
}
