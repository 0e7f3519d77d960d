package io.github.safemap.benchmarks.support;

import java.util.Arrays;

/** The heap in use after a full collection. */
public final class HeapUse {
    private static final int ROUNDS = 20;
    private static final long PAUSE_MILLIS = 50;

    /** How long a map is given to end what it may do in the background. SafeMap does nothing there. */
    private static final long REST_MILLIS = 500;

    private HeapUse() {}

    /**
     * Collects until the figure no longer falls, at least twice, with a pause between in which a
     * map may finish what it does in the background, and returns the bytes in use.
     */
    public static long afterCollection() {
        return least(PAUSE_MILLIS);
    }

    /** The same without pauses: what a map would give back later, by a task of its own, counts. */
    public static long atOnce() {
        return least(0);
    }

    /** Returns the bytes {@link #atOnce} above an earlier reading; below it is noise and counts as 0. */
    public static long above(long earlier) {
        return Math.max(0, atOnce() - earlier);
    }

    /** Returns the bytes of the objects that are reachable from this array only, and clears it. */
    public static long released(Object[] objects) {
        rest();
        long with = atOnce();
        Arrays.fill(objects, null);
        return Math.max(0, with - atOnce());
    }

    /** Returns the bytes of heap that the JVM has taken from the system. */
    public static long committed() {
        return Runtime.getRuntime().totalMemory();
    }

    /** Lets a map end what it does in the background. */
    public static void rest() {
        pause(REST_MILLIS);
    }

    private static long least(long pauseMillis) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            long used = runtime.totalMemory() - runtime.freeMemory();
            // Less than a kilobyte is the JVM's own coming and going.
            if (round > 0 && used > least - 1024) {
                return Math.min(used, least);
            }
            least = Math.min(used, least);
            pause(pauseMillis);
        }
        return least;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
