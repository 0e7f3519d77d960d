package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * JCTools' mix: half {@code get}, a quarter {@code putIfAbsent}, a quarter {@code remove}, uniform over
 * the key set; half of the keys are there at any time, from the start. JCTools has {@code String} keys.
 */
@Label("T11")
public class PutIfAbsent extends MapBenchmark {
    /** The number of keys. */
    @Param("100000")
    public int size;

    private Map<Object, Object> map;
    private Object[] stored;
    private Object[] lookups;

    /** Fills the map by half. */
    @Setup
    public void fill(BenchmarkParams run) {
        subject.requireMap();
        map = filled(size, index -> index % 2 == 0, key -> key, run);
        stored = lookups(size);
        lookups = lookups(size);
    }

    /** One operation. */
    @Benchmark
    public @Nullable Object mixed(Walk walk) {
        int i = walk.next(lookups.length);
        return switch (walk.dice(4)) {
            case 0 -> map.putIfAbsent(stored[i], walk.value());
            case 1 -> map.remove(lookups[i]);
            default -> map.get(lookups[i]);
        };
    }
}
