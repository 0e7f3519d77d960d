package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One table: its look-ups, how a chain gets longer, and what a removal gives back. */
class TableTest {
    private static final long SEED = 0x5851_F42D_4C95_7F2DL;

    /** One bucket, so that every key is in it. */
    private final Table table = new Table(0, SEED);

    private void insert(int from, int to) {
        for (int key = from; key < to; key++) {
            ExclusiveOps.insert(table, table.hash(key), key, "value " + key);
        }
    }

    private Bucket main() {
        return Chain.nonNull(table.getBucketAcquire(0));
    }

    @Test
    void aKeyIsFoundWhereverItIsInItsChain() {
        assertNull(table.get(0, table.hash(0)));
        insert(0, 60);
        for (int key = 0; key < 60; key++) {
            assertEquals("value " + key, table.get(key, table.hash(key)));
            assertEquals("value " + key, table.getSlowly(key, table.hash(key)));
        }
        for (int key = 60; key < 1_000; key++) {
            assertNull(table.get(key, table.hash(key)));
            assertNull(table.getSlowly(key, table.hash(key)));
        }
    }

    private record Twin(int id) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    /** What one compare of the first match does not tell is for the long way. */
    @Test
    void aProbeSaysWhatTheFirstMatchTellsAndNoMore() {
        long hash = table.hash(42);
        assertNull(Table.probe(table.buckets(), new Twin(0), hash));
        for (int id = 0; id < 3; id++) {
            ExclusiveOps.insert(table, hash, new Twin(id), id);
        }
        assertEquals(0, Table.probe(table.buckets(), new Twin(0), hash));
        assertSame(Table.UNDECIDED, Table.probe(table.buckets(), new Twin(1), hash));
        assertEquals(1, table.get(new Twin(1), hash));
        assertNull(table.get(new Twin(3), hash));
        int word = main().getControlAcquire();
        assertTrue(main().tryClaim(word));
        assertSame(Table.UNDECIDED, Table.probe(table.buckets(), new Twin(0), hash), "a writer is there");
        assertEquals(0, table.get(new Twin(0), hash));
        main().giveBack(word);
        main().markReserved();
        assertSame(Table.UNDECIDED, Table.probe(table.buckets(), new Twin(0), hash), "or a reservation");
    }

    @Test
    void aReservedKeyHasTheValueFromBefore() {
        long hash = table.hash(42);
        ExclusiveOps.insert(table, hash, new Twin(0), 0);
        Object old = Chain.replaceAt(main(), 0, new Reservation(new Twin(0), hash, "old"));
        assertEquals(0, old);
        main().markReserved();
        assertEquals("old", table.get(new Twin(0), hash));
    }

    /** Widths of the buckets as entries come: four, then eight, then overflow buckets the same way. */
    @Test
    void aChainGetsLongerByFours() {
        insert(0, 4);
        Bucket first = main();
        assertEquals(4, first.capacity());
        insert(4, 5);
        assertNotSame(first, main(), "replaced by a wide one");
        assertTrue(Bucket.isRetired(first.getControlAcquire()));
        assertEquals(8, main().capacity());
        Bucket wide = main();
        insert(5, 8);
        assertEquals(0, table.tally().overflowBuckets());
        assertEquals(0, table.tally().longestChain());
        insert(8, 9);
        assertSame(wide, main());
        assertEquals(1, table.tally().overflowBuckets());
        assertEquals(2, table.tally().longestChain());
        assertEquals(4, Chain.nonNull(main().getOverflowAcquire()).capacity());
        insert(9, 13);
        assertSame(wide, main());
        assertTrue(Bucket.isFree(main().getControlAcquire()), "it stays the main one");
        assertEquals(8, Chain.nonNull(main().getOverflowAcquire()).capacity());
        assertEquals(1, table.tally().overflowBuckets());
        insert(13, 17);
        assertEquals(2, table.tally().overflowBuckets());
        assertEquals(3, table.tally().longestChain());
        assertEquals(17, Chain.count(main()));
    }

    @Test
    void aSlotThatHasBecomeEmptyIsFilledFirst() {
        insert(0, 17);
        for (int slot : new int[] {3, 0}) {
            Chain.removeAt(main(), slot);
            insert(100 + slot, 101 + slot);
            assertEquals(100 + slot, main().getKeyAcquire(slot));
        }
        assertEquals(2, table.tally().overflowBuckets());
    }

    @Test
    void aReservationThatWidensABucketIsSaidOfTheNewOne() {
        insert(0, 4);
        long hash = table.hash(42);
        Twin key = new Twin(0);
        Bucket now = table.add(0, main(), TopHash.of(hash), key, new Reservation(key, hash, null), true);
        assertSame(now, main());
        assertTrue(Bucket.isReserved(now.getControlAcquire()));
        Bucket next = table.add(0, now, TopHash.of(hash), "other", "value", false);
        assertSame(now, next);
    }

