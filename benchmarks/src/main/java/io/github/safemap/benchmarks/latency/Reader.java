package io.github.safemap.benchmarks.latency;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thread that looks keys up, one after the other, until it is stopped. It reads the clock only
 * once in {@value #BATCH} look-ups.
 */
final class Reader extends Thread {
    private static final int BATCH = 64;

    private final Map<Object, Object> map;
    private final Object[] keys;
    private final AtomicLong gets = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private long found;
    private volatile boolean stopped;

    Reader(Map<Object, Object> map, Object[] keys) {
        super("reader");
        this.map = map;
        this.keys = keys;
        setDaemon(true);
    }

    @Override
    public void run() {
        int i = 0;
        long last = System.nanoTime();
        while (!stopped) {
            for (int n = 0; n < BATCH; n++) {
                if (map.get(keys[i]) != null) {
                    found++;
                }
                i = i + 1 == keys.length ? 0 : i + 1;
            }
            gets.lazySet(gets.getPlain() + BATCH);
            long now = System.nanoTime();
            if (now - last > longest.getPlain()) {
                longest.lazySet(now - last);
            }
            last = now;
        }
    }

    /** Begins a phase to measure. */
    Phase phase() {
        longest.set(0);
        return new Phase(System.nanoTime(), gets.get());
    }

    /** Ends the thread and returns how many keys it found in all. */
    long halt() throws InterruptedException {
        stopped = true;
        join();
        return found;
    }

    /** A stretch of time in which the reader's speed is measured. */
    final class Phase {
        private final long start;
        private final long before;

        private Phase(long start, long before) {
            this.start = start;
            this.before = before;
        }

        /** Reports millions of gets a second since the phase began, and the longest batch. */
        void report(String name, Results results) {
            double micros = (System.nanoTime() - start) / 1e3;
            results.figure(name + ".mops", (gets.get() - before) / micros);
            results.figure(name + ".longest" + BATCH, longest.get());
        }
    }
}
