package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * T4: half {@code remove}, half {@code put}, uniform over the key set. Half of the keys are there
 * at any time, from the start.
 */
public class T4Churn extends MapBenchmark {
    /** The number of keys: twice the number of entries. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] stored;
    private Object[] lookups;

    /** Fills the map by half. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, index -> index % 2 == 0, key -> key, run);
        stored = lookups(size);
        lookups = lookups(size);
    }

    /** One {@code put} or one {@code remove}; the removed key is never the stored object. */
    @Benchmark
    public @Nullable Object putOrRemove(Walk walk) {
        int i = walk.next(lookups.length);
        return walk.coin() ? map.put(stored[i], walk.value()) : map.remove(lookups[i]);
    }
}
