package io.github.safemap.core.engine;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Methods that wait until a thread does something, or waits itself. */
public final class Waiting {
    private Waiting() {}

    /** Waits until a condition holds. The time limit of the test may interrupt it. */
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("this is never so");
            }
            Thread.onSpinWait();
        }
    }

    /**
     * Returns whether a thread is parked until a function ends. A thread that spins, or is about to park, does
     * not count.
     */
    public static boolean isParked(Thread thread) {
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && LockSupport.getBlocker(thread) instanceof Reservation;
    }

    /** Returns how many threads are said to wait for a key. */
    public static int threads() {
        try {
            Field field = Reservation.class.getDeclaredField("WAITING");
            field.setAccessible(true);
            return ((Map<?, ?>) field.get(null)).size();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
