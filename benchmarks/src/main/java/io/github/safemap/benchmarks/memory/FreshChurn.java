package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.Map;

/**
 * M4: the map's bytes, its keys included, while 100,000 entries stay and their keys are always new:
 * each round removes the oldest and puts a fresh one, two operations. The scale is the number of
 * operations in millions.
 */
final class FreshChurn implements Experiment {
    /** The number of entries. */
    static final int SIZE = 100_000;

    private static final int MILLION = 1_000_000;

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        Object value = new Object();
        FirstUse.of(subject, keys);
        long before = HeapUse.afterCollection();
        Map<Object, Object> map = subject.create();
        int next = 0;
        for (; next < SIZE; next++) {
            map.put(keys.key(next), value);
        }
        report(0, before);
        for (int done = 1; done <= scale; done++) {
            for (int end = next + MILLION / 2; next < end; next++) {
                map.remove(keys.key(next - SIZE));
                map.put(keys.key(next), value);
            }
            if (done == 1 || done % 10 == 0) {
                report(done, before);
            }
        }
        if (map.size() != SIZE) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
        Reference.reachabilityFence(value);
    }

    private static void report(int millions, long before) {
        long bytes = HeapUse.afterCollection() - before;
        Fork.report("bytes after " + millions + " million", bytes);
    }
}
