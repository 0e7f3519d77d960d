package io.github.safemap.core.engine;

import java.util.concurrent.locks.LockSupport;

/** Which threads wait for a key that a function holds. */
public final class Waiting {
    private Waiting() {}

    /** Returns whether a thread is parked until a function ends: not on its way there, nor spinning. */
    public static boolean isParked(Thread thread) {
        Thread.State state = thread.getState();
        return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
                && LockSupport.getBlocker(thread) instanceof Reservation;
    }
}
