package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import io.github.safemap.benchmarks.support.Orders;
import io.github.safemap.benchmarks.support.Sink;
import io.github.safemap.benchmarks.support.Summary;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * M6: the map's bytes an entry, its keys included, and the nanoseconds of a hit and of a miss, of a new map and of the
 * same map when entries have been exchanged at random for long, an hour at 100,000 operations a second if nothing
 * else is said. Keys are made just before their {@code put}. The scale is the number of operations in millions.
 */
final class Aging implements Experiment {
    /** The number of entries. */
    static final int SIZE = 1_000_000;

    private static final int EXCHANGES_IN_MILLION = 500_000;
    private static final int PASSES = 9;

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        // The first half of the indexes is in the map, the second is not.
        int[] indexes = Orders.shuffled(0, 2 * SIZE, 6);
        Object value = new Object();
        SplittableRandom random = new SplittableRandom(6);
        FirstUse.of(subject, keys);
        long before = HeapUse.afterCollection();
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < SIZE; i++) {
            map.put(keys.key(indexes[i]), value);
        }
        report("new", map, indexes, keys, before);
        for (long left = (long) scale * EXCHANGES_IN_MILLION; left > 0; left--) {
            int here = random.nextInt(SIZE);
            int there = SIZE + random.nextInt(SIZE);
            int removed = indexes[here];
            map.remove(keys.key(removed));
            map.put(keys.key(indexes[there]), value);
            indexes[here] = indexes[there];
            indexes[there] = removed;
        }
        report("aged", map, indexes, keys, before);
        if (map.size() != SIZE) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
    }

    private static void report(String age, Map<Object, Object> map, int[] indexes, KeyKind kind, long before) {
        Fork.report("bytes/entry " + age, (double) (HeapUse.atOnce() - before) / SIZE);
        // The indexes of the map are in the order of its puts, these are in another one.
        Fork.report("ns of a hit, " + age, nanos(map, shuffled(indexes, 0, kind), SIZE));
        Fork.report("ns of a miss, " + age, nanos(map, shuffled(indexes, SIZE, kind), 0));
    }

    private static Object[] shuffled(int[] indexes, int from, KeyKind kind) {
        int[] order = Orders.shuffled(from, from + SIZE, 7);
        return kind.keys(Arrays.stream(order).map(i -> indexes[i]).toArray());
    }

    /** Returns the median of some passes over all keys, each by the nanoseconds of one get. */
    private static double nanos(Map<Object, Object> map, Object[] lookups, int expected) {
        List<Double> passes = new ArrayList<>();
        for (int pass = 0; pass < PASSES; pass++) {
            int found = 0;
            long start = System.nanoTime();
            for (Object key : lookups) {
                found += map.get(key) == null ? 0 : 1;
            }
            passes.add((double) (System.nanoTime() - start) / lookups.length);
            Sink.consume(found);
            if (found != expected) {
                throw new IllegalStateException("found " + found);
            }
        }
        return Summary.median(passes);
    }
}
