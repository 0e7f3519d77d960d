package io.github.safemap;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** An executor whose tasks wait until the test runs them. */
final class HandExecutor implements Executor {
    private static final long POLL_MILLIS = 10;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs tasks as they come, until something is so. */
    void runUntil(String what, BooleanSupplier reached) {
        Tables.await(what, () -> {
            runNext();
            return reached.getAsBoolean();
        });
    }

    /** Runs one task, if one comes soon; returns whether one did. */
    boolean runNext() {
        try {
            Runnable task = tasks.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (task != null) {
                task.run();
            }
            return task != null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns how many tasks wait. */
    int waiting() {
        return tasks.size();
    }
}
