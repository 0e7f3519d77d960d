package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.TopHash;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A bucket, and a chain of a few buckets as one row of slots. */
class GoBucketTest {
    private static final int TOP = TopHash.FULL | 3;
    private static final long PATTERN = TOP * 0x0101_0101_0101_0101L;

    private final GoBucket main = new GoBucket();

    /** Adds the keys from one number to another. */
    private void add(int from, int to) {
        for (int key = from; key < to; key++) {
            assertEquals(key > 0 && key % 8 == 0, main.add(TOP, key, "value " + key));
        }
    }

    /** Returns the position of a key in the row, or -1. */
    private int find(Object key) {
        int base = 0;
        for (GoBucket bucket = main; bucket != null; bucket = bucket.next()) {
            int slot = bucket.find(key, PATTERN);
            if (slot >= 0) {
                return base + slot;
            }
            base += GoBucket.SLOTS;
        }
        return -1;
    }

    private GoBucket bucketAt(int position) {
        GoBucket bucket = main;
        for (int skip = position / GoBucket.SLOTS; skip > 0; skip--) {
            bucket = bucket.overflow();
        }
        return bucket;
    }

    private Object removeAt(int position) {
        GoBucket bucket = bucketAt(position);
        Object value = bucket.value(position % GoBucket.SLOTS);
        main.remove(bucket, position % GoBucket.SLOTS);
        return value;
    }

    @Test
    void slotsAreFilledInOrderAndEightToABucket() {
        add(0, 20);
        for (int key = 0; key < 20; key++) {
            assertEquals(key, find(key));
            assertEquals(TOP, bucketAt(key).top(key % 8));
            assertEquals("value " + key, bucketAt(key).value(key % 8));
        }
        assertEquals(-1, find(20));
        assertNull(bucketAt(16).overflow());
    }

    @Test
    void aKeyIsFoundByIdentityOrEqualsButOnlyAmongItsTophash() {
        Object never = new Object() {
            @Override
            public boolean equals(Object other) {
                return false;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        main.add(TOP, never, 1);
        main.add(TOP, "a key", 2);
        assertEquals(0, main.find(never, PATTERN));
        assertEquals(1, main.find(new String("a key"), PATTERN));
        assertEquals(-1, main.find("a key", PATTERN + 0x0101_0101_0101_0101L));
        assertEquals(-1, main.find("another", PATTERN));
    }

    @Test
    void aValueIsReplacedInItsSlot() {
        add(0, 3);
        main.setValue(1, "other");
        assertEquals(1, main.key(1));
        assertEquals("other", main.value(1));
        assertEquals("value 2", main.value(2));
    }

    @Test
    void theFirstEmptySlotIsFilledFirst() {
        add(0, 17);
        for (int position : new int[] {11, 3, 0}) {
            removeAt(position);
        }
        for (int position : new int[] {0, 3, 11, 17}) {
            assertFalse(main.add(TOP, "new", position));
            assertEquals("new", bucketAt(position).key(position % 8));
        }
    }

    @Test
    void aSearchEndsWhereNoEntryFollows() {
        add(0, 17);
        assertSame(main.overflow(), main.next());
        removeAt(16);
        assertSame(bucketAt(16), bucketAt(8).next(), "its last slot is full");
        removeAt(15);
        assertNull(bucketAt(8).next());
        assertNotNull(bucketAt(8).overflow(), "a bucket stays");
        removeAt(7);
        assertNotNull(main.next());
        for (int position = 8; position < 15; position++) {
            removeAt(position);
        }
        assertNull(main.next());
        assertFalse(main.add(TOP, "new", 1));
        assertTrue(find("new") == 7);
    }

    /** Compares with a map, and checks the invariant of the tophashes after each step. */
    @Test
    void removalsLeaveTheInvariantOfTheTophashes() {
        for (long seed = 0; seed < 200; seed++) {
            main.clear();
            SplittableRandom random = new SplittableRandom(seed);
            int entries = 1 + random.nextInt(26);
            add(0, entries);
            Map<Integer, Integer> positions = new HashMap<>();
            for (int key = 0; key < entries; key++) {
                positions.put(key, key);
            }
            while (!positions.isEmpty()) {
                Integer key = (Integer) positions.keySet().toArray()[random.nextInt(positions.size())];
                assertEquals("value " + key, removeAt(positions.remove(key)));
                checkTophashes();
                for (int each = 0; each < entries; each++) {
                    assertEquals(positions.getOrDefault(each, -1), find(each));
                }
            }
        }
    }

    private void checkTophashes() {
        StringBuilder states = new StringBuilder();
        for (GoBucket bucket = main; bucket != null; bucket = bucket.overflow()) {
            for (int slot = 0; slot < GoBucket.SLOTS; slot++) {
                boolean full = bucket.top(slot) >= TopHash.FULL;
                states.append(full ? 'f' : bucket.top(slot) == TopHash.EMPTY_ONE ? '1' : 'r');
                assertEquals(full, bucket.key(slot) != null);
                assertEquals(full, bucket.value(slot) != null);
            }
        }
        boolean fullFollows = false;
        for (int i = states.length() - 1; i >= 0; i--) {
            fullFollows |= states.charAt(i) == 'f';
            assertNotEquals(fullFollows ? 'r' : '1', states.charAt(i), states.toString());
        }
    }

    @Test
    void aClearedChainIsEmpty() {
        add(0, 20);
        main.clear();
        assertNull(main.overflow());
        assertEquals(-1, find(0));
        checkTophashes();
        add(0, 20);
        assertEquals(19, find(19));
    }
}
