package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.support.Sink;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The loops that time each operation by itself, and the same loop without any. */
final class Timed {
    private Timed() {}

    /** Returns an empty histogram of nanoseconds. It never grows, so recording costs the same. */
    static Histogram histogram() {
        return new Histogram(1, 600_000_000_000L, 3);
    }

    /** Puts the entries {@code from..to-1}. */
    static void puts(Map<Object, Object> map, Object[] keys, Object[] values, int from, int to, Histogram histogram) {
        for (int i = from; i < to; i++) {
            Object key = keys[i];
            Object value = values[i];
            long start = System.nanoTime();
            map.put(key, value);
            histogram.recordValue(System.nanoTime() - start);
        }
    }

    /** Removes the entries {@code from..to-1}. */
    static void removes(Map<Object, Object> map, Object[] keys, int from, int to, Histogram histogram) {
        for (int i = from; i < to; i++) {
            Object key = keys[i];
            long start = System.nanoTime();
            map.remove(key);
            histogram.recordValue(System.nanoTime() - start);
        }
    }

    /**
     * Times nothing at all for as long as {@code nanos}: what it records is the clock's and the
     * machine's, and any map's histogram has as much of it.
     */
    static void nothing(Object[] keys, long nanos, Histogram histogram) {
        long end = System.nanoTime() + nanos;
        long sum = 0;
        for (int i = 0; ; i = i + 1 == keys.length ? 0 : i + 1) {
            Object key = keys[i];
            long start = System.nanoTime();
            sum += key.hashCode();
            long stop = System.nanoTime();
            histogram.recordValue(stop - start);
            if (stop - end >= 0) {
                break;
            }
        }
        Sink.consume(sum);
    }
}
