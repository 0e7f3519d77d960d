package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;

/** The program of the forks that {@link Memory} starts. */
final class MemoryRound {
    private MemoryRound() {}

    /** Runs one experiment with one subject. */
    public static void main(String[] arguments) {
        Workload.valueOf(arguments[0])
                .experiment()
                .run(Subject.valueOf(arguments[1]), KeyKind.valueOf(arguments[2]), Integer.parseInt(arguments[3]));
    }
}
