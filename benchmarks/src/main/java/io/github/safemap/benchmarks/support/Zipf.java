package io.github.safemap.benchmarks.support;

import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Ranks with a Zipf distribution: rank {@code r} of {@code 0..n-1} has a probability proportional
 * to {@code 1 / (r + 1)^theta}.
 */
public final class Zipf {
    private final SharedStateDiscreteSampler sampler;

    /** Creates a generator of {@code n} ranks with a skew of {@code theta}. */
    public Zipf(int n, double theta, long seed) {
        sampler = RejectionInversionZipfSampler.of(RandomSource.XO_SHI_RO_256_PP.create(seed), n, theta);
    }

    /** Returns the next rank, 0 the most frequent. */
    public int next() {
        return sampler.sample() - 1;
    }
}
