package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import java.util.Map;

/**
 * The first use of a kind of map in a JVM: what its classes allocate once, some ten thousands of bytes, is not that
 * of the map that is measured.
 */
final class FirstUse {
    private static final int SIZE = 10_000;

    private FirstUse() {}

    /** Fills a map and empties it. */
    static void of(Subject subject, KeyKind keys) {
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < SIZE; i++) {
            map.put(keys.key(i), keys);
        }
        for (int i = 0; i < SIZE; i++) {
            map.remove(keys.key(i));
        }
        if (!map.isEmpty()) {
            throw new IllegalStateException("size " + map.size());
        }
    }
}
