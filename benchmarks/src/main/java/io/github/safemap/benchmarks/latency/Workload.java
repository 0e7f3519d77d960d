package io.github.safemap.benchmarks.latency;

import java.util.function.Supplier;

/** The latency workloads. */
enum Workload {
    /** Puts while the map grows from empty. */
    R1(5_000_000, GrowRound::new),
    /** Removes while the map empties to a thousandth, with a reader beside. */
    R2(5_000_000, EmptyRound::new),
    /** Fills and empties by 99 %, ten times over, with a reader beside. */
    R3(1_000_000, SawtoothRound::new);

    private final int size;
    private final Supplier<Round> round;

    Workload(int size, Supplier<Round> round) {
        this.size = size;
        this.round = round;
    }

    /** Returns the number of entries when none is asked for. */
    int size() {
        return size;
    }

    Round round() {
        return round.get();
    }
}
