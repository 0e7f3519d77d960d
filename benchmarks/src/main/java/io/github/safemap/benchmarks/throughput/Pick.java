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
            Zipf zipf = new Zipf(keys.length, 0.99, seed);
            Object[] sequence = new Object[1 << 21];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = keys[zipf.next()];
            }
            return sequence;
        }
    };

    /** Returns elements of {@code keys}, shuffled ones, in the order to use them. */
    abstract Object[] sequence(Object[] keys, long seed);
}
