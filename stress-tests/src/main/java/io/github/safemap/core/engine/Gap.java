package io.github.safemap.core.engine;

/**
 * Time between two steps of a broken twin, so that the other thread comes in between often enough.
 */
public final class Gap {
    private static final int SPINS = 10;

    private Gap() {}

    /** Spends about as much time as an operation of a map takes. */
    public static void widen() {
        widen(1);
    }

    /** Spends about as much time as so many operations of a map take. */
    public static void widen(int operations) {
        for (int i = 0; i < operations * SPINS; i++) {
            Thread.onSpinWait();
        }
    }
}