    private static String widths(Bucket main) {
        StringBuilder widths = new StringBuilder();
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            widths.append(bucket.capacity());
        }
        return widths.toString();
    }

    /** From so many entries to so many, of those in the order of insertion that are left. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, ''",
        "4, 1, 4",
        "4, 2, 4",
        "8, 4, 8",
        "8, 3, 8",
        "8, 2, 4",
        "8, 1, 4",
        "9, 8, 84",
        "9, 7, 8",
        "17, 8, 884",
        "17, 7, 8",
        "17, 3, 4",
        "17, 2, 4"
    })
    void aRemovalGivesBackWhatIsTooMuch(int before, int after, String widths) {
        insert(0, before);
        for (int i = after; i < before; i++) {
            Chain.removeAt(main(), i - after);
        }
        Bucket main = main();
        Bucket now = table.tidied(0, main, after);
        assertSame(now, table.getBucketAcquire(0));
        boolean same = widths(main).equals(widths) && !widths.equals("4");
        assertEquals(widths, now == null ? "" : widths(now));
        assertEquals(same || (before == 4 && after > 0), now == main);
        assertEquals(Math.max(0, widths.length() - 1), table.tally().overflowBuckets());
        for (int key = before - after; key < before; key++) {
            assertEquals("value " + key, table.get(key, table.hash(key)));
        }
    }

    @Test
    void aSmallTableIsCountedAndALargeOneEstimated() {
        Table small = new Table(6, SEED);
        Table large = new Table(7, SEED);
        for (int key = 0; key < 100; key++) {
            ExclusiveOps.insert(small, small.hash(key), key, key);
            ExclusiveOps.insert(large, large.hash(key), key, key);
        }
        assertEquals(100, small.entries(7));
        assertEquals(7, large.entries(7));
    }

    @Test
    void aChainInThePlaceOfAnotherIsBooked() {
        insert(0, 17);
        table.tally().changed(0, 0, 17);
        Bucket main = main();
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(KeyTree.empty(Integer.class, 1).find(1).with(1, new AtomicReference<>(1)));
        chain.head();
        table.replace(0, main, chain);
        assertTrue(Bucket.isRetired(main.getControlAcquire()));
        assertSame(chain.head(), table.getBucketAcquire(0));
        assertEquals(4, table.tally().live());
        assertEquals(4, table.entries(0), "a tree counts as four");
        assertEquals(0, table.tally().overflowBuckets());
        ChainBuilder longer = new ChainBuilder(33);
        for (int key = 0; key < 33; key++) {
            longer.add(TopHash.FULL, key, key);
        }
        longer.head();
        table.replace(0, main(), longer);
        assertEquals(32, table.tally().live());
        assertEquals(4, table.tally().overflowBuckets());
        assertEquals(5, table.tally().longestChain());
    }

    @Test
    void aTableIsFollowedByTheOneThatItsBucketsMoveTo() {
        insert(0, 5);
        assertThrows(IllegalStateException.class, table::nextOfForwarded);
        assertFalse(table.isEvacuated());
        assertTrue(Growth.startNow(table, 1));
        Table next = table.nextOfForwarded();
        assertSame(next, table.getNextAcquire());
        assertFalse(table.casNext(new Table(0, SEED)));
        assertEquals(1, next.bits());
        assertEquals(2, next.length());
        assertEquals(table.seed(), next.seed());
        Growth.tryEvacuate(table, next, 0, true);
        assertTrue(table.isEvacuated());
        assertSame(Table.UNDECIDED, Table.probe(table.buckets(), 0, table.hash(0)));
        for (int key = 0; key < 5; key++) {
            assertEquals("value " + key, table.get(key, table.hash(key)));
        }
        assertNull(table.get(5, table.hash(5)));
    }

    @Test
    void anotherSeedIsForTheSameBuckets() {
        Table other = table.reseeded(SEED + 2);
        assertEquals(SEED + 2, other.seed());
        assertSame(table.buckets(), other.buckets());
        assertSame(table.tally(), other.tally());
        assertEquals(HashSeed.spread(7, SEED + 2), other.hash(7));
        assertEquals(0, other.bits());
    }

    @Test
    void aBucketTakesAPlaceThatIsAsItWasExpectedOnly() {
        Bucket first = new Bucket(Bucket.FEW);
        assertTrue(table.casBucket(0, null, first));
        assertFalse(table.casBucket(0, null, new Bucket(Bucket.FEW)));
        assertSame(first, main());
    }

    @Test
    void eachTableHasANumberOfItsOwn() {
        assertNotEquals(table.id(), new Table(0, SEED).id());
        assertNotEquals(table.id(), table.reseeded(SEED).id());
    }
}
