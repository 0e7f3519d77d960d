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
    R5(5_000_000, false, DrainRound::new);

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

    /** Returns whether a second thread reads meanwhile. */
    boolean needsReader() {
        return needsReader;
    }

    Round round() {
        return round.get();
    }
}
