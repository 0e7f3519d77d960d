package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.Summary;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * L6: what the collector pays: milliseconds of a full collection with a map of so many entries; with its keys
 * and values alone, in arrays; and with an array of as many {@code long}s, in which nothing is to be followed. The
 * scale is the number of entries.
 */
final class FullCollection implements Experiment {
    private static final int COLLECTIONS = 7;

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        long @Nullable [] plain = new long[2 * scale];
        Arrays.setAll(plain, i -> i);
        Fork.report("ms with a long[]", millis());
        Reference.reachabilityFence(plain);
        plain = null;

        Contents contents = Contents.of(keys, scale);
        Fork.report("ms with keys and values", millis());
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < scale; i++) {
            map.put(contents.keys()[i], contents.values()[i]);
        }
        Fork.report("ms with a map of them", millis());
        if (map.size() != scale) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
        Reference.reachabilityFence(contents);
    }

    /** Returns the median of some collections; the first, which moves what is new, does not count. */
    private static double millis() {
        List<Double> times = new ArrayList<>();
        System.gc();
        for (int i = 0; i < COLLECTIONS; i++) {
            long start = System.nanoTime();
            System.gc();
            times.add((System.nanoTime() - start) / 1e6);
        }
        return Summary.median(times);
    }
}
