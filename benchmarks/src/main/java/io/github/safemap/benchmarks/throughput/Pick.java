package io.github.safemap.benchmarks.throughput;

import io.github.safemap.benchmarks.support.Zipf;
import java.util.Arrays;

/** Which keys the operations fall on. */
public enum Pick {
    /** Each key once in a round. */
    UNIFORM {
        @Override
        Object[] sequence(Object[] keys, long seed) {
            return keys;
        }
    },
    /** Always the same key. */
    HOT {
        @Override
        Object[] sequence(Object[] keys, long seed) {
            Object[] sequence = new Object[1024];
            Arrays.fill(sequence, keys[0]);
            return sequence;
        }
    },
    /** A Zipf distribution with a skew of 0.99. */
    ZIPF {
        @Override
        Object[] sequence(Object[] keys, long seed) {
            int[] ranks = zipfRanks(keys.length, 0.99, 1 << 21, seed);
            Object[] sequence = new Object[ranks.length];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = keys[ranks[i]];
            }
            return sequence;
        }
    };

    /** Returns elements of {@code keys}, shuffled ones, in the order to use them. */
    abstract Object[] sequence(Object[] keys, long seed);

    /** Returns so many ranks below {@code n}, of a Zipf distribution. */
    static int[] zipfRanks(int n, double skew, int length, long seed) {
        Zipf zipf = new Zipf(n, skew, seed);
        int[] ranks = new int[length];
        for (int i = 0; i < length; i++) {
            ranks[i] = zipf.next();
        }
        return ranks;
    }
}
