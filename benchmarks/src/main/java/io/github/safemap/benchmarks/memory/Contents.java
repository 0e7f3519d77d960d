package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.support.Orders;

/**
 * Keys and values made beforehand, which the arrays hold all the time: the differences of the heap
 * in use are then the map's alone.
 *
 * @param keys the keys
 * @param values the values
 */
record Contents(Object[] keys, Object[] values) {
    static Contents of(KeyKind kind, int size) {
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = new Object();
        }
        return new Contents(kind.keys(Orders.shuffled(0, size, 1)), values);
    }
}
