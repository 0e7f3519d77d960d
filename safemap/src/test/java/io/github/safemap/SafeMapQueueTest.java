package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads that want one key: what their waiting costs, and that each gets its turn. No time is measured. A
 * thread that waits without a limit uses no processor, and the JVM counts how often each thread has waited.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SafeMapQueueTest {
    private static final Object KEY = "the key 4711";

    /** With this many threads, waking all of them for each result costs far more than waking one. */
    private static final int THREADS = 40;

    /** How often a thread that computes a key in a loop may overtake one that wants to put it. */
    private static final int FEW_ROUNDS = 10;

    private static final int MANY_ROUNDS = 100;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    /** Runs a step while a key is reserved or a lock is held. */
    private interface Holding extends Consumer<Runnable> {}

    private Holding computing() {
        SafeMap<Object, Integer> map = maps.create();
        return step -> map.compute(KEY, (key, old) -> {
            step.run();
            return old == null ? 1 : old + 1;
        });
    }

    /**
     * The broken twin: the end of each step wakes all waiters. If greedy, the last owner may take the lock
     * again first.
     */
    private static final class Herd implements Holding {
        private final boolean greedy;
        private Thread owner;

        Herd(boolean greedy) {
            this.greedy = greedy;
        }

        @Override
        public void accept(Runnable step) {
            take();
            step.run();
            wakeAll(greedy ? Thread.currentThread() : null);
        }

        private synchronized void take() {
            while (owner != null && owner != Thread.currentThread()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            owner = Thread.currentThread();
        }

        synchronized void wakeAll(Thread next) {
            owner = next;
            notifyAll();
        }
    }

    // ---- No processor time ----

    /** Returns whether a thread waits without a time limit until another wakes it. */
    private static boolean isIdle(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadThatWaitsForAFunctionUsesNoProcessor(boolean present) throws Exception {
        SafeMap<Object, Integer> map = maps.create();
        if (present) {
            map.put(KEY, 0);
        }
        ReservedKey held =
                new ReservedKey(map, KEY, present ? ComputeMethod.COMPUTE : ComputeMethod.COMPUTE_IF_ABSENT, old -> 1);
        List<Task<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            boolean puts = i % 2 == 0;
            waiters.add(Task.start(() -> puts ? map.put(KEY, 2) : map.merge(KEY, 1, Integer::sum)));
        }
        waiters.forEach(Task::awaitParked);
        for (Task<Integer> waiter : waiters) {
            assertTrue(isIdle(waiter.thread()), () -> "is " + waiter.thread().getState());
        }
        held.end();
        for (Task<Integer> waiter : waiters) {
            waiter.get();
        }
    }

    @Test
    void aThreadThatPollsIsFound() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Task<Boolean> polling = Task.start(() -> {
            while (end.getCount() > 0) {
                LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1));
            }
            return true;
        });
        Tables.await("it waits", () -> polling.thread().getState() == Thread.State.TIMED_WAITING);
        assertFalse(isIdle(polling.thread()));
        end.countDown();
        LockSupport.unpark(polling.thread());
        assertTrue(polling.get());
    }

    // ---- One wake-up for each result ----

    /** Returns how often a thread has begun to wait since its start; 0 if it has ended. */
    private static long waits(Thread thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        return info == null ? 0 : info.getWaitedCount();
    }

    /**
     * Lets many threads queue and take turns. In each turn all the others wait again before it ends. Returns
     * how often all of them together have waited.
     */
    private static long waitsOfAll(Holding holding) throws Exception {
        List<Task<Long>> tasks = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(THREADS);
        Runnable untilTheOthersWait = () -> Tables.await(
                "the others wait",
                () -> tasks.stream().filter(task -> isIdle(task.thread())).count() == left.get());
        holding.accept(() -> {
            for (int i = 0; i < THREADS; i++) {
                tasks.add(Task.start(() -> {
                    long before = waits(Thread.currentThread());
                    holding.accept(() -> {
                        left.decrementAndGet();
                        untilTheOthersWait.run();
                    });
                    return waits(Thread.currentThread()) - before;
                }));
            }
            untilTheOthersWait.run();
        });
        long sum = 0;
        for (Task<Long> task : tasks) {
            sum += task.get();
        }
        return sum;
    }

    @Test
    void eachResultWakesOneThread() throws Exception {
        long waits = waitsOfAll(computing());
        assertTrue(waits >= THREADS && waits <= 4 * THREADS, () -> THREADS + " threads waited " + waits + " times");
    }

    @Test
    void aLockThatWakesAllForEachResultIsFound() throws Exception {
        long waits = waitsOfAll(new Herd(false));
        assertTrue(waits > 4 * THREADS, () -> THREADS + " threads waited " + waits + " times only");
    }

    // ---- In order ----

    /**
     * Returns how often a thread can take the key in a loop before another thread, which wants it all the time,
     * gets it. Each round lasts until the other waits again.
     */
    private static int roundsUntilAnotherHasHadIt(Holding holding, Runnable atTheEnd) throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        CountDownLatch running = new CountDownLatch(1);
        List<Task<?>> others = new ArrayList<>();
        Task<Integer> loop = Task.start(() -> {
            long[] seen = {0};
            do {
                holding.accept(() -> {
                    if (others.isEmpty()) {
                        others.add(Task.start(() -> {
                            running.countDown();
                            holding.accept(() -> {});
                            return null;
                        }));
                        Task.await(running);
                        seen[0] = 0;
                    }
                    Task<?> other = others.get(0);
                    Tables.await(
                            "the other waits again",
                            () -> other.isDone() || (isIdle(other.thread()) && waits(other.thread()) > seen[0]));
                    seen[0] = waits(other.thread());
                });
            } while (!others.get(0).isDone() && rounds.incrementAndGet() < MANY_ROUNDS);
            return rounds.get();
        });
        int result = loop.get();
        atTheEnd.run();
        others.get(0).get();
        return result;
    }

    @Test
    void aWriterGetsItsTurnBesideAThreadThatComputesTheKeyInALoop() throws Exception {
        int rounds = roundsUntilAnotherHasHadIt(computing(), () -> {});
        assertTrue(rounds <= FEW_ROUNDS, () -> "overtaken " + rounds + " times");
    }

    @Test
    void aLockThatItsOwnerMayTakeAgainFirstIsFound() throws Exception {
        Herd greedy = new Herd(true);
        assertEquals(MANY_ROUNDS, roundsUntilAnotherHasHadIt(greedy, () -> greedy.wakeAll(null)));
    }

    // ---- Many ----

    /** All wait for a function. Each gets its result, and no other function is called. */
    private void loadOnce(int threads, boolean virtual) throws Exception {
        SafeMap<Object, Integer> map = maps.create();
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE_IF_ABSENT, old -> 4711);
        AtomicInteger calls = new AtomicInteger();
        List<Task<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            waiters.add(Task.start(() -> map.computeIfAbsent(KEY, key -> calls.incrementAndGet()), virtual));
        }
        waiters.forEach(Task::awaitParked);
        held.end();
        for (Task<Integer> waiter : waiters) {
            assertEquals(4711, waiter.get());
        }
        assertEquals(0, calls.get());
    }

    /** All wait for a function, and then each adds one. */
    private void countUp(int threads, boolean virtual) throws Exception {
        SafeMap<Object, Integer> map = maps.create();
        map.put(KEY, 0);
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> old);
        List<Task<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            waiters.add(Task.start(() -> map.merge(KEY, 1, Integer::sum), virtual));
        }
        waiters.forEach(Task::awaitParked);
        held.end();
        List<Integer> sums = new ArrayList<>();
        for (Task<Integer> waiter : waiters) {
            sums.add(waiter.get());
        }
        assertEquals(
                IntStream.rangeClosed(1, threads).boxed().toList(),
                sums.stream().sorted().toList(),
                "each has seen what the one before it left");
    }

    @Test
    void fourThousandThreadsGetThrough() throws Exception {
        loadOnce(4_000, false);
        countUp(4_000, false);
    }

    @Test
    void tenThousandVirtualThreadsGetThrough() throws Exception {
        assumeTrue(Task.hasVirtualThreads(), "this JDK has no virtual threads");
        loadOnce(10_000, true);
        countUp(10_000, true);
    }
}
