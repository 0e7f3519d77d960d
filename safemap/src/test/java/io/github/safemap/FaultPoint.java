package io.github.safemap;

import org.jspecify.annotations.Nullable;

/**
 * A point at which a fault may happen in the code that {@link FaultLoader} has changed: each allocation, each
 * access to a field that threads share, and each beginning of an optional rebuild. It can be armed for one
 * thread, and then runs a step at one of these points, or at each.
 */
public final class FaultPoint {
    /** The kinds of points. */
    public enum Kind {
        /** Before memory is allocated. */
        ALLOCATION,
        /** Before a shared field is read or written. */
        ACCESS,
        /** At the beginning of a method that does what a completed write has made due. */
        TIDYING
    }

    private static @Nullable Thread armed;
    private static Kind kind = Kind.ALLOCATION;
    private static int left;
    private static Runnable step = () -> {};

    private FaultPoint() {}

    /** Runs a step when this thread reaches the point with this number, counted from 1 and from now on. */
    public static void arm(Kind armedKind, int number, Runnable armedStep) {
        kind = armedKind;
        left = number;
        step = armedStep;
        armed = Thread.currentThread();
    }

    /** Runs a step each time that this thread reaches a point. */
    public static void armEach(Kind armedKind, Runnable armedStep) {
        arm(armedKind, 1, () -> {
            armEach(armedKind, armedStep);
            armedStep.run();
        });
    }

    /** Runs no more step. Returns whether the point was reached. */
    public static boolean disarm() {
        armed = null;
        return left <= 0;
    }

    /** Called before each allocation. */
    public static void allocation() {
        reached(Kind.ALLOCATION);
    }

    /** Called before each access to a shared field. */
    public static void access() {
        reached(Kind.ACCESS);
    }

    /** Called at the beginning of each method that does what a completed write has made due. */
    public static void tidying() {
        reached(Kind.TIDYING);
    }

    private static void reached(Kind reached) {
        if (armed == Thread.currentThread() && reached == kind && --left == 0) {
            step.run();
        }
    }
}
