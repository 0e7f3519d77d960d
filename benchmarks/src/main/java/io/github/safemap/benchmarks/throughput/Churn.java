package io.github.safemap.benchmarks.throughput;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Half {@code remove}, half {@code put}, uniform over the key set. Half of the keys are there
 * at any time, from the start.
 */
@Label("T4")
public class Churn extends HalfFilled {
    /** One {@code put} or one {@code remove}; the removed key is never the stored object. */
    @Benchmark
    public @Nullable Object putOrRemove(Walk walk) {
        return change(walk);
    }
}
