package io.github.safemap.benchmarks.soak;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread's load on the map, phase by phase. What is random follows from the worker's number. */
final class Worker {
    /** Prime and odd, and larger than any number of keys: steps of it reach every index once. */
    private static final long STRIDE = 2_654_435_761L;

    private final int number;
    private final Plan plan;
    private final Book book;
    private final Hand hand;
    private final Timings timings;
    private final BooleanSupplier isOver;
    private final SplittableRandom random;
    private int size;

    Worker(int number, Plan plan, SoakMap map, BooleanSupplier isOver) {
        this.number = number;
        this.plan = plan;
        this.isOver = isOver;
        book = new Book(number, plan.workers(), plan.keysOf(0));
        timings = new Timings(number);
        hand = new Hand(map, book, timings, "worker " + number + ", ", plan.workers() * plan.keysOf(0));
        random = new SplittableRandom(number);
    }

    Book book() {
        return book;
    }

    Timings timings() {
        return timings;
    }

    /** Goes through all phases but the last; which half comes first depends on worker and cycle. */
    void work(int cycle) {
        size = plan.keysOf(cycle);
        int halves = Phase.HALVES.size();
        for (int half = 0; half < halves; half++) {
            for (Phase phase : Phase.HALVES.get((half + number + cycle) % halves)) {
                timings.begin(phase);
                run(phase);
            }
        }
        timings.begin(Phase.QUIET);
    }

    /** Adds to the counters, while the other workers do so. */
    void count() {
        timings.begin(Phase.COUNT);
        run(Phase.COUNT);
        timings.begin(Phase.QUIET);
    }

    private void run(Phase phase) {
        switch (phase) {
            case GROW -> grow();
            case CHURN -> churn(size);
            case ITERATE -> whileTime(() -> hand.iterate(isOver));
            case DELETE -> delete();
            case QUIET -> whileTime(() -> LockSupport.parkNanos(1_000_000));
            case SMALL_CHURN -> churn(Math.max(1, size / 100));
            case COMPUTE -> whileTime(this::compute);
            case REMOVE_IF -> removeIf();
            case SNAPSHOT -> whileTime(hand::snapshot);
            case COUNT -> whileTime(this::counts);
            case CLEAR -> throw new IllegalArgumentException("needs all workers");
        }
    }

    /** Does it at least once. */
    private void whileTime(Runnable step) {
        long begin = System.nanoTime();
        long nanos = (long) (plan.phaseSeconds() * 1e9);
        do {
            step.run();
        } while (System.nanoTime() - begin < nanos && !isOver.getAsBoolean());
    }

    private void grow() {
        for (int i = 0; i < size && !isOver.getAsBoolean(); i++) {
            int index = scattered(i);
            if (!book.has(index)) {
                hand.put(index);
            }
            if (i % 8 == 0) {
                hand.getOfAnybody(anybodys());
            }
        }
    }

    private void delete() {
        for (int i = 0; i < size && !isOver.getAsBoolean(); i++) {
            int index = scattered(i);
            if (index % 1000 != 0) {
                hand.remove(index);
            }
        }
    }

    private void churn(int range) {
        whileTime(() -> {
            for (int i = 0; i < 100; i++) {
                int index = random.nextInt(range);
                switch (random.nextInt(4)) {
                    case 0, 1 -> hand.get(index);
                    case 2 -> hand.getOfAnybody(anybodys());
                    default -> {
                        if (!book.has(index)) {
                            hand.put(index);
                        } else if (random.nextInt(4) == 0) {
                            hand.put(index);
                        } else {
                            hand.remove(index);
                        }
                    }
                }
            }
        });
    }

    private void compute() {
        for (int i = 0; i < 100; i++) {
            int index = random.nextInt(size);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> hand.compute(index, false);
                case 3 -> hand.compute(index, true);
                case 4 -> hand.computeIfAbsent(index);
                default -> hand.get(index);
            }
        }
    }

    private void counts() {
        for (int i = 0; i < 100; i++) {
            int counter = random.nextInt(Book.COUNTERS);
            if (i % 4 == 0) {
                hand.getOfAnybody(Hand.counterKey(counter));
            } else {
                hand.count(counter);
            }
        }
    }

    private void removeIf() {
        hand.removeThird();
        timings.skip();
        for (int i = 0; i < size && !isOver.getAsBoolean(); i++) {
            hand.get(i);
        }
    }

    /** Clears the map, shortly after the others have begun to look on. */
    void clear(CountDownLatch othersLook, CountDownLatch cleared) throws InterruptedException {
        timings.begin(Phase.CLEAR);
        othersLook.await();
        LockSupport.parkNanos(1_000_000);
        timings.skip();
        hand.clear();
        cleared.countDown();
        timings.begin(Phase.QUIET);
    }

    /** Looks on while another worker clears: as soon as one key has gone, all have. */
    void lookOn(CountDownLatch othersLook, CountDownLatch cleared) {
        timings.begin(Phase.CLEAR);
        boolean gone = false;
        int last = 0;
        for (int i = 0; last < 1000 && !isOver.getAsBoolean(); i++) {
            int index = scattered(i % size);
            if (book.has(index)) {
                gone = hand.getWhileCleared(index, gone);
            }
            if (i == 1000) {
                othersLook.countDown();
            }
            last += cleared.getCount() == 0 ? 1 : 0;
        }
        othersLook.countDown();
        timings.begin(Phase.QUIET);
    }

    private int scattered(int i) {
        return (int) (i * STRIDE % size);
    }

    private long anybodys() {
        return random.nextLong((long) size * plan.workers());
    }
}
