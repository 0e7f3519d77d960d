package io.github.safemap.core.engine;

import java.util.concurrent.locks.LockSupport;

/**
 * Waiting for a chain that another writer has claimed. It has it for tens of nanoseconds, and no code of
 * the user's runs meanwhile; only a thread that lost its processor there is waited for longer. If it runs
 * a function under a hold, the hold is inflated after a while.
 */
final class Backoff {
    private static final int SPINS = 64;
    private static final int YIELDS = 512;
    private static final long PARK_NANOS = 20_000;

    private Backoff() {}

    /** Does {@link #pause(int)}, and if that has not helped for a while {@link Holds#inflateAtOnce}. */
    static int pause(int waited, Table table, int index, Bucket main) {
        StackRoom.require(main.getControlAcquire());
        return pauseAtOnce(waited, table, index, main);
    }

    /** Does the same for a thread that has the stack that it needs, or has a claim. */
    static int pauseAtOnce(int waited, Table table, int index, Bucket main) {
        if (waited >= SPINS) {
            Holds.inflateAtOnce(table, index, main);
        }
        return pause(waited);
    }

    /** Waits a little, longer as it is called more often, and returns the argument of the next call. */
    @SuppressWarnings("ThreadPriorityCheck") // yielding is a courtesy here; the wait ends without it
    static int pause(int waited) {
        if (waited < SPINS) {
            Thread.onSpinWait();
        } else if (waited < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
            return waited;
        }
        return waited + 1;
    }
}
