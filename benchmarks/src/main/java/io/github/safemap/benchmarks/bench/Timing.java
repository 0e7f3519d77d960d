package io.github.safemap.benchmarks.bench;

import java.util.Arrays;
import java.util.List;

/** How long and how often a set measures. */
enum Timing {
    /** To see whether something has changed much. */
    QUICK(3, 1, 2, 3, 300, 3),
    /** To publish. Forks differ more among each other than what one measures: so many short ones. */
    FULL(5, 3, 2, 4, 500, 3);

    /*
     * The estimates are from steps.txt of a full run on 2 cores. The first one is a fork's start and end:
     * the JVM, the keys and the full collection of a map that is not large.
     */
    private static final double FORK_SECONDS = 0.7;

    /** What a fork takes more for each entry of a large map. */
    private static final double ENTRY_SECONDS = 0.8e-6;

    /** What the keys and ranks of T12 take. */
    private static final double KEYS_SECONDS = 2;

    /** What it takes to touch the pages of the heap. */
    private static final double TOUCH_SECONDS = 0.9;

    /** The same of a large one. */
    private static final double LARGE_TOUCH_SECONDS = 5;

    /**
     * Warm-up iterations where more threads run than there are processors: the compilers' threads get a small share
     * of them, and a map is faster the less code it has to be compiled.
     */
    private static final int CROWDED_WARM_UPS = 12;

    private final int rounds;
    private final int slowRounds;
    private final int warmUps;
    private final int iterations;
    private final int millis;
    private final int shots;

    Timing(int rounds, int slowRounds, int warmUps, int iterations, int millis, int shots) {
        this.rounds = rounds;
        this.slowRounds = slowRounds;
        this.warmUps = warmUps;
        this.iterations = iterations;
        this.millis = millis;
        this.shots = shots;
    }

    /** Returns how often each subject gets a fork of JMH in one cell. */
    int rounds() {
        return rounds;
    }

    /** Returns how often latency is measured. */
    int slowRounds() {
        return slowRounds;
    }

    /** Returns JMH's arguments for what is measured by time. */
    List<String> arguments(int threads, int processors) {
        String time = millis + "ms";
        return List.of("-wi", warmUps(threads, processors) + "", "-w", time, "-i", iterations + "", "-r", time);
    }

    private int warmUps(int threads, int processors) {
        return threads > processors ? CROWDED_WARM_UPS : warmUps;
    }

    /** Returns JMH's arguments for what is measured by single shots. */
    List<String> shots() {
        return List.of("-wi", "2", "-i", shots + "");
    }

    /** Returns an estimate for what the heap of a fork takes before anything is measured. */
    static double touchSeconds(boolean large) {
        return large ? LARGE_TOUCH_SECONDS : TOUCH_SECONDS;
    }

    /** Returns an estimate for the rest of one fork. */
    double seconds(int threads, int processors) {
        return FORK_SECONDS + (warmUps(threads, processors) + iterations) * millis / 1e3;
    }

    /** Returns an estimate for the rest of one fork of single shots. */
    double shotSeconds(String benchmark) {
        return benchmark.equals("ParallelLoad")
                ? FORK_SECONDS + KEYS_SECONDS + (2 + shots) * 0.6
                : FORK_SECONDS + (2 + shots) * 3.2;
    }

    /** Returns what forks take more for the sizes among JMH's parameters. */
    static double startSeconds(String... params) {
        return Arrays.stream(params)
                .filter(param -> param.startsWith("size="))
                .flatMap(
                        param -> Arrays.stream(param.substring("size=".length()).split(",")))
                .mapToDouble(size -> Long.parseLong(size) * ENTRY_SECONDS)
                .sum();
    }
}
