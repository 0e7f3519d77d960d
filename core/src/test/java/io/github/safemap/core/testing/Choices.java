package io.github.safemap.core.testing;

import java.util.SplittableRandom;

/**
 * The decisions of a random history, read from the bytes of a seed or of a fuzzer. After the last byte every
 * choice is 0.
 */
public final class Choices {
    private final byte[] bytes;
    private int next;

    /** Choices read from bytes, which must not change any more. */
    public Choices(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The choices of a seed. */
    public static Choices ofSeed(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return new Choices(bytes);
    }

    /** Returns whether there are more choices. */
    public boolean remain() {
        return next < bytes.length;
    }

    /** Returns a number from 0 to {@code bound - 1}. Takes one byte, or two if the bound is above 256. */
    public int below(int bound) {
        int number = nextByte();
        if (bound > 1 << Byte.SIZE) {
            number = number << Byte.SIZE | nextByte();
        }
        return number % bound;
    }

    private int nextByte() {
        return remain() ? bytes[next++] & 0xff : 0;
    }
}
