package io.github.safemap.benchmarks.soak;

import io.github.safemap.benchmarks.support.HeapUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One soak of one map, cycle after cycle. */
final class Run {
    private static final String WORKER = "soak-worker";

    /** A cycle takes a minute or two on a machine that does other things as well. */
    private static final int HANGS_AFTER_MINUTES = 15;

    private final Plan plan;
    private final SoakMap map;
    private final Consumer<String> log;
    private final List<Worker> workers;
    private final List<Cycle> cycles = new ArrayList<>();
    private final Pauses pauses = new Pauses();
    private final Stalls stalls = new Stalls();
    private final Monitor monitor;
    private final long begin = System.nanoTime();
    private volatile @Nullable SoakFailure failure;

    /** The first cycle is never cut short, so that each operation is met however slow the machine is. */
    private volatile boolean isWarm;

    Run(Plan plan, SoakMap map, Consumer<String> log) {
        this.plan = plan;
        this.map = map;
        this.log = log;
        workers = IntStream.range(0, plan.workers())
                .mapToObj(number -> new Worker(number, plan, map, this::isOver))
                .toList();
        monitor = new Monitor(map, workers, pauses, stalls);
    }

    private boolean isOver() {
        return failure != null || (isWarm && System.nanoTime() - begin > plan.seconds() * 1e9);
    }

    /** Runs until the time is over or something is wrong. */
    void run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(plan.workers(), task -> new Thread(task, WORKER));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        Thread control = new Thread(stalls, "soak-stalls");
        control.start();
        var sampling = clock.scheduleAtFixedRate(monitor::sample, 1, 1, TimeUnit.SECONDS);
        try (pauses) {
            CompletionService<Void> tasks = new ExecutorCompletionService<>(threads);
            for (int cycle = 0; cycle == 0 || !isOver(); cycle++) {
                if (sampling.isDone()) {
                    sampling.get(); // throws what ended it
                }
                monitor.cycle(cycle);
                cycle(cycle, tasks);
            }
        } catch (SoakFailure | ExecutionException e) {
            failure = e instanceof SoakFailure found ? found : found((ExecutionException) e);
        } finally {
            stalls.stop();
            threads.shutdown();
            clock.shutdown();
            if (!threads.awaitTermination(60, TimeUnit.SECONDS) && failure == null) {
                failure = new SoakFailure("a worker hangs");
            }
            clock.awaitTermination(60, TimeUnit.SECONDS);
            control.join();
        }
        monitor.sample();
    }

    private void cycle(int number, CompletionService<Void> tasks) throws InterruptedException, ExecutionException {
        for (Worker worker : workers) {
            tasks.submit(() -> worker.work(number), null);
        }
        await(tasks);
        for (Worker worker : workers) {
            tasks.submit(worker::count, null);
        }
        await(tasks);
        checkAtRest();
        long entries = map.size();
        long tableBytes = map.stats().tableBytes();
        long heap = HeapUse.afterCollection();

        CountDownLatch othersLook = new CountDownLatch(workers.size() - 1);
        CountDownLatch cleared = new CountDownLatch(1);
        int clearing = number % workers.size();
        for (Worker worker : workers) {
            tasks.submit(() -> {
                if (worker == workers.get(clearing)) {
                    worker.clear(othersLook, cleared);
                } else {
                    worker.lookOn(othersLook, cleared);
                }
                return null;
            });
        }
        await(tasks);
        workers.forEach(worker -> worker.book().clear());
        checkAtRest();
        cycles.add(new Cycle(number, monitor.second(), entries, tableBytes, heap, HeapUse.afterCollection()));
        isWarm = true;
        log.accept("second %,d: cycle %d is sound, with %,d entries".formatted(monitor.second(), number, entries));
    }

    /** Waits for all workers; if one finds something, the others are told to stop. */
    private void await(CompletionService<Void> tasks) throws InterruptedException, ExecutionException {
        for (int i = 0; i < workers.size(); i++) {
            try {
                Future<Void> task = tasks.poll(HANGS_AFTER_MINUTES, TimeUnit.MINUTES);
                if (task == null) {
                    throw new SoakFailure("no end after " + HANGS_AFTER_MINUTES + " minutes: " + stacks());
                }
                task.get();
            } catch (ExecutionException e) {
                if (failure == null) {
                    failure = found(e);
                }
            }
        }
        SoakFailure found = failure;
        if (found != null) {
            throw found;
        }
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(stack -> stack.getKey().getName().startsWith(WORKER))
                .map(stack -> stack.getKey() + " at " + List.of(stack.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static SoakFailure found(ExecutionException e) {
        if (e.getCause() instanceof SoakFailure found) {
            return found;
        }
        SoakFailure other = new SoakFailure("an operation threw " + e.getCause());
        other.initCause(e.getCause());
        return other;
    }

    /** Nobody writes: everything must be there, once, and the tables in order. */
    private void checkAtRest() {
        try {
            map.check();
        } catch (SoakFailure e) {
            throw e;
        } catch (AssertionError e) {
            throw (SoakFailure) new SoakFailure("the invariants do not hold at rest: " + e.getMessage()).initCause(e);
        }
        long expected =
                workers.stream().mapToLong(worker -> worker.book().present()).sum();
        Map<Long, Integer> counters = counters();
        if (map.size() != expected + counters.size()) {
            throw new SoakFailure("at rest the size is " + map.size() + ", but there are " + expected + " entries and "
                    + counters.size() + " counters");
        }
        counters.forEach((key, count) -> {
            Item item = map.get(key);
            if (item == null || item.stamp() != count) {
                throw new SoakFailure("counter " + key + " is " + item + ", but was added to " + count + " times");
            }
        });
        long met = 0;
        for (Iterator<Map.Entry<Long, Item>> entries = map.iterator(); entries.hasNext(); met++) {
            Map.Entry<Long, Item> entry = entries.next();
            for (Worker worker : workers) {
                Book book = worker.book();
                if (book.owns(entry.getKey()) && !book.agrees(book.index(entry.getKey()), entry.getValue())) {
                    throw new SoakFailure(
                            "at rest there is " + entry + ", but " + book.expected(book.index(entry.getKey())));
                }
            }
        }
        if (met != map.size()) {
            throw new SoakFailure("at rest an iterator returned " + met + " entries of " + map.size());
        }
    }

    private Map<Long, Integer> counters() {
        Map<Long, Integer> sums = new HashMap<>();
        for (int counter = 0; counter < Book.COUNTERS; counter++) {
            int index = counter;
            int sum = workers.stream()
                    .mapToInt(worker -> worker.book().counted(index))
                    .sum();
            if (sum > 0) {
                sums.put(Hand.counterKey(counter), sum);
            }
        }
        return sums;
    }

    /** Returns what went wrong; null if nothing. */
    @Nullable SoakFailure failure() {
        return failure;
    }

    Plan plan() {
        return plan;
    }

    Monitor monitor() {
        return monitor;
    }

    List<Cycle> cycles() {
        return cycles;
    }

    List<Pauses.Pause> pauses() {
        return pauses.all();
    }

    /** Returns what was short by nature and took long, in the order of time. */
    List<Interruption> interruptions() {
        return workers.stream()
                .flatMap(worker -> worker.timings().interruptions().stream())
                .sorted((a, b) -> Long.compare(a.uptimeMillis(), b.uptimeMillis()))
                .toList();
    }
}
