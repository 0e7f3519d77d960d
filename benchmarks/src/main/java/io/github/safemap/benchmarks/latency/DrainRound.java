package io.github.safemap.benchmarks.latency;

import java.io.FileNotFoundException;
import java.util.Map;

/** R5: one thread removes all entries of the first map of a JVM, without a warm-up, and nobody else uses it. */
final class DrainRound implements Round {
    @Override
    public void run(Settings settings, Results results) throws FileNotFoundException {
        int size = settings.size();
        Object[] keys = settings.stored();
        Object[] values = settings.values();
        Object[] victims = settings.others();
        Map<Object, Object> map = settings.map();
        for (int i = 0; i < size; i++) {
            map.put(keys[i], values[i]);
        }
        System.gc();

        Latencies removes = new Latencies();
        long start = System.nanoTime();
        Timed.removes(map, victims, 0, size, removes);
        long nanos = System.nanoTime() - start;
        Latencies nothing = new Latencies();
        Timed.nothing(victims, nanos, nothing);
        if (!map.isEmpty()) {
            throw new IllegalStateException("size " + map.size());
        }
        results.latencies("remove", removes);
        results.latencies(Results.NOTHING, nothing);
        results.figure("seconds", nanos / 1e9);
    }
}
