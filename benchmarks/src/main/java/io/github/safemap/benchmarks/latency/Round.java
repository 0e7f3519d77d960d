package io.github.safemap.benchmarks.latency;

import java.io.FileNotFoundException;

/** One measurement of a workload, in a JVM of its own. */
interface Round {
    /** Measures and reports. */
    void run(Settings settings, Results results) throws InterruptedException, FileNotFoundException;
}
