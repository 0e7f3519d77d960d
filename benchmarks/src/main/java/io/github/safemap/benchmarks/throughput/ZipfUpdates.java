package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** {@code get} of present keys, and {@code put} over them in so many percent; some much more often than others. */
@Label("T13")
public class ZipfUpdates extends MapBenchmark {
    /** The percentage of {@code put}. */
    @Param({"0", "10", "50"})
    public int updates;

    /** The number of entries. */
    @Param({"10000", "10000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] sequence;

    /** Fills the map. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, run);
        sequence = Pick.ZIPF.sequence(lookups(size), SEED);
    }

    /** One {@code get} or one {@code put}. */
    @Benchmark
    public @Nullable Object getOrPut(Walk walk) {
        Object key = walk.next(sequence);
        if (walk.dice(100) >= updates) {
            return map.get(key);
        }
        walk.turn();
        return map.put(key, walk.value());
    }
}
