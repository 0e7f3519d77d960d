package io.github.safemap;

import io.github.safemap.core.engine.Waiting;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task on its own thread. */
final class Task<T> {
    /** Only for tests that hang. No run comes near it. */
    private static final long SECONDS = 20;

    /** By then a game's thread is done, unless it must wait for another. */
    private static final long BRIEF_MILLIS = 20;

    /** Small, because there may be thousands of threads. */
    private static final long STACK_BYTES = 256 << 10;

    private final FutureTask<T> future;
    private final Thread thread;

    private Task(Callable<T> work, boolean virtual) {
        future = new FutureTask<>(work);
        thread = virtual ? virtual(future) : new Thread(null, future, "task", STACK_BYTES);
        if (!virtual) {
            thread.setDaemon(true);
        }
        thread.start();
    }

    /** Starts a thread. */
    static <T> Task<T> start(Callable<T> work) {
        return new Task<>(work, false);
    }

    /** Starts a thread, of either kind. */
    static <T> Task<T> start(Callable<T> work, boolean virtual) {
        return new Task<>(work, virtual);
    }

    /** Starts a virtual thread if this JDK has them, or else a platform thread. */
    static <T> Task<T> startLight(Callable<T> work) {
        return new Task<>(work, hasVirtualThreads());
    }

    static boolean hasVirtualThreads() {
        return Runtime.version().feature() >= 21;
    }

    /** By reflection, because the tests are compiled for JDK 17. */
    private static Thread virtual(Runnable runnable) {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Method unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
            return (Thread) unstarted.invoke(builder, runnable);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    Thread thread() {
        return thread;
    }

    /** Waits until the thread is parked because a function has reserved the key that it wants. */
    Task<T> awaitParked() {
        Tables.await("the thread waits for the key", () -> Waiting.isParked(thread) || future.isDone());
        if (future.isDone()) {
            throw new AssertionError("has not waited for the key, but ended: " + future);
        }
        return this;
    }

    /** Waits until the thread ends, or waits itself. */
    Task<T> awaitStop() {
        Tables.await("the thread ends or waits", () -> future.isDone() || isWaiting());
        return this;
    }

    /** The same, but gives up after some time: on a busy machine a thread takes long before it parks. */
    void awaitStopBriefly() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BRIEF_MILLIS);
        Tables.await("the thread ends or waits", () -> future.isDone() || isWaiting() || System.nanoTime() - end > 0);
    }

    private boolean isWaiting() {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    boolean isParked() {
        return Waiting.isParked(thread);
    }

    boolean isDone() {
        return future.isDone();
    }

    /** Returns the result. If the work threw, throws the same. */
    T get() throws Exception {
        return get(TimeUnit.SECONDS.toMillis(SECONDS));
    }

    /** The same. If the work takes longer than this, it hangs. */
    T get(long millis) throws Exception {
        try {
            return future.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } catch (TimeoutException e) {
            AssertionError hang = new AssertionError(isParked() ? "nobody wakes it" : "hangs");
            hang.setStackTrace(thread.getStackTrace());
            throw hang;
        }
    }

    /** Returns the result. If the work threw, or hangs, throws an {@link AssertionError}. */
    T join() {
        try {
            return get();
        } catch (Exception e) {
            throw new AssertionError("the thread failed", e);
        }
    }

    /** Waits for a latch, even if the thread is interrupted meanwhile. */
    static void await(CountDownLatch latch) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * SECONDS);
        while (latch.getCount() > 0) {
            try {
                if (!latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new AssertionError("the latch was never opened");
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
