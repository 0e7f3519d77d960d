package io.github.safemap.benchmarks.throughput;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's way through an array of keys, round and round from a start of its own. */
@State(Scope.Thread)
public class Walk {
    /** {@code Long}s, as there are maps that hold nothing else. */
    private Object even = 0L;

    private Object odd = 0L;
    private int index;
    private long bits;
    private Object value = even;

    /** Chooses the start. */
    @Setup(Level.Trial)
    public void start(ThreadParams thread) {
        // Negative, as no key of few bits is, and too large to be cached.
        even = -1_000_000L - 2 * thread.getThreadIndex();
        odd = -1_000_001L - 2 * thread.getThreadIndex();
        value = even;
        SplittableRandom random = new SplittableRandom(thread.getThreadIndex());
        index = random.nextInt(Integer.MAX_VALUE);
        bits = random.nextLong() | 1;
    }

    /** Returns the next index into an array of {@code length}. */
    final int next(int length) {
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
     * Returns a value that this thread did not store in its last round, and no other thread ever
     * stores: what it replaces is always a different object.
     */
    final Object value() {
        return value;
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
        value = value == even ? odd : even;
        return i % length;
    }
}
