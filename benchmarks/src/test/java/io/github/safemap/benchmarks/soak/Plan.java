package io.github.safemap.benchmarks.soak;

/**
 * How large and how long a soak is.
 *
 * @param workers the threads that use the map
 * @param keys the keys of each worker in the largest cycles
 * @param seconds how long it runs; a cycle but the first that is then under way is cut short, and checked like the others
 * @param phaseSeconds how long a phase is that has no end of its own, such as churn
 */
record Plan(int workers, int keys, double seconds, double phaseSeconds) {
    /** Not every cycle is of the largest. */
    private static final double[] SHARES = {1, 0.1, 0.5, 0.01};

    /** Returns how many keys each worker has in a cycle. */
    int keysOf(int cycle) {
        return Math.max(1_000, (int) (keys * SHARES[cycle % SHARES.length]));
    }
}
