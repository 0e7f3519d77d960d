package io.github.safemap.benchmarks.throughput;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Orders;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What the throughput benchmarks have in common: the map that all threads share, and its fill. One
 * operation of a benchmark is one operation on the map; the scores are millions a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgs = {"-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class MapBenchmark {
    /** The seed of every shuffle, so that all subjects see the same order. */
    protected static final long SEED = 2026;

    /** The map under test. */
    @Param
    public Subject subject;

    /** The kind of the keys. */
    @Param
    public KeyKind keys;

    /** When the stored keys are made. */
    @Param("AT_PUT")
    public Allocation allocation;

    /** Returns a map with the keys of {@code 0..size-1}, each its own value. */
    protected final Map<Object, Object> filled(int size, BenchmarkParams run) {
        return filled(size, index -> true, key -> key, run);
    }

    /** Returns a map with those keys of {@code 0..size-1} that {@code chosen} accepts. */
    protected final <V> Map<Object, V> filled(
            int size, IntPredicate chosen, Function<Object, V> value, BenchmarkParams run) {
        subject.require(keys, run.getThreads());
        Map<Object, V> map = subject.create();
        // Not the seed of the look-ups, which must not go through memory in the order of the stored keys.
        IntFunction<Object> stored = allocation.keys(keys, size, SEED + 1);
        for (int i = 0; i < size; i++) {
            if (chosen.test(i)) {
                Object key = stored.apply(i);
                map.put(key, value.apply(key));
            }
        }
        // A map that lives long lies in the old generation. -XX:+DisableExplicitGC leaves it young.
        System.gc();
        return map;
    }

    /** One {@code get} in {@code reads} percent, else one {@code put} or one {@code remove}, by halves. */
    static @Nullable Object mix(Map<Object, Object> map, int reads, Walk walk, Object stored, Object lookup) {
        // Two in each percent that is not read: one put, one remove.
        int dice = walk.dice(200);
        if (dice < 2 * reads) {
            return map.get(lookup);
        }
        return (dice & 1) == 0 ? map.put(stored, walk.value()) : map.remove(lookup);
    }

    /** Returns keys equal to, but not the same as, the stored ones, in random order. */
    protected final Object[] lookups(int size) {
        return keys.keys(Orders.shuffled(0, size, SEED));
    }

    /** Returns {@code size} keys that are not in the map, in random order. */
    protected final Object[] absent(int size) {
        return keys.keys(Orders.shuffled(size, 2 * size, SEED));
    }
}
