package io.github.safemap.benchmarks.throughput;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.support.Orders;
import java.util.function.IntFunction;

/**
 * When the stored keys are made. It decides which of them lie beside each other, and beside what a map allocates for
 * them.
 */
public enum Allocation {
    /** Each just before its {@code put}, as most programs do. */
    AT_PUT {
        @Override
        IntFunction<Object> keys(KeyKind kind, int size, long seed) {
            return kind::key;
        }
    },
    /** All of them long before, in another order than they are put. */
    BEFORE {
        @Override
        IntFunction<Object> keys(KeyKind kind, int size, long seed) {
            Object[] keys = new Object[size];
            for (int i : Orders.shuffled(0, size, seed)) {
                keys[i] = kind.key(i);
            }
            System.gc();
            return i -> keys[i];
        }
    };

    /** Returns what gives the key to store for each index below {@code size}. */
    abstract IntFunction<Object> keys(KeyKind kind, int size, long seed);
}
