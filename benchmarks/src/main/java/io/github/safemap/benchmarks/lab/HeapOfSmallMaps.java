package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Fills many equal small maps and empties them again; every figure is that of one map.
 *
 * <p>One map of a few hundred kilobytes would drown in the JVM's own memory. The mean of many does
 * not.
 */
final class HeapOfSmallMaps implements Scenario {
    private final String name;
    private final int copies;
    private final int entries;
    private final IntFunction<Object> valueOf;

    /**
     * Creates it.
     *
     * @param name the experiment's name in the rows
     * @param copies the number of maps that are full at the same time
     * @param entries the entries of each map
     * @param valueOf makes the value for a key
     */
    HeapOfSmallMaps(String name, int copies, int entries, IntFunction<Object> valueOf) {
        this.name = name;
        this.copies = copies;
        this.entries = entries;
        this.valueOf = valueOf;
    }

    @Override
    public Scenario small() {
        return new HeapOfSmallMaps(name, 3, 500, valueOf);
    }

    @Override
    public void run(Subject subject, Recorder recorder) {
        List<Map<Integer, Object>> maps = new ArrayList<>(copies);
        long baseline = HeapUse.atOnce();
        for (int i = 0; i < copies; i++) {
            maps.add(subject.create());
        }
        long empty = HeapUse.above(baseline) / copies;
        for (Map<Integer, Object> map : maps) {
            for (int key = 0; key < entries; key++) {
                map.put(key, valueOf.apply(key));
            }
        }
        recorder.progress("full");
        long full = HeapUse.above(baseline) / copies;
        for (Map<Integer, Object> map : maps) {
            for (int key = 0; key < entries; key++) {
                map.remove(key);
            }
        }
        recorder.progress("emptied");
        long kept = HeapUse.above(baseline) / copies;
        long committed = HeapUse.committed();
        // The maps must count at every reading above.
        Reference.reachabilityFence(maps);
        int left = maps.stream().mapToInt(Map::size).sum();
        if (left != 0) {
            throw new IllegalStateException(left + " entries left");
        }
        recorder.row(new HeapRow(name, subject, 0, empty, full, kept, committed, 0));
    }
}
