package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A random seed must serve keys as programs have them, whichever number it is. */
class HashSeedTest {
    private static final int SEEDS = 2_000;
    private static final int BUCKETS = 64;

    /** At load 6.5, a bucket of 29 by chance is one in 10^8 or rarer. */
    private static final int MOST_IN_A_BUCKET = 28;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 1_000, 1 << 16, 0x9E3779B9})
    void everySeedSpreadsHashCodesInSequence(int stride) {
        for (int i = 0; i < SEEDS; i++) {
            long seed = HashSeed.random();
            int[] counts = new int[BUCKETS];
            for (int n = 0; n < BUCKETS * 13 / 2; n++) {
                long hash = HashSeed.spread(n * stride, seed);
                int count = ++counts[HashSeed.bucketIndex(hash, BUCKETS - 1)];
                assertTrue(
                        count <= MOST_IN_A_BUCKET,
                        () -> "seed " + seed + " crowds a bucket of a table at load 6.5");
            }
        }
    }
}
