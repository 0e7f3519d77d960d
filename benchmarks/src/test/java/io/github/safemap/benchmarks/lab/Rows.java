package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;

/** Makes rows with round figures. */
final class Rows {
    private static final long MB = 1 << 20;

    private Rows() {}

    /** Returns the row of a map that held 100 MB when full. */
    static HeapRow of(Subject subject, int survivors, double keptMegabytes, double survivorMegabytes) {
        return new HeapRow("L3", subject, survivors, 0, 100 * MB, (long) (keptMegabytes * MB), 40 * MB, (long)
                (survivorMegabytes * MB));
    }
}
