package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.NeverEqualKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One shard by itself. The test gives each key its hash, and the shard does not ask the key. */
class ShardTest {
    private static final int TOP = 5;

    private final EntryCount counts = new EntryCount();

    /** Four buckets. */
    private final Shard shard = new Shard(32, 0, 0, counts);

    private static long hash(int bucket, int top) {
        return (long) top << 57 | (long) bucket << 50;
    }

    private static long hash(int bucket) {
        return hash(bucket, TOP);
    }

    private static int used(Shard shard) {
        return shard.control().getUsedAcquire();
    }

    private static Shard.Insertion insert(Shard shard, long hash, Object key, Object value) {
        return shard.insert(used(shard), hash, key, value);
    }

    private int inserted(long hash, Object key) {
        assertEquals(Shard.Insertion.DONE, insert(shard, hash, key, "of " + key));
        return shard.find(key, hash);
    }

    private void assertAtRest() {
        assertFalse(shard.control().isClaimed());
    }

    private static int stateAt(Shard shard, int at) {
        return TopHash.stateAt(shard.getWordAcquire(at >> 4), at >> 1 & 7);
    }

    // ---- The life of a slot ----

    @Test
    void aSlotIsEmptyThenFullThenDead() {
        assertEquals(TopHash.EMPTY_REST, stateAt(shard, 16));
        int at = inserted(hash(1), "key");
        assertEquals(16, at);
        assertEquals(TopHash.FULL | TOP, stateAt(shard, at));
        assertSame("key", shard.getHolderAcquire(at));
        assertEquals("of key", shard.getValueAcquire(at));
        assertEquals(1, used(shard));
        assertEquals(1, counts.size());
        assertEquals("of key", shard.remove(at, "key", null));
        assertEquals(TopHash.DEAD, stateAt(shard, at));
        assertNull(shard.getHolderAcquire(at), "the key stays reachable");
        assertNull(shard.getValueAcquire(at), "the value stays reachable");
        assertEquals(1, used(shard));
        assertEquals(1, shard.control().getDeadAcquire());
        assertEquals(1, shard.control().getDeletionsOpaque());
        assertEquals(0, counts.size());
        assertAtRest();
    }

