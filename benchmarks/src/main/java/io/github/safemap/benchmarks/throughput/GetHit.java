package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** {@code get} of a present key. */
@Label("T1")
public class GetHit extends MapBenchmark {
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

    /** One {@code get}. */
    @Benchmark
    public Object get(Walk walk) {
        return map.get(walk.next(lookups));
    }
}
