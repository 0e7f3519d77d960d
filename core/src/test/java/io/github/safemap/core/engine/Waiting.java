package io.github.safemap.core.engine;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for threads, and for threads that wait. */
public final class Waiting {
    private Waiting() {}

    /** Waits until something is so; ends when the time limit of the test interrupts it. */
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("this is never so");
            }
            Thread.onSpinWait();
        }
    }

    /** Returns whether a thread is parked until a function ends: not on its way there, nor spinning. */
    public static boolean isParked(Thread thread) {
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && LockSupport.getBlocker(thread) instanceof Reservation;
    }
}
