package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The exchange of conc-map-bench: 10 % get, 40 % insert, 40 % remove, 10 % update. Three quarters of the keys
 * are there at the start; inserts and removals then draw that to a half. The threads' keys are their own.
 */
@Label("T10")
public class Exchange extends MapBenchmark {
    /** The number of keys, of all threads together. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    private Map<Object, Object> map;
    private Object[] stored;
    private Object[] lookups;

    /** Fills three quarters of the map. */
    @Setup
    public void fill(BenchmarkParams run) {
        subject.requireMap();
        map = filled(size, index -> index % 4 != 0, key -> key, run);
        stored = lookups(size);
        lookups = lookups(size);
    }

    /** One operation on one of this thread's keys. */
    @Benchmark
    public @Nullable Object exchange(Walk walk, ThreadParams thread) {
        int part = lookups.length / thread.getThreadCount();
        int i = thread.getThreadIndex() * part + walk.next(part);
        int dice = walk.dice(10);
        if (dice < 4) {
            return map.put(stored[i], walk.value());
        }
        if (dice < 8) {
            return map.remove(lookups[i]);
        }
        return dice == 8 ? map.get(lookups[i]) : map.replace(lookups[i], walk.value());
    }
}
