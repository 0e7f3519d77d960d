package io.github.safemap.benchmarks.latency;

import java.io.FileNotFoundException;
import java.util.Map;

/**
 * R2: one thread removes all but a thousandth of the entries while a second one reads. The reader's
 * speed is taken on the full map first, when nobody writes.
 */
final class EmptyRound implements Round {
    @Override
    public void run(Settings settings, Results results) throws InterruptedException, FileNotFoundException {
        int size = settings.size();
        Object[] keys = settings.stored();
        Object[] values = settings.values();
        Object[] others = settings.others();
        WarmUp.run(settings.subject(), settings.keys());
        Map<Object, Object> map = settings.map();
        for (int i = 0; i < size; i++) {
            map.put(keys[i], values[i]);
        }
        System.gc();

        // The remover goes another way than the reader, from the middle of the same order.
        Object[] victims = new Object[size];
        int half = size / 2;
        System.arraycopy(others, half, victims, 0, size - half);
        System.arraycopy(others, 0, victims, size - half, half);
        Reader reader = new Reader(map, others);
        reader.start();
        Thread.sleep(1000);
        Reader.Phase full = reader.phase();
        Thread.sleep(2000);
        full.report("reader.full", results);

        Latencies removes = new Latencies();
        Reader.Phase emptying = reader.phase();
        long start = System.nanoTime();
        Timed.removes(map, victims, 0, size - size / 1000, removes);
        long nanos = System.nanoTime() - start;
        emptying.report("reader.emptying", results);

        Latencies nothing = new Latencies();
        Timed.nothing(victims, nanos, nothing);
        long found = reader.halt();
        if (map.size() != size / 1000) {
            throw new IllegalStateException("size " + map.size());
        }
        results.latencies("remove", removes);
        results.latencies(Results.NOTHING, nothing);
        results.figure("seconds", nanos / 1e9);
        results.figure("reader.found", found);
    }
}
