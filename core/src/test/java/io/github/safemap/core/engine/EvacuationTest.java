package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bucket moves, and what the books of both tables say then. */
class EvacuationTest {
    private static final long SEED = 0x5851_F42D_4C95_7F2DL;

    private final ShardsFixture shard = new ShardsFixture(2, true, 0);

    private Table table() {
        return shard.shards().getTableAcquire(0);
    }

    private Table begun(int bits) {
        assertTrue(Growth.startNow(table(), bits));
        return table().nextOfForwarded();
    }

    /** All sizes of a table to all that it may move to, bucket by bucket. */
    @ParameterizedTest
    @CsvSource({
        "0, 3", "0, 4", "6, 3", "12, 3", "20, 3", "16, 2", "9, 1", "12, 2", "12, 1", "12, 0", "24, 3", "24, 0", "26, 3",
        "26, 2", "26, 1"
    })
    void whatMovesIsThereAndBooked(int entries, int bits) {
        shard.put(-1, -1); // or there would be no table
        shard.remove(-1);
        shard.putAll(0, entries);
        Table from = table();
        assertEquals(2, from.bits());
        Table to = begun(bits == 4 ? 3 : bits);
        for (int index = 0; index < from.length(); index++) {
            Bucket main = from.getBucketAcquire(index);
            assertTrue(Evacuation.evacuate(from, to, index, true));
            assertSame(Bucket.FORWARDED, from.getBucketAcquire(index));
            assertTrue(main == null || Bucket.isRetired(main.getControlAcquire()));
            assertEquals(index + 1, from.tally().movedAcquire());
            assertTrue(Evacuation.evacuate(from, to, index, true), "it has moved already");
            assertEquals(index + 1, from.tally().movedAcquire());
            for (int key = 0; key < entries; key++) {
                assertEquals(key, shard.get(key));
            }
            assertNull(shard.get(entries));
        }
        assertTrue(from.isEvacuated());
        assertEquals(entries, from.tally().entriesMoved());
        assertEquals(0, from.tally().live());
        assertEquals(0, from.tally().overflowBuckets());
        shard.shards().evacuate(0, from, 0, 0);
        assertSame(to, table());
        for (int index = 0; index < to.length(); index++) {
            checkDense(to.getBucketAcquire(index));
        }
        ShardsInvariants.check(shard.shards());
    }

    @ParameterizedTest
    @CsvSource({"3, 9, 1", "9, 4, 1", "4, 9, 1", "9, 3, 1", "8, 8, 0", "17, 12, 3"})
    void eachHalfOfAChainIsMadeForWhatItGets(int low, int high, int overflow) {
        Table from = new Table(0, SEED);
        Table halves = new Table(1, SEED);
        ChainBuilder chain = new ChainBuilder(low + high);
        int lows = 0;
        int highs = 0;
        for (int key = 0; lows < low || highs < high; key++) {
            long hash = from.hash(key);
            boolean goesUp = halves.indexOf(hash) == 1;
            if (goesUp ? highs < high : lows < low) {
                chain.add(TopHash.of(hash), key, key);
                highs += goesUp ? 1 : 0;
                lows += goesUp ? 0 : 1;
            }
        }
        from.setBucketRelease(0, chain.head());
        from.book(Crowd.booked(chain.head(), 0), chain.overflow(), 0);
        assertTrue(Growth.startNow(from, 1));
        Table to = from.nextOfForwarded();
        assertTrue(Evacuation.evacuate(from, to, 0, true));
        Bucket lower = Chain.nonNull(to.getBucketAcquire(0));
        Bucket upper = Chain.nonNull(to.getBucketAcquire(1));
        assertEquals(low, Chain.count(lower));
        assertEquals(high, Chain.count(upper));
        checkDense(lower);
        checkDense(upper);
        assertEquals(overflow, to.tally().overflowBuckets());
        assertEquals(0, from.tally().overflowBuckets());
    }

