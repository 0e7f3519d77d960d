package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** Threads that start together. */
public final class Race {
    /** Only for tests that hang. No run comes near it. */
    private static final long SECONDS = 60;

    private Race() {}

    /** The work of one thread. */
    @FunctionalInterface
    public interface Runner {
        /** Runs as the thread of the given number, counted from 0. */
        void run(int thread) throws Exception;
    }

    /** Runs the runner on this number of threads at once. If one of them throws, the test fails. */
    public static void run(int threads, Runner runner) throws InterruptedException {
        Runner[] runners = new Runner[threads];
        Arrays.fill(runners, runner);
        run(runners);
    }

    /** Runs each runner on its own thread, all at once. */
    public static void run(Runner... runners) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(runners.length);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < runners.length; i++) {
            int number = i;
            Thread thread = new Thread(
                    () -> {
                        try {
                            start.await(SECONDS, TimeUnit.SECONDS);
                            runners[number].run(number);
                        } catch (Throwable failure) {
                            failures.add(failure);
                        }
                    },
                    "race-" + number);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (Thread thread : threads) {
            TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
            if (thread.isAlive()) {
                fail(thread.getName() + " hangs at " + Arrays.toString(thread.getStackTrace()));
            }
        }
        Throwable first = failures.poll();
        if (first != null) {
            AssertionError error = new AssertionError("a thread failed: " + first, first);
            failures.forEach(error::addSuppressed);
            throw error;
        }
    }
}
