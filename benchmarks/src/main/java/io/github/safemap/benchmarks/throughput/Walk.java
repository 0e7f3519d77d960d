package io.github.safemap.benchmarks.throughput;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's way through an array of keys, from a start of its own. */
@State(Scope.Thread)
public class Walk {
    private static final int VALUES = 1 << 10;

    /** The order of the indexes. */
    @Param("CYCLE")
    public Order order;

    /** {@code Long}s, as there are maps that hold nothing else. */
    private final Object[] values = new Object[VALUES];

    private boolean atRandom;
    private int index;
    private long bits;
    private int turn;
    private Object value = 0L;

    /** Chooses the start. */
    @Setup(Level.Trial)
    public void start(ThreadParams thread) {
        atRandom = order == Order.RANDOM;
        // Negative, as no key of few bits is, and too large to be cached.
        for (int i = 0; i < VALUES; i++) {
            values[i] = -1_000_000L - i - (long) VALUES * thread.getThreadIndex();
        }
        value = values[0];
        SplittableRandom random = new SplittableRandom(thread.getThreadIndex());
        index = random.nextInt(Integer.MAX_VALUE);
        bits = random.nextLong() | 1;
    }

    /** Returns the next index into an array of {@code length}. */
    final int next(int length) {
        if (atRandom) {
            turn();
            return dice(length);
        }
        int i = index;
        if (i >= length) {
            i = wrap(i, length);
        }
        index = i + 1;
        return i;
    }

    /** Returns the next of {@code keys}. */
    final Object next(Object[] keys) {
        return keys[next(keys.length)];
    }

    /**
     * Returns a value that no other thread stores, and that this thread did not store in its last round; in random
     * order, not at one of the last thousand indexes. So what it replaces is a different object.
     */
    final Object value() {
        return value;
    }

    /** Moves on to the next value: for keys that come several times in a round. */
    final void turn() {
        turn = (turn + 1) & (VALUES - 1);
        value = values[turn];
    }

    /** Returns true or false at random (xorshift). */
    final boolean coin() {
        return random() < 0;
    }

    /** Returns a number below {@code sides} at random, from the upper bits. */
    final int dice(int sides) {
        return (int) ((random() >>> Integer.SIZE) * sides >>> Integer.SIZE);
    }

    private long random() {
        long x = bits;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        bits = x;
        return x;
    }

    private int wrap(int i, int length) {
        turn();
        return i % length;
    }

    /** The orders in which a thread goes through the indexes. */
    public enum Order {
        /** One after the other, round and round. The processor learns a round of few. */
        CYCLE,
        /** Each at random: what comes is never what came. */
        RANDOM
    }
}
