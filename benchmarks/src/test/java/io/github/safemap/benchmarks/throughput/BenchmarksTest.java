package io.github.safemap.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** What the operations of some benchmarks do, called without JMH. */
class BenchmarksTest {
    private static final int SIZE = 200;

    @Test
    void dependentGetsGoThroughAllKeysAndRoundAgain() {
        GetDependent benchmark = with(new GetDependent());
        benchmark.size = SIZE;
        benchmark.fill(oneThread());
        GetDependent.Place place = new GetDependent.Place();
        place.start(benchmark, thread());
        Set<Object> keys = new HashSet<>();
        for (Object key = benchmark.get(place); keys.add(key); key = benchmark.get(place)) {
            assertNotNull(key);
        }
        assertEquals(SIZE, keys.size());
    }

    @Test
    void smallMapsHaveEachTheirKeys() {
        SmallMaps benchmark = with(new SmallMaps());
        benchmark.maps = 20;
        benchmark.size = 10;
        benchmark.reads = 100;
        benchmark.fill(oneThread());
        Walk walk = walk();
        Set<Object> found = new HashSet<>();
        for (int i = 0; i < SIZE; i++) {
            found.add(benchmark.mixed(walk));
        }
        assertEquals(keys(SIZE), found);
    }

    @Test
    void zipfUpdatesStoreOtherValuesInSoManyPercent() {
        // The walk itself moves on to another value once in a round.
        assertEquals(0, replaced(0), 0.001);
        assertEquals(0.5, replaced(50), 0.05);
    }

    /** Returns the share of operations that stored a value. */
    private static double replaced(int updates) {
        ZipfUpdates benchmark = with(new ZipfUpdates());
        benchmark.size = SIZE;
        benchmark.updates = updates;
        benchmark.fill(oneThread());
        Walk walk = walk();
        int turns = 0;
        int same = 0;
        int all = 10_000;
        Object value = walk.value();
        for (int i = 0; i < all; i++) {
            Object old = benchmark.getOrPut(walk);
            if (walk.value() != value) {
                value = walk.value();
                same += value == old ? 1 : 0;
                turns++;
            }
        }
        assertTrue(same <= all / 100, same + " of " + turns);
        return (double) turns / all;
    }

    @Test
    void churnWithOneKeyPutsAndRemovesIt() {
        Churn benchmark = with(new Churn());
        benchmark.size = 1;
        benchmark.fill(oneThread());
        Walk walk = walk();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(benchmark.putOrRemove(walk));
        }
        assertTrue(seen.contains(null));
        assertTrue(seen.size() > 10, "" + seen.size());
    }

    private static Set<Object> keys(int size) {
        Set<Object> keys = new HashSet<>();
        for (int i = 0; i < size; i++) {
            keys.add(KeyKind.LONG.key(i));
        }
        return keys;
    }

    private static <B extends MapBenchmark> B with(B benchmark) {
        benchmark.subject = Subject.SAFE_MAP;
        benchmark.keys = KeyKind.LONG;
        benchmark.allocation = Allocation.AT_PUT;
        return benchmark;
    }

    private static Walk walk() {
        Walk walk = new Walk();
        walk.order = Walk.Order.CYCLE;
        walk.start(thread());
        return walk;
    }

    private static ThreadParams thread() {
        return new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    }

    private static BenchmarkParams oneThread() {
        IterationParams none = new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.NONE, 1);
        return new BenchmarkParams(
                "",
                "",
                true,
                1,
                new int[] {1},
                List.of(),
                1,
                0,
                none,
                none,
                Mode.Throughput,
                new WorkloadParams(),
                TimeUnit.MICROSECONDS,
                1,
                "",
                List.of(),
                "",
                "",
                "",
                "",
                TimeValue.NONE);
    }
}
