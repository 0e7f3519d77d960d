package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a table is too small, and what one write moves. */
class GrowthTest {
    /** The numbers are Go's: 13 entries for two buckets, but never less than 8. */
    @ParameterizedTest
    @CsvSource({"0, 8", "1, 13", "2, 26", "3, 52", "4, 104", "10, 6656", "20, 6815744", "30, 6979321856"})
    void aTableIsFullAtSixAndAHalfEntriesABucket(int bits, long most) {
        assertFalse(Growth.overLoadFactor(most, bits));
        assertTrue(Growth.overLoadFactor(most + 1, bits));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "8, 0", "9, 1", "13, 1", "14, 2", "26, 2", "27, 3", "6815744, 20"})
    void theSmallestTableThatFitsIsTaken(long entries, int bits) {
        assertEquals(bits, Growth.bitsFor(entries));
    }

    @Test
    void noTableIsLargerThanTheLargest() {
        assertEquals(Table.MAX_BITS, Growth.bitsFor(Long.MAX_VALUE));
    }

    @Test
    void growthBeginsWithTheFirstEntryTooMany() {
        Table table = new Table(1, 1);
        assertFalse(Growth.startIfDue(table, 13));
        assertNull(table.getNextAcquire());
        assertTrue(Growth.startIfDue(table, 14));
        assertEquals(2, table.nextOfForwarded().bits());
        assertFalse(Growth.startIfDue(table, 14), "begun twice");
    }

    /** As many overflow buckets as buckets: the entries are to lie dense again. */
    @Test
    void aTableOfLongChainsGrowsToTheSameSize() {
        Table table = new Table(2, 1);
        table.tally().addOverflowBuckets(3);
        assertFalse(Growth.startIfDue(table, 5));
        table.tally().addOverflowBuckets(1);
        assertTrue(Growth.startIfDue(table, 5));
        assertEquals(2, table.nextOfForwarded().bits());
    }

    @Test
    void oneWriteMovesItsBucketAndOneMore() {
        Table table = new Table(3, 1);
        long hash = hashOfBucket(table, 5);
        assertSame(table, Growth.work(table, hash), "not growing");
        Growth.start(table, 4);
        assertSame(table.getNextAcquire(), Growth.work(table, hash));
        assertSame(Bucket.FORWARDED, table.getBucketAcquire(5));
        assertEquals(2, table.tally().movedAcquire());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void aSweepMovesTheNextBucketsInOrder(int buckets) {
        Table table = new Table(3, 1);
        Growth.start(table, 4);
        Growth.sweep(table, table.nextOfForwarded(), buckets);
        for (int index = 0; index < table.length(); index++) {
            boolean moved = table.getBucketAcquire(index) == Bucket.FORWARDED;
            assertEquals(index < buckets, moved, "bucket " + index);
        }
        assertEquals(buckets, table.tally().movedAcquire());
    }

    /** What has moved is passed over, but not without end. */
    @ParameterizedTest
    @CsvSource({"63, true", "64, false", "200, false"})
    void aSweepSkipsSixtyFourBucketsAtMost(int moved, boolean reached) {
        Table table = new Table(8, 1);
        Growth.start(table, 9);
        Table next = table.nextOfForwarded();
        for (int index = 0; index < moved; index++) {
            Growth.tryEvacuate(table, next, index, true);
        }
        Growth.sweep(table, next, 1);
        assertEquals(reached ? moved + 1 : moved, table.tally().movedAcquire());
        assertEquals(Math.min(moved + 1, 64), table.tally().takeCursor(1), "skipped");
    }

    @Test
    void aSweepEndsWithTheTable() {
        Table table = new Table(1, 1);
        Growth.start(table, 2);
        Growth.sweep(table, table.nextOfForwarded(), 100);
        assertTrue(table.isEvacuated());
        assertEquals(2, table.tally().takeCursor(1), "looked on after the last bucket");
    }

    @Test
    void aKeyThatCannotBeHashedKeepsItsBucketWhereItIs() {
        Object moody = new Object() {
            @Override
            public int hashCode() {
                throw new IllegalStateException("moody");
            }
        };
        Table table = new Table(1, 1);
        long hash = hashOfBucket(table, 1);
        ExclusiveOps.insert(table, hash, moody, 7);
        Growth.start(table, 2);
        assertSame(table, Growth.work(table, hash));
        assertEquals(7, table.get(moody, hash));
        assertFalse(Growth.tryEvacuate(table, table.nextOfForwarded(), 1, true));
        assertFalse(table.isEvacuated());
    }

    @Test
    void anImpatientMoveDoesNotWaitForAWriter() {
        Table table = new Table(1, 1);
        long hash = hashOfBucket(table, 1);
        ExclusiveOps.insert(table, hash, "key", 7);
        Growth.start(table, 2);
        Bucket main = Chain.nonNull(table.getBucketAcquire(1));
        int word = main.getControlAcquire();
        assertTrue(main.tryClaim(word));
        assertFalse(Growth.tryEvacuate(table, table.nextOfForwarded(), 1, false));
        main.giveBack(word);
        assertTrue(Growth.tryEvacuate(table, table.nextOfForwarded(), 1, false));
    }

    private static long hashOfBucket(Table table, int index) {
        for (int hashCode = 0; ; hashCode++) {
            if (table.indexOf(table.hash(hashCode)) == index) {
                return table.hash(hashCode);
            }
        }
    }
}
