package io.github.safemap.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.safemap.benchmarks.KeyKind;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationTest {
    private static final int SIZE = 100;

    @ParameterizedTest
    @EnumSource
    void keysAreThoseOfTheirIndexes(Allocation allocation) {
        IntFunction<Object> keys = allocation.keys(KeyKind.LONG, SIZE, 1);
        for (int i = 0; i < SIZE; i++) {
            assertEquals(KeyKind.LONG.key(i), keys.apply(i));
        }
    }

    @Test
    void onlyThoseMadeBeforeAreTheSameAgain() {
        IntFunction<Object> atPut = Allocation.AT_PUT.keys(KeyKind.LONG, SIZE, 1);
        IntFunction<Object> before = Allocation.BEFORE.keys(KeyKind.LONG, SIZE, 1);
        assertNotSame(atPut.apply(0), atPut.apply(0));
        assertSame(before.apply(0), before.apply(0));
    }
}
