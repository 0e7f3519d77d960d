package io.github.safemap.benchmarks.support;

import org.openjdk.jmh.infra.Blackhole;

/** Where a result goes that must not be optimized away, outside of JMH. */
public final class Sink {
    private static final Blackhole BLACKHOLE = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

    private Sink() {}

    /** Keeps {@code value}: call it after a loop, not in it. */
    public static void consume(long value) {
        BLACKHOLE.consume(value);
    }
}
