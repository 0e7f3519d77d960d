package io.github.safemap.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.support.Orders;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyKindTest {
    private static final int SIZE = 200_000;

    @ParameterizedTest
    @EnumSource
    void keysOfOneIndexAreEqualButNotTheSame(KeyKind kind) {
        for (int i = 0; i < SIZE; i++) {
            Object one = kind.key(i);
            Object other = kind.key(i);
            assertEquals(one, other);
            assertNotSame(one, other);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysOfDifferentIndexesDiffer(KeyKind kind) {
        Set<Object> all = new HashSet<>();
        for (int i = 0; i < SIZE; i++) {
            all.add(kind.key(i));
        }
        assertEquals(SIZE, all.size());
    }

    @ParameterizedTest
    @EnumSource
    void keysFollowTheOrder(KeyKind kind) {
        int[] order = Orders.shuffled(0, 1000, 7);
        Object[] keys = kind.keys(order);
        for (int i = 0; i < order.length; i++) {
            assertEquals(kind.key(order[i]), keys[i]);
        }
    }

    @Test
    void stringsHaveSixteenHexDigits() {
        assertTrue(KeyKind.STRING.key(3).toString().matches("[0-9a-f]{16}"));
    }
}