    /** Nothing is wider than what has come needs, nor will be replaced by the next one to come. */
    private static void checkDense(Bucket main) {
        int left = main == null ? 0 : Chain.count(main);
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            assertEquals(left < Bucket.FEW ? Bucket.FEW : Bucket.SLOTS, bucket.capacity());
            left -= Math.min(left, Bucket.SLOTS);
        }
    }

    @Test
    void aBucketThatSomebodyHasIsLeftToHimByTheImpatient() {
        shard.putAll(0, 20);
        Table from = table();
        Table to = begun(3);
        Bucket main = Chain.nonNull(from.getBucketAcquire(0));
        int word = main.getControlAcquire();
        assertTrue(main.tryClaim(word));
        assertFalse(Evacuation.evacuate(from, to, 0, false));
        assertSame(main, from.getBucketAcquire(0));
        main.giveBack(word);
        assertTrue(Evacuation.evacuate(from, to, 0, false));
    }

    private static final class Thrower {
        private boolean armed;

        @Override
        public int hashCode() {
            if (armed) {
                throw new UnsupportedOperationException("hashCode");
            }
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    @Test
    void aKeyThatThrowsStaysWhereItIs() {
        Thrower key = new Thrower();
        shard.put(key, "value");
        Table from = table();
        Table to = begun(3);
        int index = from.indexOf(from.hash(key.hashCode()));
        Bucket main = from.getBucketAcquire(index);
        key.armed = true;
        assertThrows(UnsupportedOperationException.class, () -> Evacuation.evacuate(from, to, index, true));
        assertSame(main, from.getBucketAcquire(index));
        key.armed = false;
        assertEquals("value", shard.get(key));
        assertTrue(Evacuation.evacuate(from, to, index, true));
        assertEquals("value", shard.get(key));
    }

    /** A reservation is where its hash leads to, though its key may say another one by then. */
    @Test
    void aReservationMovesByTheHashThatItWasMadeWith() {
        Thrower key = new Thrower();
        shard.putAll(0, 5);
        shard.shards()
                .compute(
                        key,
                        key.hashCode(),
                        old -> {
                            key.armed = true;
                            Table from = table();
                            Table to = begun(3);
                            for (int index = 0; index < from.length(); index++) {
                                assertTrue(Evacuation.evacuate(from, to, index, true));
                            }
                            shard.shards().evacuate(0, from, 0, 0);
                            assertSame(to, table());
                            key.armed = false;
                            return "value";
                        },
                        Shards.INSERT);
        assertEquals("value", shard.get(key));
        ShardsInvariants.check(shard.shards());
    }

    /** In a chain of more than 64 slots the positions of the upper half are in a second word. */
    @ParameterizedTest
    @CsvSource({"3", "1"})
    void aLongChainMovesWhole(int bits) {
        Table from = new Table(2, SEED);
        int moved = 0;
        for (int key = 0; moved < 150; key++) {
            if (from.indexOf(from.hash(key)) == 1) {
                ExclusiveOps.insert(from, from.hash(key), key, key);
                moved++;
            }
        }
        Bucket main = Chain.nonNull(from.getBucketAcquire(1));
        assertTrue(Growth.startNow(from, bits));
        Table to = from.nextOfForwarded();
        assertTrue(Evacuation.evacuate(from, to, 1, true));
        int found = 0;
        for (int index = 0; index < to.length(); index++) {
            Bucket half = to.getBucketAcquire(index);
            assertTrue(half == null || index % 2 == 1);
            found += half == null ? 0 : Chain.count(half);
        }
        assertEquals(150, found);
        assertEquals(150, from.tally().entriesMoved());
        assertTrue(to.tally().longestChain() >= (bits == 3 ? 9 : 19));
        assertEquals(150, Chain.count(main), "left as it was, for readers that are in it");
        for (int key = 0, left = 150; left > 0; key++) {
            if (from.indexOf(from.hash(key)) == 1) {
                assertEquals(key, from.get(key, from.hash(key)));
                left--;
            }
        }
    }

    private static ChainBuilder treeOf(int keys, long hash) {
        KeyTree tree = KeyTree.empty(Integer.class, hash);
        for (int key = 0; key < keys; key++) {
            tree = tree.find(key).with(key, new AtomicReference<>(key));
        }
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(tree);
        return chain;
    }

    /** The hashes are chosen: keys of one hash code would do as well. */
    @Test
    void treesMoveByTheirHashes() {
        Table from = new Table(0, SEED);
        Table some = new Table(1, SEED);
        long low = 0;
        long high = 0;
        for (int hashCode = 0; low == 0 || high == 0; hashCode++) {
            long hash = from.hash(hashCode);
            if (some.indexOf(hash) == 0) {
                low = hash;
            } else {
                high = hash;
            }
        }
        ChainBuilder chain = treeOf(40, low);
        chain.addTrees(treeOf(33, high).head().getTreesAcquire());
        from.setBucketRelease(0, chain.head());
        from.book(Crowd.booked(chain.head(), 0), chain.overflow(), 0);
        assertEquals(8, from.tally().live());
        assertEquals(8, from.entries(0), "each counts as four");
        assertTrue(Growth.startNow(from, 1));
        Table to = from.nextOfForwarded();
        assertTrue(Evacuation.evacuate(from, to, 0, true));
        assertEquals(40, to.getBucketAcquire(0).getTreesAcquire()[0].size());
        assertEquals(33, to.getBucketAcquire(1).getTreesAcquire()[0].size());
        assertEquals(1, to.getBucketAcquire(0).getTreesAcquire().length);
        assertEquals(0, from.tally().live());
        assertEquals(8, to.tally().live());

        assertTrue(Growth.startNow(to, 0));
        Table back = to.nextOfForwarded();
        assertTrue(Evacuation.evacuate(to, back, 0, true));
        assertTrue(Evacuation.evacuate(to, back, 1, true));
        assertEquals(2, back.getBucketAcquire(0).getTreesAcquire().length);
        assertEquals(0, to.tally().live());
        assertEquals(8, back.tally().live());
        assertNotSame(to, back);
    }
}
