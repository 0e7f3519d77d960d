package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.List;

/**
 * The heap that one map held at one moment of simulated time.
 *
 * @param experiment the experiment's name
 * @param subject the map
 * @param minute simulated minutes since the start
 * @param heapBytes heap in use after a full collection, less what the JVM used without the map
 */
record HeapSample(String experiment, Subject subject, int minute, long heapBytes) {
    static final List<String> COLUMNS = List.of("experiment", "subject", "minute", "heap_bytes");

    /** Returns what stands in {@code samples.csv}. */
    List<Object> csv() {
        return List.of(experiment, subject.label(), minute, heapBytes);
    }
}
