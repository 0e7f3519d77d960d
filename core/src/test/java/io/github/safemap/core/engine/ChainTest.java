package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A chain of a few buckets as one row of slots. */
class ChainTest {
    private static final int TOP = TopHash.FULL | 3;
    private static final long PATTERN = TOP * 0x0101_0101_0101_0101L;

    /** Buckets of eight, full but for the last, with the keys 0, 1, … in their order. */
    private static Bucket chain(int entries) {
        ChainBuilder builder = new ChainBuilder(entries);
        for (int key = 0; key < entries; key++) {
            builder.add(TOP, key, "value " + key);
        }
        return Chain.nonNull(builder.head());
    }

    private static Bucket chainBehindTrees(int entries) {
        ChainBuilder builder = new ChainBuilder(entries);
        for (int key = 0; key < entries; key++) {
            builder.add(TOP, key, "value " + key);
        }
        builder.addTrees(KeyTree.empty(Integer.class, 1));
        return Chain.nonNull(builder.head());
    }

    @Test
    void aPositionIsThatOfTheRow() {
        Bucket main = chain(20);
        assertEquals(20, Chain.count(main));
        assertEquals(2, Chain.overflowCount(main));
        for (int key = 0; key < 20; key++) {
            assertEquals(key, Chain.find(main, key, PATTERN));
            assertEquals("value " + key, Chain.valueAt(main, key));
            assertEquals(key % 8, Chain.slotOf(key));
        }
        assertEquals(Chain.ABSENT, Chain.find(main, 20, PATTERN));
        assertEquals(Chain.ABSENT, Chain.find(chain(3), 20, PATTERN));
        assertEquals(Chain.ABSENT, Chain.find(chain(8), 20, PATTERN));
        assertEquals(0, Chain.overflowCount(chain(8)));
        assertEquals(1, Chain.overflowCount(chain(9)));
    }

    @Test
    void aKeyInNoSlotMayBeInATreeIfThereAreTrees() {
        Bucket main = chainBehindTrees(9);
        assertEquals(2, Chain.overflowCount(main));
        assertEquals(9, Chain.count(main));
        for (int key = 0; key < 9; key++) {
            assertEquals(8 + key, Chain.find(main, key, PATTERN));
        }
        assertEquals(Chain.UNSLOTTED, Chain.find(main, 9, PATTERN));
        assertEquals(Chain.UNSLOTTED, Chain.find(chainBehindTrees(0), 9, PATTERN));
        assertTrue(Chain.UNSLOTTED < 0 && Chain.ABSENT < 0);
    }

    @Test
    void aChainThatHasBeenCutHasNoValueThere() {
        assertNull(Chain.valueAt(chain(3), 8));
        assertNull(Chain.valueAt(chain(9), 16));
        assertNull(Chain.valueAt(chain(9), 15), "its bucket is made for four");
        assertNull(Chain.valueAt(chain(9), 12));
        assertThrows(IllegalStateException.class, () -> Chain.replaceAt(chain(3), 8, "value"));
        assertThrows(IllegalStateException.class, () -> Chain.removeAt(chain(3), 2 + 8));
        assertThrows(IllegalStateException.class, () -> Chain.replaceAt(chain(3), 3, "value"));
    }

    @Test
    void aValueIsFoundByItsIdentity() {
        Bucket main = chain(20);
        for (int key = 0; key < 20; key++) {
            assertEquals(key, Chain.findValue(main, Chain.nonNull(Chain.valueAt(main, key))));
        }
        assertEquals(Chain.ABSENT, Chain.findValue(main, new String("value 1")));
        Chain.removeAt(main, 1);
        assertEquals(2, Chain.findValue(main, Chain.nonNull(Chain.valueAt(main, 2))));
    }

    @Test
    void aReservationIsFoundWhereverItIs() {
        for (int position : new int[] {0, 7, 8, 19}) {
            Bucket main = chain(20);
            assertFalse(Chain.hasReservation(main));
            Object old = Chain.replaceAt(main, position, new Reservation(position, 1, null));
            assertEquals("value " + position, old);
            assertTrue(Chain.hasReservation(main));
            Chain.removeAt(main, position);
            assertFalse(Chain.hasReservation(main));
        }
    }

    /** Against a map, with the invariant of the tophashes after each step. */
    @Test
    void removalsLeaveTheInvariantOfTheTophashes() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int entries = 1 + random.nextInt(26);
            boolean behindTrees = random.nextBoolean();
            Bucket main = behindTrees ? chainBehindTrees(entries) : chain(entries);
            Map<Integer, Integer> positions = new HashMap<>();
            for (int key = 0; key < entries; key++) {
                positions.put(key, key + (behindTrees ? 8 : 0));
            }
            while (!positions.isEmpty()) {
                Integer key = (Integer) positions.keySet().toArray()[random.nextInt(positions.size())];
                assertEquals("value " + key, Chain.removeAt(main, positions.remove(key)));
                assertEquals(positions.size(), Chain.count(main));
                checkTophashes(main);
                for (int each = 0; each < entries; each++) {
                    int absent = behindTrees ? Chain.UNSLOTTED : Chain.ABSENT;
                    assertEquals(positions.getOrDefault(each, absent), Chain.find(main, each, PATTERN));
                }
            }
        }
    }

    private static void checkTophashes(Bucket main) {
        boolean fullFollows = false;
        StringBuilder states = new StringBuilder();
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            for (int slot = 0; slot < bucket.capacity(); slot++) {
                int state = TopHash.stateAt(bucket.getTophashAcquire(), slot);
                boolean full = state >= TopHash.FULL;
                states.append(full ? 'f' : state == TopHash.EMPTY_ONE ? '1' : 'r');
                assertEquals(full, bucket.getKeyAcquire(slot) != null);
                assertEquals(full, bucket.getValueAcquire(slot) != null);
            }
        }
        for (int i = states.length() - 1; i >= 0; i--) {
            char state = states.charAt(i);
            fullFollows |= state == 'f';
            assertNotEquals(fullFollows ? 'r' : '1', state, states.toString());
        }
        if (main.hasTrees()) {
            assertEquals(TopHash.NO_SLOTS, main.getTophashAcquire());
        }
    }

    @Test
    void aClearedChainIsEmptyAndItsVersionHasMoved() {
        Bucket main = chain(20);
        int word = main.getControlAcquire();
        Chain.clear(main);
        assertEquals(0, Chain.count(main));
        assertEquals(0, Chain.overflowCount(main));
        assertEquals(0, main.getTophashAcquire());
        assertFalse(Bucket.sameVersion(word, main.getControlAcquire()));
        for (int slot = 0; slot < Bucket.SLOTS; slot++) {
            assertNull(main.getKeyAcquire(slot));
            assertNull(main.getValueAcquire(slot));
        }
    }
}
