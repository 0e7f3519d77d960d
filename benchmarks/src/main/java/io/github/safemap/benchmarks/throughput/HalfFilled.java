package io.github.safemap.benchmarks.throughput;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** A map with half of the keys, and the writes that leave it so. */
public abstract class HalfFilled extends MapBenchmark {
    /** The number of keys: twice the number of entries. */
    @Param({"1000", "100000", "1000000"})
    public int size;

    /** The map under test. */
    protected Map<Object, Object> map;

    private Object[] stored;
    private Object[] lookups;

    /** Fills the map by half. */
    @Setup
    public void fill(BenchmarkParams run) {
        map = filled(size, index -> index % 2 == 0, key -> key, run);
        stored = lookups(size);
        lookups = lookups(size);
    }

    /** One {@code put} or one {@code remove}; the removed key is never the stored object. */
    protected final @Nullable Object change(Walk walk) {
        int i = walk.next(lookups.length);
        return walk.coin() ? map.put(stored[i], walk.value()) : map.remove(lookups[i]);
    }
}
