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
}
