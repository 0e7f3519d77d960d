package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * M5: bytes an entry beyond the key and value objects while a million entries are exchanged for others at random:
 * each time one of them is removed and one of a million that are not there is put, two operations. The scale is
 * the number of operations in millions; after each million it is read at once.
 */
final class SteadyChurn implements Experiment {
    /** The number of entries. */
    static final int SIZE = 1_000_000;

    private static final int EXCHANGES = 500_000;

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        // The first half of the keys is in the map, the second is not.
        Contents contents = Contents.of(keys, 2 * SIZE);
        SplittableRandom random = new SplittableRandom(5);
        FirstUse.of(subject, keys);
        long before = HeapUse.afterCollection();
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < SIZE; i++) {
            map.put(contents.keys()[i], contents.values()[i]);
        }
        double[] after = new double[scale + 1];
        after[0] = perEntry(before);
        for (int done = 1; done <= scale; done++) {
            exchange(map, contents, random);
            after[done] = perEntry(before);
        }
        if (map.size() != SIZE) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
        Reference.reachabilityFence(contents);
        for (int done = 0; done <= scale; done += 10) {
            Fork.report("bytes/entry after " + done + " million", after[done]);
        }
        Fork.report("mean", Arrays.stream(after).average().orElseThrow());
        Fork.report("worst", Arrays.stream(after).max().orElseThrow());
    }

    private static void exchange(Map<Object, Object> map, Contents contents, SplittableRandom random) {
        Object[] keys = contents.keys();
        for (int i = 0; i < EXCHANGES; i++) {
            int here = random.nextInt(SIZE);
            int there = SIZE + random.nextInt(SIZE);
            Object removed = keys[here];
            map.remove(removed);
            Object put = keys[there];
            map.put(put, contents.values()[here]);
            keys[here] = put;
            keys[there] = removed;
        }
    }

    private static double perEntry(long before) {
        return (double) (HeapUse.atOnce() - before) / SIZE;
    }
}
