package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Fills a map and deletes most of it. Of small maps, many are filled at the same time, and every figure is that of one:
 * one map of a few hundred kilobytes would drown in the JVM's own memory.
 */
final class HeapAfterDeletes implements Scenario {
    /** Entries between two progress lines. */
    private static final int PROGRESS_EVERY = 2_000_000;

    private final String name;
    private final int copies;
    private final int entries;
    private final IntFunction<Object> valueOf;
    private final int[] survivorCounts;

    /**
     * Creates it.
     *
     * @param name the experiment's name in the rows
     * @param copies the number of maps that are full at the same time
     * @param entries the size of a full map
     * @param valueOf makes the value for a key
     * @param survivorCounts how many entries are left in each; for each number fresh maps
     */
    HeapAfterDeletes(String name, int copies, int entries, IntFunction<Object> valueOf, int... survivorCounts) {
        this.name = name;
        this.copies = copies;
        this.entries = entries;
        this.valueOf = valueOf;
        this.survivorCounts = survivorCounts.clone();
    }

    @Override
    public Scenario small() {
        return new HeapAfterDeletes(name, Math.min(copies, 3), Math.min(entries, 2_000), valueOf, 0, 20);
    }

    @Override
    public void run(Subject subject, Recorder recorder) {
        for (int survivors : survivorCounts) {
            recorder.row(measure(subject, survivors, recorder));
        }
    }

    private HeapRow measure(Subject subject, int survivors, Recorder recorder) {
        List<Map<Integer, Object>> maps = new ArrayList<>(copies);
        long baseline = HeapUse.atOnce();
        for (int i = 0; i < copies; i++) {
            maps.add(subject.create());
        }
        long empty = HeapUse.above(baseline) / copies;
        maps.forEach(map -> fill(map, recorder));
        recorder.progress("full");
        long full = HeapUse.above(baseline) / copies;
        maps.forEach(map -> deleteAllBut(survivors, map, recorder));
        recorder.progress("%,d left".formatted(survivors));
        HeapUse.rest();
        long kept = HeapUse.above(baseline) / copies;
        long committed = HeapUse.committed();
        // The maps must count at every reading above, however early the compiler finds them dead.
        Reference.reachabilityFence(maps);
        maps.forEach(map -> {
            if (map.size() != survivors) {
                throw new IllegalStateException("%d entries left, not %d".formatted(map.size(), survivors));
            }
        });
        Object[] objects = objectsOf(maps);
        maps.clear();
        long survivorBytes = survivors == 0 ? 0 : HeapUse.released(objects) / copies;
        return new HeapRow(name, subject, survivors, empty, full, kept, committed, survivorBytes);
    }

    private void fill(Map<Integer, Object> map, Recorder recorder) {
        for (int i = 0; i < entries; i++) {
            map.put(i, valueOf.apply(i));
            progress("filling", i, recorder);
        }
    }

    private void deleteAllBut(int survivors, Map<Integer, Object> map, Recorder recorder) {
        for (int i = 0; i < entries; i++) {
            if (!survives(i, survivors, entries)) {
                map.remove(i);
            }
            progress("deleting", i, recorder);
        }
    }

    private static void progress(String what, int i, Recorder recorder) {
        if (i > 0 && i % PROGRESS_EVERY == 0) {
            recorder.progress(String.format(Locale.ROOT, "%s, %,d done", what, i));
        }
    }

    /** Tells whether a key is one of the survivors, which are spread evenly over all keys. */
    static boolean survives(int key, int survivors, int entries) {
        return (key + 1L) * survivors / entries != (long) key * survivors / entries;
    }

    /** Returns the keys and values of maps, and nothing of the maps' own. */
    static Object[] objectsOf(List<? extends Map<?, ?>> maps) {
        List<Object> objects = new ArrayList<>();
        for (Map<?, ?> map : maps) {
            map.forEach((key, value) -> {
                objects.add(key);
                objects.add(value);
            });
        }
        return objects.toArray();
    }
}
