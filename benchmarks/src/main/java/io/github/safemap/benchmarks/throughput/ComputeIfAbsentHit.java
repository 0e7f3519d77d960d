package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * {@code computeIfAbsent} of a present key, as in Caffeine's ComputeBenchmark, and {@code get} of the
 * same keys to compare it with.
 */
@Label("T6")
public class ComputeIfAbsentHit extends MapBenchmark {
    private static final Function<Object, Object> COMPUTE = key -> key;

    /** The number of entries. */
    @Param("10922")
    public int size;

    /** Which keys are looked up. */
    @Param({"HOT", "ZIPF"})
    public Pick pick;

    private Map<Object, Object> map;
    private Object[] sequence;

    /** Fills the map. */
    @Setup
    public void fill(BenchmarkParams run) {
        subject.requireMap();
        map = filled(size, run);
        sequence = pick.sequence(lookups(size), SEED);
    }

    /** One {@code computeIfAbsent}. */
    @Benchmark
    public Object computeIfAbsent(Walk walk) {
        return map.computeIfAbsent(walk.next(sequence), COMPUTE);
    }

    /** One {@code get}. */
    @Benchmark
    public Object get(Walk walk) {
        return map.get(walk.next(sequence));
    }
}
