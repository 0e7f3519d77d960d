package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * So many percent {@code get}, the rest half {@code put}, half {@code remove}, uniform over the key set,
 * as xsync defines its mixes. Half of the keys are there at any time, from the start; all are if nothing
 * but {@code get} is called.
 */
@Label("T5")
public class Mixed extends MapBenchmark {
    /** The percentage of {@code get}. */
    @Param({"100", "99", "90", "75"})
    public int reads;

    /** The number of keys. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] stored;
    private Object[] lookups;

    /** Fills the map. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, index -> reads == 100 || index % 2 == 0, key -> key, run);
        stored = lookups(size);
        lookups = lookups(size);
    }

    /** One {@code get}, {@code put} or {@code remove}; the removed key is never the stored object. */
    @Benchmark
    public @Nullable Object mixed(Walk walk) {
        int i = walk.next(lookups.length);
        return mix(map, reads, walk, stored[i], lookups[i]);
    }
}
