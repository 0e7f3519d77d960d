package io.github.safemap.core.engine;

import java.util.function.BooleanSupplier;

/**
 * Time between two steps of a broken twin. It lets the other thread come in between often enough.
 */
public final class Gap {
    private static final int SPINS = 10;

    private static final int YIELDS = 100;

    private Gap() {}

    /** Waits for the other thread, but not for ever, even if that thread has no processor at the moment. */
    @SuppressWarnings("ThreadPriorityCheck")
    public static void await(BooleanSupplier happened) {
        for (int i = 0; i < YIELDS && !happened.getAsBoolean(); i++) {
            Thread.yield();
        }
    }

    /** Takes about as long as an operation of a map. */
    public static void widen() {
        widen(1);
    }

    /** Takes about as long as this number of operations of a map. */
    public static void widen(int operations) {
        for (int i = 0; i < operations * SPINS; i++) {
            Thread.onSpinWait();
        }
    }

    /**
     * Returns 1 for every number from 0 on, after about as long as an operation. Unlike {@link #widen} it is
     * only arithmetic, so the compiler may move loads and stores across it, except what needs the result.
     */
    static int one(long number) {
        return (int) root64(1 + number);
    }

    /** Extracts this many roots, one after the other. */
    private static double root64(double number) {
        return root16(root16(root16(root16(number))));
    }

    private static double root16(double number) {
        return root4(root4(root4(root4(number))));
    }

    private static double root4(double number) {
        return Math.sqrt(Math.sqrt(Math.sqrt(Math.sqrt(number))));
    }
}
