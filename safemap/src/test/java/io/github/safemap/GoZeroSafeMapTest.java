package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The five scenarios of go-zero's test of its {@code SafeMap} ({@code core/collection/safemap_test.go}, MIT),
 * with new code. Each test names its model. Where go-zero checks its two internal maps, these tests check what
 * a user can see.
 */
class GoZeroSafeMapTest {
    private static final int SIZE = 100_000;

    /** go-zero's {@code maxDeletion}. */
    private static final int MAX_DELETION = 10_000;

    /** go-zero's {@code copyThreshold}. */
    private static final int COPY_THRESHOLD = 1_000;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private final SafeMap<Integer, Integer> map = maps.create();

    /** TestSafeMap. */
    @ParameterizedTest
    @CsvSource({"2000", "50"})
    void exceptionsSurviveTwoRoundsOfMassDeletes(int exception) {
        put(0, SIZE);
        for (int i = 0; i < SIZE; i++) {
            if (i % exception != 0) {
                assertEquals(i, map.remove(i));
            }
        }
        assertEquals(SIZE / exception, map.size());
        put(SIZE, 2 * SIZE);
        for (int i = SIZE; i < 2 * SIZE; i++) {
            if (i % exception != 0) {
                assertEquals(i, map.remove(i));
            }
        }
        for (int i = 0; i < 2 * SIZE; i++) {
            assertEquals(i % exception == 0 ? i : null, map.get(i));
        }
        assertEquals(2 * SIZE / exception, map.size());
    }

    /** TestSafeMap_CopyNew. */
    @Test
    void secondHalfIsDeletedWhileMostOfTheFirstSurvives() {
        fillAndThin();
        for (int i = 0; i < SIZE; i++) {
            assertEquals(i % 5 != 0 ? i : null, map.get(i));
        }
        for (int i = SIZE; i < 2 * SIZE; i++) {
            assertEquals(i % 500 == 0 ? i : null, map.get(i));
        }
    }

    /** TestSafeMap_Range. */
    @Test
    void forEachAfterMassDeletesVisitsEachEntryOnce() {
        fillAndThin();
        SafeMap<Integer, Integer> copy = maps.create();
        int[] visited = {0};
        map.forEach((key, value) -> {
            visited[0]++;
            assertNull(copy.put(key, value), () -> "twice: " + key);
        });
        assertEquals(map.size(), visited[0]);
        assertEquals(SIZE / 5 * 4 + SIZE / 500, visited[0]);
        assertEquals(map, copy);
    }

    /** TestSetManyTimes. go-zero's Range may stop early, like any iteration here. */
    @Test
    void iterationMayStopEarlyBetweenManyPutsAndDeletes() {
        putManyTimes();
        assertEquals(MAX_DELETION / 2, countUpTo(MAX_DELETION / 2));
        for (int round = 0; round < 3; round++) {
            putManyTimes();
        }
        assertEquals(MAX_DELETION, countUpTo(MAX_DELETION));
    }

    private void putManyTimes() {
        for (int i = 0; i < 20_000; i++) {
            map.put(i, i);
            if (i % 3 == 0) {
                map.remove(i / 2);
            }
        }
    }

    private int countUpTo(int limit) {
        int count = 0;
        for (Integer key : map.keySet()) {
            assertEquals(key, map.get(key));
            if (++count == limit) {
                break;
            }
        }
        return count;
    }

    /** TestSetManyTimesNew. */
    @Test
    void deletingAbsentKeysRemovesNothing() {
        put(0, 30_000);
        remove(0, 20_000);
        put(30_000, 60_000);
        remove(20_000, 40_000);
        for (int i = 0; i <= MAX_DELETION - COPY_THRESHOLD; i++) {
            assertNull(map.remove(20_000 + i));
        }
        assertEquals(20_000, map.size());
        for (int i = 0; i < 60_000; i++) {
            assertEquals(i >= 40_000 ? i : null, map.get(i));
        }
    }

    @Test
    void everythingCanBeDeletedAndPutAgain() {
        for (int round = 0; round < 5; round++) {
            put(0, SIZE);
            for (int i = 0; i < SIZE; i++) {
                assertEquals(i, map.remove(i));
            }
            assertTrue(map.isEmpty());
            assertEquals(0, countUpTo(1));
        }
    }

    private void fillAndThin() {
        put(0, SIZE);
        for (int i = 0; i < SIZE; i += 5) {
            map.remove(i);
        }
        put(SIZE, 2 * SIZE);
        for (int i = SIZE; i < 2 * SIZE; i++) {
            if (i % 500 != 0) {
                map.remove(i);
            }
        }
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            assertNull(map.put(i, i));
        }
    }

    private void remove(int from, int to) {
        for (int i = from; i < to; i++) {
            assertEquals(i, map.remove(i));
        }
    }
}
