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
