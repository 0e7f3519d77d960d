package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** {@code get} of an absent key. */
@Label("T2")
public class GetMiss extends MapBenchmark {
    /** The number of entries. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] absent;

    /** Fills the map. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, run);
        absent = absent(size);
    }

    /** One {@code get}. */
    @Benchmark
    public Object get(Walk walk) {
        return map.get(walk.next(absent));
    }
}
