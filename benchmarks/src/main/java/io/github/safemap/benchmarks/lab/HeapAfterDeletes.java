package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.HeapUse;
import java.lang.ref.Reference;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills a map with {@code Integer} keys and {@code byte[128]} values and deletes most of them. */
final class HeapAfterDeletes implements Scenario {
    private static final int VALUE_BYTES = 128;

    /** Entries between two progress lines. */
    private static final int PROGRESS_EVERY = 2_000_000;

    private final String name;
    private final int entries;
    private final int[] survivorCounts;

    /**
     * Creates it.
     *
     * @param name the experiment's name in the rows
     * @param entries the size of the full map
     * @param survivorCounts how many entries are left; for each number a fresh map
     */
    HeapAfterDeletes(String name, int entries, int... survivorCounts) {
        this.name = name;
        this.entries = entries;
        this.survivorCounts = survivorCounts.clone();
    }

    @Override
    public Scenario small() {
        return new HeapAfterDeletes(name, 2_000, 0, 20);
    }

    @Override
    public void run(Subject subject, Recorder recorder) {
        for (int survivors : survivorCounts) {
            recorder.row(measure(subject, survivors, recorder));
        }
    }

    private HeapRow measure(Subject subject, int survivors, Recorder recorder) {
        long baseline = HeapUse.atOnce();
        @Nullable Map<Integer, byte[]> map = subject.create();
        long empty = HeapUse.above(baseline);
        fill(map, recorder);
        recorder.progress("full");
        long full = HeapUse.above(baseline);
        deleteAllBut(survivors, map, recorder);
        recorder.progress("%,d left".formatted(survivors));
        HeapUse.rest();
        long kept = HeapUse.above(baseline);
        long committed = HeapUse.committed();
        // The map must count at every reading above, however early the compiler finds it dead.
        Reference.reachabilityFence(map);
        int left = map.size();
        if (left != survivors) {
            throw new IllegalStateException("%d entries left, not %d".formatted(left, survivors));
        }
        Object[] survivorObjects = objectsOf(map);
        map = null;
        long survivorBytes = survivors == 0 ? 0 : HeapUse.released(survivorObjects);
        return new HeapRow(name, subject, survivors, empty, full, kept, committed, survivorBytes);
    }

    private void fill(Map<Integer, byte[]> map, Recorder recorder) {
        for (int i = 0; i < entries; i++) {
            map.put(i, new byte[VALUE_BYTES]);
            progress("filling", i, recorder);
        }
    }

    private void deleteAllBut(int survivors, Map<Integer, byte[]> map, Recorder recorder) {
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

    /** Returns the keys and values of a map, and nothing of the map's own. */
    static Object[] objectsOf(Map<?, ?> map) {
        Object[] objects = new Object[2 * map.size()];
        int next = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            objects[next++] = entry.getKey();
            objects[next++] = entry.getValue();
        }
        return objects;
    }
}
