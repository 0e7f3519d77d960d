package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.Map;

/**
 * M2: the bytes of an empty map, and of maps with 1, 10 and 100 entries, keys and values not
 * counted. The scale is the number of copies whose mean is taken; all share their keys and values.
 */
final class SmallMaps implements Experiment {
    private static final int[] SIZES = {0, 1, 10, 100};

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        Contents contents = Contents.of(keys, 100);
        for (int size : SIZES) {
            Map<?, ?>[] copies = new Map<?, ?>[scale];
            // What a class allocates once, when it is first used, is not the copies'.
            make(subject, contents, size);
            long before = HeapUse.afterCollection();
            for (int i = 0; i < scale; i++) {
                copies[i] = make(subject, contents, size);
            }
            long after = HeapUse.afterCollection();
            Reference.reachabilityFence(copies);
            Fork.report("bytes of " + size, (double) (after - before) / scale);
        }
        Reference.reachabilityFence(contents);
    }

    private static Map<Object, Object> make(Subject subject, Contents contents, int size) {
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < size; i++) {
            map.put(contents.keys()[i], contents.values()[i]);
        }
        return map;
    }
}
