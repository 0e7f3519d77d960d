package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.support.Sink;
import java.util.Map;

/** The loops that time each operation by itself, and the same loop without any. */
final class Timed {
    /** Gets after which is asked whether to stop. */
    private static final int BATCH = 64;

    private Timed() {}

    /** Puts the entries {@code from..to-1}. */
    static void puts(Map<Object, Object> map, Object[] keys, Object[] values, int from, int to, Latencies latencies) {
        latencies.begin();
        for (int i = from; i < to; i++) {
            Object key = keys[i];
            Object value = values[i];
            long start = System.nanoTime();
            map.put(key, value);
            latencies.add(System.nanoTime() - start);
        }
    }

    /** Removes the entries {@code from..to-1}. */
    static void removes(Map<Object, Object> map, Object[] keys, int from, int to, Latencies latencies) {
        latencies.begin();
        for (int i = from; i < to; i++) {
            Object key = keys[i];
            long start = System.nanoTime();
            map.remove(key);
            latencies.add(System.nanoTime() - start);
        }
    }

    /** Gets one key after the other, round and round, as long as another thread lives; returns how many were there. */
    static long gets(Map<Object, Object> map, Object[] keys, Thread other, Latencies latencies) {
        latencies.begin();
        long found = 0;
        int i = 0;
        while (other.isAlive()) {
            for (int n = 0; n < BATCH; n++) {
                Object key = keys[i];
                long start = System.nanoTime();
                Object value = map.get(key);
                latencies.add(System.nanoTime() - start);
                found += value == null ? 0 : 1;
                i = i + 1 == keys.length ? 0 : i + 1;
            }
        }
        return found;
    }

    /**
     * Times nothing at all for as long as {@code nanos}: what it records is the clock's and the
     * machine's, and any map's histogram has as much of it.
     */
    static void nothing(Object[] keys, long nanos, Latencies latencies) {
        latencies.begin();
        long end = System.nanoTime() + nanos;
        long sum = 0;
        for (int i = 0; ; i = i + 1 == keys.length ? 0 : i + 1) {
            Object key = keys[i];
            long start = System.nanoTime();
            sum += key.hashCode();
            long stop = System.nanoTime();
            latencies.add(stop - start);
            if (stop - end >= 0) {
                break;
            }
        }
        Sink.consume(sum);
    }
}