    @Test
    void aDeadSlotIsNeverFilledAgain() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int at = inserted(hash(1), "key");
            places.add(at);
            assertEquals("of key", shard.remove(at, "key", null));
            assertNull(shard.get("key", hash(1)));
        }
        List<Integer> onTheWay = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            onTheWay.add((i < 16 ? 16 : -32) + 2 * i);
        }
        assertEquals(onTheWay, places);
        assertEquals(20, shard.control().getDeadAcquire());
        assertEquals(0, shard.control().live());
    }

    @Test
    void aBucketThatIsUsedUpSendsKeysOnToOthers() {
        for (int i = 0; i < 20; i++) {
            int first = i < 8 ? 48 : i < 16 ? 0 : 32; // steps of 1 and 2, around the end
            assertEquals(first + 2 * (i & 7), inserted(hash(3), i), "slots on the way of bucket 3");
        }
        for (int i = 0; i < 20; i++) {
            assertEquals("of " + i, shard.get(i, hash(3)));
        }
        assertNull(shard.get(20, hash(3)));
        assertNull(shard.get(0, hash(0)), "it is behind this key's bucket, but of another hash");
        assertEquals(16, inserted(hash(0), "later"), "bucket 0 is used up, bucket 1 is not");
        assertEquals("of later", shard.get("later", hash(0)));
    }

    @Test
    void aKeyIsFoundBehindDeadSlots() {
        for (int i = 0; i < 10; i++) {
            inserted(hash(3), i);
        }
        for (int i = 0; i < 9; i++) {
            assertEquals("of " + i, shard.remove(shard.find(i, hash(3)), i, null));
        }
        assertEquals(2, shard.find(9, hash(3)));
        assertEquals("of 9", shard.get(9, hash(3)));
    }

    // ---- Searching ----

    @Test
    void keysOfOneHashAreToldApart() {
        for (int i = 0; i < 12; i++) {
            inserted(hash(1), i);
        }
        for (int i = 0; i < 12; i++) {
            assertEquals(16 + 2 * i, shard.find(i, hash(1)));
            assertEquals("of " + i, shard.get(i, hash(1)));
        }
        assertEquals(Shard.ABSENT, shard.find(12, hash(1)));
        assertNull(shard.get(12, hash(1)));
    }

    @Test
    void aKeyIsFoundByIdentityFirst() {
        Object key = new NeverEqualKey(1);
        inserted(hash(1), "other");
        int at = inserted(hash(1), key);
        assertEquals(18, at);
        assertEquals("of " + key, shard.get(key, hash(1)));
        assertEquals(Shard.ABSENT, shard.find(new NeverEqualKey(1), hash(1)));
    }

    @Test
    void onlyKeysOfTheSameTophashAreCompared() {
        Object key = new Object() {
            @Override
            public boolean equals(Object other) {
                throw new AssertionError("asked");
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        for (int top = 0; top < 7; top++) {
            inserted(hash(1, 2 * top + 1), top);
        }
        assertNull(shard.get(key, hash(1, 0)));
        assertEquals(Shard.ABSENT, shard.find(key, hash(1, 6)));
    }

    /** The comparison of eight bytes at once also reports slot 1 as a match. */
    @Test
    void aFalseMatchIsSettledByTheKeys() {
        inserted(hash(1, 2), "two");
        inserted(hash(1, 3), "three");
        assertEquals("of two", shard.get("two", hash(1, 2)));
        assertEquals(18, shard.find("three", hash(1, 3)));
        assertEquals(Shard.ABSENT, shard.find("none", hash(1, 2)));
        assertEquals(Shard.ABSENT, shard.find("none", hash(1, 3)));
    }

    @Test
    void aShardWithoutSlotsHasNothing() {
        Shard empty = new Shard(0, 3, 5, counts);
        assertEquals(0, empty.slotCount());
        assertEquals(3, empty.depth());
        assertEquals(5, empty.bits());
        assertNull(empty.get("key", hash(7)));
        assertEquals(Shard.ABSENT, empty.find("key", hash(7)));
        assertEquals(Shard.Insertion.FULL, insert(empty, hash(7), "key", 1));
        assertEquals(List.of(), empty.copyOfEntries());
        assertEquals(0, empty.longestWay());
        assertEquals(0, counts.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 26})
    void aShardKnowsItsBits(int depth) {
        int bits = (1 << depth) - 1;
        for (int some : new int[] {0, bits, bits & 0x2AAAAAA}) {
            Shard deep = new Shard(8, depth, some, counts);
            assertEquals(depth, deep.depth());
            assertEquals(some, deep.bits());
        }
    }

    // ---- Conditions of a write ----

    @Test
    void anInsertionIsOvertakenByAnother() {
        int seen = used(shard);
        inserted(hash(1), "first");
        assertEquals(Shard.Insertion.OVERTAKEN, shard.insert(seen, hash(2), "second", 2));
        assertEquals(Shard.ABSENT, shard.find("second", hash(2)));
        assertEquals(1, counts.size());
        assertEquals(1, used(shard));
        assertAtRest();
    }

    @Test
    void aRemovalDoesNotOvertakeAnInsertion() {
        int at = inserted(hash(1), "first");
        int seen = used(shard);
        assertNotNull(shard.remove(at, "first", null));
        assertEquals(Shard.Insertion.DONE, shard.insert(seen, hash(1), "second", 2));
    }

    @Test
    void oneSlotInEightStaysEmpty() {
        for (int i = 0; i < 28; i++) {
            assertFalse(shard.isFull(used(shard)));
            inserted(hash(i), i);
        }
        assertTrue(shard.isFull(used(shard)));
        assertEquals(Shard.Insertion.FULL, insert(shard, hash(0), "late", 1));
        assertEquals(28, counts.size());
        assertAtRest();
    }

    @Test
    void aValueIsReplacedIfItsHolderIsStillThere() {
        int at = inserted(hash(1), "key");
        assertEquals("of key", shard.replace(at, "key", null, "next"));
        assertEquals("next", shard.get("key", hash(1)));
        assertNull(shard.replace(at, "another key", null, "wrong"));
        assertNull(shard.replace(at + 2, "key", null, "wrong"));
        assertEquals("next", shard.get("key", hash(1)));
        assertNotNull(shard.remove(at, "key", null));
        assertNull(shard.replace(at, "key", null, "wrong"), "removed since");
        assertNull(shard.getValueAcquire(at));
        assertAtRest();
    }

    @Test
    void aValueIsReplacedIfItIsTheOneThatWasSeen() {
        int at = inserted(hash(1), "key");
        Object seen = shard.getValueAcquire(at);
        assertNull(shard.replace(at, "key", new StringBuilder("of key"), "wrong"));
        assertSame(seen, shard.replace(at, "key", seen, "next"));
        assertNull(shard.replace(at, "key", seen, "wrong"), "it has been replaced since");
        assertEquals("next", shard.getValueAcquire(at));
        assertAtRest();
    }

    @Test
    void aKeyIsRemovedOnTheSameConditions() {
        int at = inserted(hash(1), "key");
        assertNull(shard.remove(at, "another key", null));
        assertNull(shard.remove(at, "key", "another value"));
        assertEquals(1, counts.size());
        assertEquals(0, shard.control().getDeletionsOpaque());
        assertEquals("of key", shard.remove(at, "key", shard.getValueAcquire(at)));
        assertNull(shard.remove(at, "key", null));
        assertEquals(0, counts.size());
        assertEquals(1, shard.control().getDeletionsOpaque());
        assertAtRest();
    }

    @Test
    void aRetiredShardDoesNotChange() {
        int at = inserted(hash(1), "key");
        CollisionTree collisions = collisions(42, 3);
        shard.append(hash(2), collisions, null);
        Reservation reservation = new Reservation("reserved", 1);
        assertEquals(Shard.Insertion.DONE, insert(shard, hash(3), reservation, null));
        int used = used(shard);
        assertTrue(shard.control().claim());
        shard.control().retire();
        assertEquals(Shard.Insertion.OVERTAKEN, insert(shard, hash(1), "more", 1));
        assertNull(shard.replace(at, "key", null, "next"));
        assertNull(shard.remove(at, "key", null));
        assertNull(shard.replaceIn(collisions, 32, new Twin(1), null, "next"));
        assertNull(shard.removeFrom(collisions, 32, new Twin(1), null));
        assertFalse(shard.reserve(at, "key", new Reservation("key", 1)));
        assertEquals(
                Shard.Insertion.OVERTAKEN,
                shard.reserveFrom(collisions, 32, used, hash(2), new Reservation(new Twin(1), 42)));
        assertEquals(Shard.Settlement.OVERTAKEN, shard.settle(reservation, hash(3), "value"));
        assertNull(shard.copyOfEntries());
        assertEquals(used, used(shard));
        assertEquals("of key", shard.get("key", hash(1)), "readers go on");
        assertEquals(1, shard.get(new Twin(1), treeHash()));
        assertEquals(1, counts.size());
        assertTrue(shard.control().isRetired());
    }

    // ---- Reservations ----

    @Test
    void aReservationStandsInThePlaceOfItsKey() {
        int at = inserted(hash(1), "key");
        Reservation reservation = new Reservation("key", 1);
        assertTrue(shard.reserve(at, "key", reservation));
        assertSame(reservation, shard.getHolderAcquire(at));
        assertEquals("of key", reservation.value());
        assertEquals("of key", shard.get(new String("key"), hash(1)), "readers see the old value");
        assertEquals(at, shard.find(new String("key"), hash(1)));
        assertEquals(Shard.ABSENT, shard.find("another", hash(1)));
        assertFalse(shard.reserve(at, "key", new Reservation("key", 1)), "it is reserved");
        assertNull(shard.replace(at, "key", null, "wrong"));
        assertEquals(Shard.Settlement.DONE, shard.settle(reservation, hash(1), "next"));
        assertSame("key", shard.getHolderAcquire(at));
        assertEquals("next", shard.get("key", hash(1)));
        assertEquals(1, counts.size());
        assertEquals(1, used(shard));
        assertAtRest();
    }

    @Test
    void aReservedKeyIsRemovedBySettlingItWithoutAValue() {
        int at = inserted(hash(1), "key");
        Reservation reservation = new Reservation("key", 1);
        assertTrue(shard.reserve(at, "key", reservation));
        assertEquals(Shard.Settlement.DONE, shard.settle(reservation, hash(1), null));
        assertEquals(TopHash.DEAD, stateAt(shard, at));
        assertNull(shard.getHolderAcquire(at));
        assertNull(shard.get("key", hash(1)));
        assertEquals(0, counts.size());
        assertEquals(1, shard.control().getDeletionsOpaque());
    }

    @Test
    void anAbsentKeyIsReservedInASlotOfItsOwn() {
        Reservation reservation = new Reservation("key", 1);
        assertEquals(Shard.Insertion.DONE, insert(shard, hash(1), reservation, null));
        assertEquals(16, shard.find("key", hash(1)));
        assertNull(shard.get("key", hash(1)));
        assertEquals(0, counts.size(), "it has no value yet");
        assertEquals(Shard.Settlement.DONE, shard.settle(reservation, hash(1), "value"));
        assertSame("key", shard.getHolderAcquire(16));
        assertEquals("value", shard.get("key", hash(1)));
        assertEquals(1, counts.size());
    }

    @Test
    void anAbsentKeyThatGetsNoValueLeavesADeadSlot() {
        Reservation reservation = new Reservation("key", 1);
        assertEquals(Shard.Insertion.DONE, insert(shard, hash(1), reservation, null));
        assertEquals(Shard.Settlement.DONE, shard.settle(reservation, hash(1), null));
        assertEquals(TopHash.DEAD, stateAt(shard, 16));
        assertEquals(1, shard.control().getDeadAcquire());
        assertEquals(0, shard.control().getDeletionsOpaque(), "nothing was removed");
        assertEquals(0, counts.size());
    }

    @Test
    void aReservationThatIsNotThereIsOver() {
        Reservation reservation = new Reservation("key", 1);
        assertEquals(Shard.Insertion.DONE, insert(shard, hash(1), new Reservation("key", 1), null));
        assertEquals(Shard.Settlement.CLEARED, shard.settle(reservation, hash(1), "value"));
        assertFalse(reservation.awaitTurn(false), "it is over");
        assertNull(shard.get("key", hash(1)), "the value of another reservation");
        assertEquals(0, counts.size());
        assertAtRest();
    }

    /** As after a rebuild, when its remembered slot belongs to another key. */
    @Test
    void aReservationIsFoundAlongItsWay() {
        Reservation reservation = new Reservation("key", 1);
        assertEquals(Shard.Insertion.DONE, insert(new Shard(8, 0, 0, counts), hash(3), reservation, null));
        for (int i = 0; i < 9; i++) {
            inserted(hash(3), i);
        }
        shard.append(hash(3), reservation, null);
        reservation.setLastSlot(48);
        assertEquals(Shard.Settlement.DONE, shard.settle(reservation, hash(3), "value"));
        assertEquals(2, shard.find("key", hash(3)));
        Reservation far = new Reservation("far", 1);
        far.setLastSlot(1 << 20);
        shard.append(hash(3), far, null);
        assertEquals(Shard.Settlement.DONE, shard.settle(far, hash(3), "value"));
        assertEquals(4, shard.find("far", hash(3)));
    }

    // ---- Collision trees ----

    private static long treeHash() {
        return hash(2);
    }

    /** Returns a collision tree of twins. Their values are their numbers. */
    private static CollisionTree collisions(int hashCode, int size) {
        KeyTree tree = KeyTree.empty(Twin.class);
        for (int id = 0; id < size; id++) {
            Twin key = new Twin(id);
            tree = tree.find(key).with(key, new AtomicReference<>(id));
        }
        return new CollisionTree(hashCode, treeHash(), tree);
    }

    private CollisionTree placed(int size) {
        CollisionTree collisions = collisions(42, size);
        for (int i = 0; i < size; i++) {
            counts.countInserted();
        }
        shard.append(treeHash(), collisions, null);
        return collisions;
    }

    @Test
    void allKeysOfACollisionTreeAreInOneSlot() {
        CollisionTree collisions = placed(20);
        for (int id = 0; id < 20; id++) {
            assertEquals(32, shard.find(new Twin(id), treeHash()));
            assertEquals(id, shard.get(new Twin(id), treeHash()));
            assertEquals(id, shard.getValue(32, new Twin(id)));
        }
        assertEquals(Shard.ABSENT, shard.find(new Twin(20), treeHash()));
        assertNull(shard.get(new Twin(20), treeHash()));
        assertNull(shard.getValue(32, new Twin(20)));
        assertEquals(treeHash(), collisions.hash());
        assertEquals(42, collisions.keyHashCode());
        assertTrue(Marker.is(collisions));
        assertEquals(42, Marker.hashCodeOf(collisions));
    }

    /** A hash with the same tophash and bucket, but other bits. */
    @Test
    void aCollisionTreeIsNotAskedForAKeyOfAnotherHash() {
        placed(3);
        assertEquals(Shard.ABSENT, shard.find(new Twin(1), treeHash() | 1L << 40));
    }

    @Test
    void aValueInACollisionTreeIsReplacedIfItIsAsItWasSeen() {
        CollisionTree collisions = placed(3);
        assertEquals(1, shard.replaceIn(collisions, 32, new Twin(1), null, "next"));
        assertEquals("next", shard.get(new Twin(1), treeHash()));
        assertNull(shard.replaceIn(collisions, 32, new Twin(1), 1, "wrong"));
        assertEquals("next", shard.replaceIn(collisions, 32, new Twin(1), "next", "last"));
        assertNull(shard.replaceIn(collisions, 32, new Twin(9), null, "wrong"), "not here");
        assertNull(shard.replaceIn(collisions, 34, new Twin(1), null, "wrong"), "another slot");
        assertEquals("last", shard.get(new Twin(1), treeHash()));
        assertEquals(3, counts.size());
        assertAtRest();
    }

    @Test
    void aKeyIsRemovedFromACollisionTreeIfItIsAsItWasSeen() {
        CollisionTree collisions = placed(2);
        assertNull(shard.removeFrom(collisions, 32, new Twin(1), "another value"));
        assertNull(shard.removeFrom(collisions, 32, new Twin(9), null));
        assertNull(shard.removeFrom(collisions, 34, new Twin(1), null));
        assertEquals(2, counts.size());
        assertEquals(1, shard.removeFrom(collisions, 32, new Twin(1), 1));
        assertNull(shard.get(new Twin(1), treeHash()));
        assertEquals(0, shard.get(new Twin(0), treeHash()));
        assertEquals(1, counts.size());
        assertEquals(1, shard.control().getDeletionsOpaque());
        assertEquals(0, shard.control().getDeadAcquire());
        assertAtRest();
    }

    @Test
    void theSlotOfACollisionTreeDiesWithItsLastKey() {
        CollisionTree collisions = placed(1);
        assertEquals(0, shard.removeFrom(collisions, 32, new Twin(0), null));
        assertEquals(TopHash.DEAD, stateAt(shard, 32));
        assertNull(shard.getHolderAcquire(32));
        assertEquals(1, shard.control().getDeadAcquire());
        assertEquals(0, counts.size());
    }

    @Test
    void aKeyThatIsReservedLeavesItsCollisionTree() {
        CollisionTree collisions = placed(3);
        Reservation reservation = new Reservation(new Twin(1), 42);
        assertEquals(Shard.Insertion.DONE, shard.reserveFrom(collisions, 32, used(shard), treeHash(), reservation));
        assertEquals(1, reservation.value());
        assertEquals(34, shard.find(new Twin(1), treeHash()));
        assertEquals(1, shard.get(new Twin(1), treeHash()), "readers see the old value");
        assertEquals(2, collisions.getTreeAcquire().size());
        assertEquals(Shard.Settlement.DONE, shard.settle(reservation, treeHash(), "next"));
        assertEquals("next", shard.get(new Twin(1), treeHash()));
        assertEquals(34, shard.find(new Twin(1), treeHash()));
        assertEquals(3, counts.size());
        assertAtRest();
    }

    @Test
    void aKeyIsReservedFromACollisionTreeIfItIsAsItWasSeen() {
        CollisionTree collisions = placed(3);
        int seen = used(shard);
        assertEquals(
                Shard.Insertion.OVERTAKEN,
                shard.reserveFrom(collisions, 32, seen, treeHash(), new Reservation(new Twin(9), 42)),
                "not here");
        inserted(hash(0), "more");
        Reservation reservation = new Reservation(new Twin(1), 42);
        assertEquals(Shard.Insertion.OVERTAKEN, shard.reserveFrom(collisions, 32, seen, treeHash(), reservation));
        assertEquals(
                Shard.Insertion.OVERTAKEN,
                shard.reserveFrom(collisions, 34, used(shard), treeHash(), reservation),
                "another slot");
        assertEquals(3, collisions.getTreeAcquire().size());
        while (!shard.isFull(used(shard))) {
            inserted(hash(0), used(shard));
        }
        assertEquals(Shard.Insertion.FULL, shard.reserveFrom(collisions, 32, used(shard), treeHash(), reservation));
        assertEquals(3, collisions.getTreeAcquire().size());
        assertAtRest();
    }

    @Test
    void theSlotOfACollisionTreeDiesWhenItsLastKeyIsReserved() {
        CollisionTree collisions = placed(1);
        Reservation reservation = new Reservation(new Twin(0), 42);
        assertEquals(Shard.Insertion.DONE, shard.reserveFrom(collisions, 32, used(shard), treeHash(), reservation));
        assertEquals(TopHash.DEAD, stateAt(shard, 32));
        assertEquals(34, shard.find(new Twin(0), treeHash()));
        assertEquals(1, counts.size());
        assertEquals(0, shard.control().getDeletionsOpaque(), "nothing was removed");
    }

    // ---- All of it ----

    @Test
    void aCopyHasTheEntriesOfOneMoment() {
        inserted(hash(0), "a");
        int gone = inserted(hash(0), "gone");
        assertNotNull(shard.remove(gone, "gone", null));
        int at = inserted(hash(1), "reserved");
        assertTrue(shard.reserve(at, "reserved", new Reservation("reserved", 1)));
        assertEquals(Shard.Insertion.DONE, insert(shard, hash(1), new Reservation("absent", 1), null));
        placed(2);
        assertEquals(
                List.of("a", "of a", "reserved", "of reserved", new Twin(0), 0, new Twin(1), 1), shard.copyOfEntries());
        assertAtRest();
    }

    /**
     * {@link Shard#fill} and {@link Shard#append} do the same: one for a shard that no other thread has, one
     * for a shared one.
     */
    @Test
    void aShardIsFilledAsEntriesAreAppended() {
        Shard filled = new Shard(32, 0, 0, counts);
        for (int i = 0; i < 28; i++) {
            filled.fill(hash(i * i % 5, i), i, -i);
            shard.append(hash(i * i % 5, i), i, -i);
        }
        filled.control().addUsed(28);
        for (int at = 0; at < 64; at += 2) {
            assertEquals(shard.getHolderAcquire(at), filled.getHolderAcquire(at));
            assertEquals(shard.getValueAcquire(at), filled.getValueAcquire(at));
            assertEquals(stateAt(shard, at), stateAt(filled, at));
        }
        assertEquals(used(shard), used(filled));
    }

    @Test
    void theLongestWayGoesThroughBucketsThatAreUsedUp() {
        assertEquals(1, shard.longestWay());
        for (int i = 0; i < 7; i++) {
            inserted(hash(3), i);
        }
        assertEquals(1, shard.longestWay());
        inserted(hash(3), 7);
        assertEquals(2, shard.longestWay());
        for (int i = 8; i < 16; i++) {
            inserted(hash(3), i);
        }
        assertEquals(3, shard.longestWay());
        assertNotNull(shard.remove(shard.find(3, hash(3)), 3, null));
        assertEquals(3, shard.longestWay(), "a dead slot does not end a way");
        assertEquals(0, new Shard(0, 0, 0, counts).longestWay());
    }

    @Test
    void theArraysOfAShardHaveOneLength() {
        assertEquals(32, shard.slotCount());
        assertEquals(4, shard.bucketCount());
        assertNotEquals(0, new Shard(0, 0, 0, counts).bucketCount());
        assertSame(counts, shard.counts());
    }
}
