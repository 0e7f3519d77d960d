package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import io.github.safemap.benchmarks.support.Summary;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * M1: bytes an entry beyond the key and value objects, over one doubling from 2^20 entries on, read at once
 * after the last {@code put}. The scale is the number of sizes; they grow by equal factors, as a map's life does.
 */
final class GrowthCycle implements Experiment {
    /** The smallest size. */
    static final int FROM = 1 << 20;

    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        Contents contents = Contents.of(keys, 2 * FROM);
        FirstUse.of(subject, keys);
        List<Double> all = new ArrayList<>();
        double worst = 0;
        for (int step = 0; step < scale; step++) {
            int size = (int) Math.round(FROM * Math.pow(2, (double) step / scale));
            double bytes = (double) bytes(subject, contents, size) / size;
            Fork.report("bytes/entry at " + size, bytes);
            all.add(bytes);
            worst = Math.max(worst, bytes);
        }
        Fork.report("mean", Summary.mean(all));
        Fork.report("worst", worst);
        Reference.reachabilityFence(contents);
    }

    private static long bytes(Subject subject, Contents contents, int size) {
        long before = HeapUse.afterCollection();
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < size; i++) {
            map.put(contents.keys()[i], contents.values()[i]);
        }
        long after = HeapUse.atOnce();
        Reference.reachabilityFence(map);
        return after - before;
    }
}
