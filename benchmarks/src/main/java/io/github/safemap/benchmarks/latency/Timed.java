package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.support.Sink;
import java.util.Map;

/** The loops that time each operation by itself, and the same loop without any. */
final class Timed {
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
