package io.github.safemap.core.engine;

/**
 * Time between two steps of a broken twin. It lets the other thread come in between often enough.
 */
public final class Gap {
    private static final int SPINS = 10;

    private Gap() {}

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
