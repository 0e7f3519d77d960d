package io.github.safemap.benchmarks.support;

import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.ZipfDistribution;

/**
 * Ranks with a Zipf distribution: rank {@code r} of {@code 0..n-1} has a probability proportional
 * to {@code 1 / (r + 1)^theta}.
 */
public final class Zipf {
    private final ZipfDistribution distribution;
    private final SharedStateDiscreteSampler sampler;

    /** Creates a generator of {@code n} ranks with a skew of {@code theta}, between 0 and 1. */
    public Zipf(int n, double theta, long seed) {
        if (n < 2 || !(theta > 0 && theta < 1)) {
            throw new IllegalArgumentException("n " + n + ", theta " + theta);
        }
        distribution = ZipfDistribution.of(n, theta);
        sampler = RejectionInversionZipfSampler.of(RandomSource.XO_SHI_RO_256_PP.create(seed), n, theta);
    }

    /** Returns the next rank, 0 the most frequent. */
    public int next() {
        return sampler.sample() - 1;
    }

    /** Returns the probability of {@code rank} that the definition gives. */
    public double probability(int rank) {
        return distribution.probability(rank + 1);
    }
}
