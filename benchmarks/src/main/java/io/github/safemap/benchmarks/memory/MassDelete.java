package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import io.github.safemap.benchmarks.support.Orders;
import java.lang.ref.Reference;
import java.util.Map;

/**
 * M3: what the map keeps, read at once when the last removal returns, after 99.9 % of its entries are deleted;
 * and of other full maps after all are, or 95 %. The scale is the size.
 */
final class MassDelete implements Experiment {
    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        Contents contents = Contents.of(keys, scale);
        Object[] victims = keys.keys(Orders.shuffled(0, scale, 2));
        int survivors = scale / 1000;
        FirstUse.of(subject, keys);
        // Reported in the end: the first report's own classes take memory, too.
        Bytes few = measure(subject, contents, victims, survivors);
        Bytes more = measure(subject, contents, victims, scale / 20);
        Bytes none = measure(subject, contents, victims, 0);
        Fork.report("bytes full", few.full());
        Fork.report("bytes kept", few.kept());
        Fork.report("bytes kept/survivor", (double) few.kept() / survivors);
        Fork.report("bytes kept of none", none.kept());
        Fork.report("bytes kept of 5 %", more.kept());
        Reference.reachabilityFence(contents);
        Reference.reachabilityFence(victims);
    }

    private static Bytes measure(Subject subject, Contents contents, Object[] victims, int survivors) {
        long before = HeapUse.afterCollection();
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < victims.length; i++) {
            map.put(contents.keys()[i], contents.values()[i]);
        }
        long full = HeapUse.atOnce() - before;
        for (int i = survivors; i < victims.length; i++) {
            map.remove(victims[i]);
        }
        long kept = HeapUse.atOnce() - before;
        if (map.size() != survivors) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
        return new Bytes(full, kept);
    }

    private record Bytes(long full, long kept) {}
}
