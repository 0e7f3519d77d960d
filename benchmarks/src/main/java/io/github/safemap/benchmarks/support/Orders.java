package io.github.safemap.benchmarks.support;

import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;

/** Orders in which indexes are walked. */
public final class Orders {
    private Orders() {}

    /** Returns {@code from}, {@code from + 1} and so on below {@code to}, shuffled. The same seed gives the same order. */
    public static int[] shuffled(int from, int to, long seed) {
        int[] order = IntStream.range(from, to).toArray();
        PermutationSampler.shuffle(RandomSource.XO_SHI_RO_256_PP.create(seed), order);
        return order;
    }
}
