package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrdersTest {
    @Test
    void shuffledHasEachIndexOnce() {
        int[] order = Orders.shuffled(100, 1100, 1);
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(100, 1100).toArray(), order);
    }

    @Test
    void shuffledIsRepeatableAndDependsOnTheSeed() {
        int[] order = Orders.shuffled(0, 1000, 1);
        assertArrayEquals(order, Orders.shuffled(0, 1000, 1));
        assertFalse(Arrays.equals(order, Orders.shuffled(0, 1000, 2)));
        assertFalse(Arrays.equals(order, IntStream.range(0, 1000).toArray()));
    }

    @Test
    void nothingToShuffle() {
        assertArrayEquals(new int[0], Orders.shuffled(5, 5, 1));
    }
}
