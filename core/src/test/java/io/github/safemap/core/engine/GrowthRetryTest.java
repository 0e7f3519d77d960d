package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Attempts to begin an evacuation that are left out, as after one that did not fit the memory. */
class GrowthRetryTest {
    private final Table table = new Table(6, 1);

    @Test
    void soManyAttemptsAreLeftOut() {
        table.tally().leaveOut(3);
        for (int attempt = 0; attempt < 3; attempt++) {
            assertFalse(Growth.start(table, 7));
        }
        assertTrue(Growth.start(table, 7));
    }

    @Test
    void byHandIsAtOnce() {
        table.tally().leaveOut(3);
        assertTrue(Growth.startNow(table, 5));
    }

    @Test
    void whatWasLeftOutDoesNotHarmTheEvacuation() {
        for (int key = 0; key < 200; key++) {
            ExclusiveOps.insert(table, table.hash(key), key, key);
        }
        table.tally().leaveOut(50);
        assertTrue(Growth.startNow(table, 7));
        Table next = Chain.nonNull(table.getNextAcquire());
        for (int i = 0; i < 64; i++) {
            Growth.sweep(table, next, 1);
        }
        assertTrue(table.isEvacuated());
        for (int key = 0; key < 200; key++) {
            assertEquals(key, table.get(key, table.hash(key)));
        }
    }
}
