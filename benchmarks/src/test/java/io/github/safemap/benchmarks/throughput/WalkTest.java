package io.github.safemap.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.ThreadParams;

class WalkTest {
    private static final int LENGTH = 1000;

    @Test
    void goesRoundAndNeverRepeatsAValueAtOneIndex() {
        Walk walk = started(0);
        Object[] stored = new Object[LENGTH];
        int expected = -1;
        for (int step = 0; step < 5 * LENGTH; step++) {
            int i = walk.next(LENGTH);
            if (expected >= 0) {
                assertEquals(expected, i);
            }
            expected = (i + 1) % LENGTH;
            Object value = walk.value();
            assertNotSame(stored[i], value);
            stored[i] = value;
        }
    }

    @Test
    void aRandomOrderIsAnotherInEachRoundAndStoresOtherValues() {
        Walk walk = started(0, Walk.Order.RANDOM);
        List<Integer> last = List.of();
        Set<Integer> seen = new HashSet<>();
        Object value = walk.value();
        for (int round = 0; round < 20; round++) {
            List<Integer> indexes = new ArrayList<>();
            for (int step = 0; step < LENGTH; step++) {
                indexes.add(walk.next(LENGTH));
                assertNotSame(value, walk.value());
                value = walk.value();
            }
            assertNotEquals(last, indexes);
            last = indexes;
            seen.addAll(indexes);
        }
        assertEquals(LENGTH, seen.size());
        assertEquals(LENGTH - 1, Collections.max(seen));
    }

    @Test
    void threadsStartApartWithValuesOfTheirOwn() {
        Walk one = started(0);
        Walk two = started(1);
        assertNotEquals(one.next(LENGTH), two.next(LENGTH));
        assertNotSame(one.value(), two.value());
    }

    @Test
    void coinFallsOnEitherSideEquallyOften() {
        Walk walk = started(0);
        int heads = 0;
        for (int i = 0; i < 100_000; i++) {
            heads += walk.coin() ? 1 : 0;
        }
        assertEquals(50_000, heads, 1000);
    }

    private static Walk started(int thread) {
        return started(thread, Walk.Order.CYCLE);
    }

    private static Walk started(int thread, Walk.Order order) {
        Walk walk = new Walk();
        walk.order = order;
        walk.start(new ThreadParams(thread, 2, 0, 1, thread, 2, 0, 1, 0, 1));
        return walk;
    }
}
