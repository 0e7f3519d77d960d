package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting by the batch must come out right on the whole. */
class TallyTest {
    private static final int BATCH = 8;

    @Test
    void aChainStandsInTheBooksWithinABatchOfItsEntries() {
        for (int index = 0; index < 256; index++) {
            assertEquals(0, Tally.reported(0, index), "an empty chain");
            for (int entries = 0; entries < 200; entries++) {
                int reported = Tally.reported(entries, index);
                assertEquals(0, reported % BATCH);
                assertTrue(Math.abs(reported - entries) < BATCH);
                assertTrue(reported <= Tally.reported(entries + 1, index));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 64, 1_024})
    void chainsOfOneLengthAreReportedExactly(int buckets) {
        for (int entries = 0; entries < 100; entries++) {
            int sum = 0;
            for (int index = 0; index < buckets; index++) {
                sum += Tally.reported(entries, index);
            }
            assertEquals(entries * buckets, sum);
        }
    }

    /** Six times the error that the class promises: one in half a billion. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 6, 10, 14})
    void theEstimateIsOffByTheRootOfTheBuckets(int bits) {
        SplittableRandom random = new SplittableRandom(bits);
        double sixfold = 6 * 2.3 * Math.sqrt(1 << bits);
        int[] chains = new int[1 << bits];
        Tally tally = Tally.create(bits);
        int live = 0;
        for (int i = 0; i < 20 << bits; i++) {
            int index = random.nextInt(chains.length);
            boolean grows = chains[index] == 0 || random.nextInt(8 << bits) > live;
            int after = chains[index] + (grows ? 1 : -1);
            tally.changed(index, chains[index], after);
            chains[index] = after;
            live += grows ? 1 : -1;
            int error = Math.abs(tally.live() - live);
            assertTrue(error <= sixfold, () -> "off by " + error);
        }
    }

    @Test
    void onlyOneChangeInEightTouchesTheCount() {
        Tally tally = Tally.create(10);
        int touched = 0;
        for (int index = 0; index < 1_024; index++) {
            for (int entries = 0; entries < 64; entries++) {
                touched += tally.changed(index, entries, entries + 1) ? 1 : 0;
            }
        }
        assertEquals(1_024 * 64 / BATCH, touched);
        assertEquals(1_024 * 64, tally.live());
        assertEquals(0, tally.deleted());
    }

    @Test
    void deletionsAreCountedAndInsertionsAreNotTakenFromThem() {
        Tally tally = Tally.create(3);
        for (int round = 1; round <= 100; round++) {
            for (int index = 0; index < 8; index++) {
                tally.changed(index, 0, BATCH);
                tally.changed(index, BATCH, 0);
            }
            assertEquals(0, tally.live());
            assertEquals(round * 8 * BATCH, tally.deleted());
        }
    }

    @Test
    void aChainThatMovesIsNotADeletion() {
        Tally from = Tally.create(4);
        Tally to = Tally.create(3);
        for (int index = 0; index < 16; index++) {
            from.changed(index, 0, 11);
        }
        for (int index = 0; index < 16; index++) {
            from.moved(-Tally.reported(11, index));
            int before = index < 8 ? 0 : 11;
            to.moved(Tally.reported(before + 11, index & 7) - Tally.reported(before, index & 7));
        }
        assertEquals(0, from.live());
        assertEquals(0, from.deleted());
        assertEquals(16 * 11, to.live());
        assertEquals(0, to.deleted());
    }

    @Test
    void theCursorNeverTurnsNegative() {
        Tally tally = Tally.create(0);
        tally.takeCursor(Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE, tally.takeCursor(1));
        assertEquals(0, tally.takeCursor(1));
        assertFalse(tally.takeCursor(1) < 0);
    }

    @Test
    void eachBucketThatMovedCounts() {
        Tally tally = Tally.create(3);
        assertEquals(0, tally.movedAcquire());
        tally.countMoved();
        tally.countMoved();
        assertEquals(2, tally.movedAcquire());
    }

    @Test
    void overflowBucketsCanBeForgotten() {
        Tally tally = Tally.create(3);
        tally.addOverflowBuckets(5);
        tally.addOverflowBuckets(0);
        tally.addOverflowBuckets(-2);
        assertEquals(3, tally.overflowBuckets());
        tally.resetOverflowBuckets();
        assertEquals(0, tally.overflowBuckets());
    }

    /** Small tables come by the dozen, and several threads seldom meet in one. */
    @Test
    void onlyTheTallyOfALargerTableIsPadded() {
        assertEquals(Tally.class, Tally.create(4).getClass());
        assertNotEquals(Tally.class, Tally.create(5).getClass());
    }
}
