package io.github.safemap.benchmarks.soak;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the machine does to a thread that has nothing to do with the map: it sleeps a millisecond and sees how much
 * longer that took, and from time to time it spins and sees how long it was away.
 */
final class Stalls implements Runnable {
    private static final long SLEEP = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SPIN = TimeUnit.MILLISECONDS.toNanos(2);

    /** A spin comes after so many sleeps: it shall not take the workers' processors. */
    private static final int SLEEPS = 20;

    private final AtomicLong longestOversleep = new AtomicLong();
    private final AtomicLong longestGap = new AtomicLong();
    private volatile boolean stopped;

    @Override
    public void run() {
        while (!stopped) {
            for (int i = 0; i < SLEEPS; i++) {
                long start = System.nanoTime();
                LockSupport.parkNanos(SLEEP);
                raise(longestOversleep, System.nanoTime() - start - SLEEP);
            }
            long start = System.nanoTime();
            long last = start;
            while (last - start < SPIN) {
                long now = System.nanoTime();
                raise(longestGap, now - last);
                last = now;
            }
        }
    }

    private static void raise(AtomicLong longest, long nanos) {
        if (nanos > longest.get()) {
            longest.accumulateAndGet(nanos, Math::max);
        }
    }

    void stop() {
        stopped = true;
    }

    /** Returns by how many nanoseconds a sleep was too long at most, since the last call. */
    long takeOversleep() {
        return longestOversleep.getAndSet(0);
    }

    /** Returns for how many nanoseconds a spinning thread was away at most, since the last call. */
    long takeGap() {
        return longestGap.getAndSet(0);
    }
}
