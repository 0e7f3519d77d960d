package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.support.HeapUse;
import io.github.safemap.benchmarks.support.Sink;
import java.io.FileNotFoundException;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * R7: the first map of a JVM grows as large as the heap allows. Each key is computed just before its {@code put} and
 * is its own value, so that there is nothing in the heap but the keys and the map. Without a collector the bytes are
 * all that were ever allocated; with one, what is left after a full collection.
 */
final class ScaleRound implements Round {
    private static final int SAMPLE = 2_000_000;
    private static final int GETS = 5_000_000;

    @Override
    public void run(Settings settings, Results results) throws FileNotFoundException {
        int size = settings.size();
        KeyKind kind = settings.keys();
        double keyBytes = keyBytes(kind);
        Map<Object, Object> map = settings.map();
        long before = HeapUse.atOnce();
        Latencies puts = new Latencies();
        long start = System.nanoTime();
        puts.begin();
        for (int i = 0; i < size; i++) {
            Object key = kind.key(i);
            long from = System.nanoTime();
            map.put(key, key);
            puts.add(System.nanoTime() - from);
        }
        long nanos = System.nanoTime() - start;
        // Before the gets, whose keys are garbage.
        double bytes = (double) (HeapUse.atOnce() - before) / size;
        double get = getNanos(map, kind, size);
        if (map.size() != size) {
            throw new IllegalStateException("size " + map.size());
        }
        results.latencies("put", puts);
        results.figure("seconds", nanos / 1e9);
        results.figure("get", get);
        results.figure("bytes/entry with its key", bytes);
        results.figure("bytes/entry", bytes - keyBytes);
        settings.subject().figures(map).forEach(results::figure);
        Reference.reachabilityFence(map);
    }

    /** Returns the bytes of one key; without a collector up to two too many, as threads take memory by the buffer. */
    private static double keyBytes(KeyKind kind) {
        Object[] sample = new Object[SAMPLE];
        long before = HeapUse.atOnce();
        for (int i = 0; i < SAMPLE; i++) {
            sample[i] = kind.key(i);
        }
        double bytes = (double) (HeapUse.atOnce() - before) / SAMPLE;
        Reference.reachabilityFence(sample);
        return bytes;
    }

    /** Returns the mean nanoseconds of a get of a random key, the making of the key included. */
    private static double getNanos(Map<Object, Object> map, KeyKind kind, int size) {
        SplittableRandom random = new SplittableRandom(7);
        long found = 0;
        long start = System.nanoTime();
        for (int i = 0; i < GETS; i++) {
            found += map.get(kind.key(random.nextInt(size))) == null ? 0 : 1;
        }
        long nanos = System.nanoTime() - start;
        if (found != GETS) {
            throw new IllegalStateException("found " + found);
        }
        Sink.consume(found);
        return (double) nanos / GETS;
    }
}
