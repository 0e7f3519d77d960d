package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.HeapUse;
import io.github.safemap.benchmarks.support.Orders;
import java.lang.ref.Reference;
import java.util.Map;

/** M3: what the map keeps after 99.9 % of its entries are deleted. The scale is the size. */
final class MassDelete implements Experiment {
    @Override
    public void run(Subject subject, KeyKind keys, int scale) {
        Contents contents = Contents.of(keys, scale);
        Object[] victims = keys.keys(Orders.shuffled(0, scale, 2));
        int survivors = scale / 1000;
        long before = HeapUse.afterCollection();
        Map<Object, Object> map = subject.create();
        for (int i = 0; i < scale; i++) {
            map.put(contents.keys()[i], contents.values()[i]);
        }
        long full = HeapUse.afterCollection() - before;
        for (int i = survivors; i < scale; i++) {
            map.remove(victims[i]);
        }
        long kept = HeapUse.afterCollection() - before;
        if (map.size() != survivors) {
            throw new IllegalStateException("size " + map.size());
        }
        Reference.reachabilityFence(map);
        Reference.reachabilityFence(victims);
        Reference.reachabilityFence(contents);
        Fork.report("bytes full", full);
        Fork.report("bytes kept", kept);
        Fork.report("bytes kept/survivor", (double) kept / survivors);
    }
}
