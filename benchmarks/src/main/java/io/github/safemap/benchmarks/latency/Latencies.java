package io.github.safemap.benchmarks.latency;

import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the loop of one thread records: how long each operation took, and of the longest also how much of that its
 * thread did not wait for a processor.
 */
final class Latencies {
    /** So short an operation is not the longest; whether it waited is not asked. */
    private static final long SHORT_NANOS = 50_000;

    /**
     * Operations after which the waiting until then is left behind, so that it is not taken for that of the next long
     * one.
     */
    private static final int STRETCH = 1_024;

    // Made for the longest from the start: it never grows, so recording costs the same.
    private final Histogram histogram = new Histogram(1, 600_000_000_000L, 3);

    /** How long the thread has waited in its life, in nanoseconds; null if that is not known. */
    private @Nullable LongSupplier waiting;

    private long waitedBefore;
    private int inStretch;
    private long longestRun;

    /** Begins a loop of the current thread, always the same one. */
    void begin() {
        if (waiting == null) {
            Waiting mine = Waiting.ofCurrentThread();
            waiting = mine == null ? null : mine::nanos;
        }
        waited();
    }

    /** Begins a loop of a thread that waits as given. */
    void begin(LongSupplier waitedNanos) {
        waiting = waitedNanos;
        waited();
    }

    /** Records an operation. */
    void add(long nanos) {
        histogram.recordValue(nanos);
        if (nanos > SHORT_NANOS) {
            longestRun = Math.max(longestRun, nanos - Math.min(nanos, waited()));
        } else if (++inStretch == STRETCH) {
            waited();
        }
    }

    /** Returns how long the thread has waited since this was last asked. */
    private long waited() {
        inStretch = 0;
        if (waiting == null) {
            return 0;
        }
        long before = waitedBefore;
        waitedBefore = waiting.getAsLong();
        return waitedBefore - before;
    }

    /** Adds what another thread has recorded. */
    void addAll(Latencies other) {
        histogram.add(other.histogram);
        longestRun = Math.max(longestRun, other.longestRun);
        if (waiting == null) {
            waiting = other.waiting; // never asked here: it says that the longest run is known
        }
    }

    Histogram histogram() {
        return histogram;
    }

    /**
     * Returns the nanoseconds of the operation that took longest without its waiting: up to {@value #SHORT_NANOS} if
     * all were short, and less than 0 if it is not known. What a virtual machine is deprived of unsaid is in it.
     */
    long longestRun() {
        return waiting == null ? -1 : Math.max(longestRun, Math.min(SHORT_NANOS, histogram.getMaxValue()));
    }
}
