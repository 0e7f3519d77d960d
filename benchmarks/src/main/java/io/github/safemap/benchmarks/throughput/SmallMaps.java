package io.github.safemap.benchmarks.throughput;

import io.github.safemap.benchmarks.support.Orders;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The mixes of {@link Mixed} on thousands of small maps: each operation on another one. */
@Label("T15")
public class SmallMaps extends MapBenchmark {
    /** The number of maps. */
    @Param("10000")
    public int maps;

    /** The number of keys of each map. */
    @Param({"10", "100"})
    public int size;

    /** The percentage of {@code get}. */
    @Param({"100", "50"})
    public int reads;

    private Map<Object, Object>[] all;
    private int[] owners;
    private Object[] stored;
    private Object[] lookups;

    /** Fills the maps side by side, or half of each if something is written. */
    @Setup
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void fill(BenchmarkParams run) {
        subject.require(keys, run.getThreads());
        all = new Map[maps];
        for (int i = 0; i < maps; i++) {
            all[i] = subject.create();
        }
        int count = maps * size;
        IntFunction<Object> made = allocation.keys(keys, count, SEED + 1);
        for (int i = 0; i < count; i++) {
            if (reads == 100 || i / maps % 2 == 0) {
                Object key = made.apply(i);
                all[i % maps].put(key, key);
            }
        }
        stored = lookups(count);
        lookups = lookups(count);
        owners = Orders.shuffled(0, count, SEED);
        for (int i = 0; i < count; i++) {
            owners[i] %= maps;
        }
        System.gc();
    }

    /** One {@code get}, {@code put} or {@code remove}. */
    @Benchmark
    public @Nullable Object mixed(Walk walk) {
        int i = walk.next(lookups.length);
        return mix(all[owners[i]], reads, walk, stored[i], lookups[i]);
    }
}
