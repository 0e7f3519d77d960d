package io.github.safemap.benchmarks.lab;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Arrays;

/** The heap in use after full collections of this JVM. */
final class HeapProbe {
    /** Two readings this close, in bytes, count as the same: less than any table weighs. */
    private static final long SETTLED_WITHIN = 256;

    /** The most collections for one reading; two or three are usual. */
    private static final int MOST_COLLECTIONS = 10;

    /** How long a map is given to come to rest: many times what the tasks of SafeMap take. */
    private static final long REST_MILLIS = 500;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    /**
     * Returns the bytes in use after as many full collections as it takes for the figure to settle:
     * what one collection finds dead only by way of a reference queue or a finished thread, the
     * next one frees.
     */
    long settledBytes() {
        long last = Long.MAX_VALUE;
        for (int i = 0; i < MOST_COLLECTIONS; i++) {
            System.gc();
            long used = memory.getHeapMemoryUsage().getUsed();
            if (Math.abs(last - used) <= SETTLED_WITHIN) {
                return used;
            }
            last = used;
        }
        return last;
    }

    /** Lets a map end what it does in the background, and let go of what it holds for that. */
    void rest() {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the settled bytes above a base line; a reading below it is noise and counts as 0. */
    long settledBytesAbove(long baseline) {
        return Math.max(0, settledBytes() - baseline);
    }

    /** Returns the bytes of heap that are committed now. */
    long committedBytes() {
        return memory.getHeapMemoryUsage().getCommitted();
    }

    /**
     * Returns the bytes of the objects that are reachable from this array only, and clears the
     * array: the difference between the heap with and without them.
     */
    long releasedBytes(Object[] objects) {
        rest();
        long with = settledBytes();
        Arrays.fill(objects, null);
        return Math.max(0, with - settledBytes());
    }
}
