package io.github.safemap.benchmarks.latency;

import java.util.function.Supplier;

/** The latency workloads. */
enum Workload {
    /** Puts while the map grows from empty. */
    R1(5_000_000, false, () -> new GrowRound(true)),
    /** Removes while the map empties to a thousandth, with a reader beside. */
    R2(5_000_000, true, EmptyRound::new),
    /** Fills and empties by 99 %, ten times over, with a reader beside. */
    R3(1_000_000, true, SawtoothRound::new),
    /** R1 without a warm-up: the first map that the JVM ever fills. */
    R4(5_000_000, false, () -> new GrowRound(false)),
    /** Removes down to nothing, the first ones of the JVM. */
    R5(5_000_000, false, DrainRound::new),
    /** Gets beside a thread that grows the map, merges into it and shrinks it. */
    R6(1_000_000, true, ReadRound::new),
    /** Puts of keys that are made meanwhile: as many entries as there is memory for. */
    R7(10_000_000, false, ScaleRound::new) {
        @Override
        int gigabytes(int entries) {
            return 2 + entries / 7_000_000;
        }
    };

    private static final int ENTRIES_IN_GIGABYTE = 3_000_000;

    private final int size;
    private final boolean needsReader;
    private final Supplier<Round> round;

    Workload(int size, boolean needsReader, Supplier<Round> round) {
        this.size = size;
        this.needsReader = needsReader;
        this.round = round;
    }

    /** Returns the number of entries when none is asked for. */
    int size() {
        return size;
    }

    /** Returns how large a heap holds all that is allocated, if nothing is collected. */
    int gigabytes(int entries) {
        return 3 + (entries + ENTRIES_IN_GIGABYTE - 1) / ENTRIES_IN_GIGABYTE;
    }

    /** Returns whether a second thread reads or writes meanwhile. */
    boolean needsReader() {
        return needsReader;
    }

    Round round() {
        return round.get();
    }
}
