package io.github.safemap.benchmarks.support;

import java.util.SplittableRandom;

/**
 * Ranks with a Zipf distribution: rank {@code r} of {@code 0..n-1} has a probability proportional
 * to {@code 1 / (r + 1)^theta}. Gray and others, "Quickly generating billion-record synthetic
 * databases", 1994; YCSB and Caffeine draw in the same way.
 */
public final class Zipf {
    private final int n;
    private final double theta;
    private final double zetaN;
    private final double alpha;
    private final double eta;
    private final SplittableRandom random;

    /** Creates a generator of {@code n} ranks with a skew of {@code theta}, between 0 and 1. */
    public Zipf(int n, double theta, long seed) {
        if (n < 2 || !(theta > 0 && theta < 1)) {
            throw new IllegalArgumentException("n " + n + ", theta " + theta);
        }
        this.n = n;
        this.theta = theta;
        this.zetaN = zeta(n, theta);
        this.alpha = 1 / (1 - theta);
        this.eta = (1 - Math.pow(2.0 / n, 1 - theta)) / (1 - zeta(2, theta) / zetaN);
        this.random = new SplittableRandom(seed);
    }

    /** Returns the next rank, 0 the most frequent. */
    public int next() {
        double u = random.nextDouble();
        double uz = u * zetaN;
        if (uz < 1) {
            return 0;
        }
        if (uz < 1 + Math.pow(0.5, theta)) {
            return 1;
        }
        return Math.min(n - 1, (int) (n * Math.pow(eta * u - eta + 1, alpha)));
    }

    /** Returns the probability of {@code rank} that the definition gives. */
    public double probability(int rank) {
        return 1 / Math.pow(rank + 1.0, theta) / zetaN;
    }

    private static double zeta(int n, double theta) {
        double sum = 0;
        for (int i = 1; i <= n; i++) {
            sum += 1 / Math.pow(i, theta);
        }
        return sum;
    }
}
