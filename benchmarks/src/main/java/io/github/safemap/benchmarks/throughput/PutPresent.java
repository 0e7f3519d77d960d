package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** {@code put} over a present key, of a value that differs from the one there. */
@Label("T3")
public class PutPresent extends MapBenchmark {
    /** The number of entries. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] lookups;

    /** Fills the map. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, run);
        lookups = lookups(size);
    }

    /** One {@code put}. */
    @Benchmark
    public Object put(Walk walk) {
        Object key = walk.next(lookups);
        return map.put(key, walk.value());
    }
}
