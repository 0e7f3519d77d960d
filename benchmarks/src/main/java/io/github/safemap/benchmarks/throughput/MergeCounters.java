package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Counters that {@code merge} adds 1 to, some of them much more often than others. */
@Label("T7")
public class MergeCounters extends MapBenchmark {
    /** The number of counters. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    /** Which counters are counted up. */
    @Param("ZIPF")
    public Pick pick;

    private Map<Object, Integer> map;
    private Object[] sequence;

    /** Sets all counters to 0. */
    @Setup
    public void fill(BenchmarkParams run) {
        subject.requireMap();
        map = filled(size, index -> true, key -> 0, run);
        sequence = pick.sequence(lookups(size), SEED);
    }

    /** One {@code merge}. */
    @Benchmark
    public @Nullable Integer merge(Walk walk) {
        return map.merge(walk.next(sequence), 1, Integer::sum);
    }
}
