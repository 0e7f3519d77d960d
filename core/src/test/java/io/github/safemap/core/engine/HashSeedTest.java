package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.function.LongToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every random seed must spread the usual keys of programs well. */
class HashSeedTest {
    private static final int SEEDS = 2_000;
    private static final int BUCKETS = 64;

    /** At load 6.5, chance makes a bucket of 29 less than once in 10^8. */
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
                assertTrue(count <= MOST_IN_A_BUCKET, () -> "seed " + seed + " crowds a bucket of a table at load 6.5");
            }
        }
    }

    /**
     * With 1,000 keys and 16 shards, chance gives a shard more than twice its share once in 10^11. With multiples of
     * 2^16 one seed in a million does so: there are two among these once in 10^5 runs.
     */
    @ParameterizedTest
    @EnumSource
    void everySeedSpreadsKeysOverTheShards(Keys keys) {
        int shards = 16;
        int entries = 1_000;
        int[] hashCodes = distinctHashCodes(keys, entries);
        Set<Long> crowding = new HashSet<>();
        for (int i = 0; i < SEEDS; i++) {
            long seed = HashSeed.random();
            int[] counts = new int[shards];
            for (int hashCode : hashCodes) {
                int count = ++counts[HashSeed.placeBits(HashSeed.spread(hashCode, seed)) & shards - 1];
                assertTrue(count <= 3 * entries / shards, () -> "seed " + seed + " crowds a shard");
                if (count > 2 * entries / shards) {
                    crowding.add(seed);
                }
            }
        }
        assertTrue(crowding.size() <= 1, () -> "seeds that crowd a shard: " + crowding);
    }

    /** The usual hash codes of programs. */
    enum Keys {
        SEQUENCE(n -> n),
        NEGATIVE(n -> -n),
        EVERY_SIXTEENTH(n -> n << 4),
        EVERY_THOUSANDTH(n -> n * 1_000),
        HIGH_HALF(n -> n << 16),
        LONGS(n -> Long.hashCode(0x1234_5678_0000_0000L + n)),
        DOUBLES(n -> Double.hashCode(n)),
        STRINGS(n -> ("user-" + n).hashCode()),
        POINTS(n -> 31 * 50 * (n >>> 7) + 7 * (n & 127));

        final IntUnaryOperator hashCode;

        Keys(IntUnaryOperator hashCode) {
            this.hashCode = hashCode;
        }
    }

    /** The three parts of a hash that determine the place of an entry. */
    private enum Part {
        SHARD(16, hash -> HashSeed.placeBits(hash) & 15),
        BUCKET(64, hash -> HashSeed.shardBucketIndex(hash, 63)),
        TOPHASH(128, hash -> (int) HashSeed.tophashBits(hash));

        final int values;
        final LongToIntFunction of;

        Part(int values, LongToIntFunction of) {
            this.values = values;
            this.of = of;
        }
    }

    /**
     * Chi-square over the pairs of two parts, divided by the degrees of freedom. It is 1 if the parts are even
     * and independent. Chance makes it more than 1.2 for less than one seed in a billion. For two dependent
     * parts it is the number of values of the smaller part. The seeds are fixed, so the test never fails by
     * chance.
     */
    @ParameterizedTest
    @EnumSource
    void shardBucketAndTophashAreEvenAndIndependent(Keys keys) {
        SplittableRandom seeds = new SplittableRandom(57);
        int[] hashCodes = distinctHashCodes(keys, 1 << 14);
        double worst = 0;
        for (int round = 0; round < 40; round++) {
            long seed = seeds.nextLong() | 1;
            for (Part part : Part.values()) {
                for (Part other : Part.values()) {
                    if (part.compareTo(other) < 0) {
                        worst = Math.max(worst, unevenness(hashCodes, seed, part, other));
                    }
                }
            }
        }
        assertTrue(worst < 1.3, "chi-square a degree of freedom: " + worst);
    }

    private static double unevenness(int[] hashCodes, long seed, Part part, Part other) {
        int[] counts = new int[part.values * other.values];
        for (int hashCode : hashCodes) {
            long hash = HashSeed.spread(hashCode, seed);
            counts[part.of.applyAsInt(hash) * other.values + other.of.applyAsInt(hash)]++;
        }
        double expected = (double) hashCodes.length / counts.length;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        return chiSquare / (counts.length - 1);
    }

    private static int[] distinctHashCodes(Keys keys, int wanted) {
        Set<Integer> distinct = new HashSet<>();
        for (int n = 0; distinct.size() < wanted; n++) {
            distinct.add(keys.hashCode.applyAsInt(n));
        }
        return distinct.stream().mapToInt(Integer::intValue).toArray();
    }

    @Test
    void differentHashCodesHaveDifferentHashes() {
        SplittableRandom random = new SplittableRandom(58);
        for (int round = 0; round < 20; round++) {
            long seed = random.nextLong() | 1;
            Set<Long> hashes = new HashSet<>();
            for (int n = 0; n < 10_000; n++) {
                assertTrue(hashes.add(HashSeed.spread(n * 0x10001, seed)));
            }
        }
    }

    @Test
    void aSeedIsOdd() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(1, HashSeed.random() & 1);
        }
    }

    @Test
    void thePartsTakeTheirOwnBits() {
        long all = -1L;
        assertEquals(127, HashSeed.tophashBits(all));
        long indexOnly = ((1L << 25) - 1) << 32;
        assertEquals(0, (int) indexOnly, "the bits of the directory");
        assertEquals(0, HashSeed.tophashBits(indexOnly));
        assertEquals((1 << 25) - 1, HashSeed.bucketIndex(indexOnly, (1 << 25) - 1));
        assertEquals(0, HashSeed.bucketIndex(~indexOnly, (1 << 25) - 1));
    }
}
