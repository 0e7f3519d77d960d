package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/** Iterates over all entries. The scores are microseconds for one whole iteration. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Label("T8")
public class Iterate extends MapBenchmark {
    /** The number of entries that the map was filled with. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    /** The percentage of the entries that is still there. */
    @Param({"100", "1"})
    public int left;

    private Map<Object, Object> map;
    private int expected;

    /** Fills the map, and removes what is not to be left. */
    @Setup
    public void fill(BenchmarkParams run) {
        subject.requireMap();
        map = filled(size, run);
        for (int i = 0; i < size; i++) {
            if (i % 100 >= left) {
                map.remove(keys.key(i));
            }
        }
        System.gc();
        expected = map.size();
    }

    /** One iteration over all entries, by the entry set's iterator. */
    @Benchmark
    public int iterate(Blackhole hole) {
        int seen = 0;
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            hole.consume(entry.getKey());
            hole.consume(entry.getValue());
            seen++;
        }
        if (seen != expected) {
            throw new IllegalStateException(seen + " entries, not " + expected);
        }
        return seen;
    }
}
