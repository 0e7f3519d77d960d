package io.github.safemap.benchmarks.support;

import java.util.SplittableRandom;

/** Orders in which indexes are walked. The same seed gives the same order. */
public final class Orders {
    private Orders() {}

    /** Returns {@code from}, {@code from + 1} and so on up to {@code to}, exclusive. */
    public static int[] range(int from, int to) {
        int[] order = new int[to - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = from + i;
        }
        return order;
    }

    /** Returns the indexes of {@link #range} in random order (Fisher and Yates). */
    public static int[] shuffled(int from, int to, long seed) {
        int[] order = range(from, to);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
