package io.github.safemap.benchmarks.support;

/** Where a result goes that must not be optimized away. */
public final class Sink {
    private static volatile long last;

    private Sink() {}

    /** Keeps {@code value}. One volatile write: call it after a loop, not in it. */
    public static void consume(long value) {
        last = value;
    }

    /** Returns what was consumed last. */
    public static long last() {
        return last;
    }
}
