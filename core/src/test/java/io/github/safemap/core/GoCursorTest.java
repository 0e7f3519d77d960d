package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Reachability;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An iteration whose table grows under it, bucket by bucket, when the test wants it to. */
class GoCursorTest {
    private static final int GAMES = 1_500;

    /** Returns a table at rest, of {@code 1 << bits} buckets. */
    private static GoTable atRest(int bits, int entries) {
        while (true) { // a seed may crowd the keys, so that a growth begins
            GoTable table = new GoTable(bits);
            for (int key = 0; key < entries; key++) {
                table.put(key, key, key);
            }
            if (!table.isGrowing() && table.buckets().length == 1 << bits) {
                return table;
            }
        }
    }

    private static void settle(GoTable table) {
        while (table.isGrowing()) {
            moveAll(table);
        }
    }

    private static void moveAll(GoTable table) {
        for (int index = 0; index < table.old().length; index++) {
            table.tryEvacuate(index);
        }
    }

    private static void drain(GoCursor cursor, Set<Object> seen) {
        while (cursor.advance()) {
            assertTrue(seen.add(cursor.key()), () -> cursor.key() + " returned twice");
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "3, 4", "3, 6", "0, 0", "0, 3", "6, 6", "6, 7"})
    void aTableThatGrowsAtAnyStepMissesAndRepeatsNothing(int before, int after) {
        int entries = 4 << before; // well below the load at which growth begins
        for (int step = 0; step <= entries; step++) {
            for (int random = 0; random < 8; random++) {
                GoTable table = atRest(before, entries);
                GoCursor cursor = new GoCursor(table, random * 0x1010101);
                Set<Object> seen = new HashSet<>();
                for (int i = 0; i < step; i++) {
                    assertTrue(cursor.advance());
                    assertTrue(seen.add(cursor.key()));
                }
                do {
                    assertTrue(table.tryGrow(Math.min(1 << after, 2 * table.buckets().length)));
                    settle(table);
                } while (table.buckets().length < 1 << after);
                drain(cursor, seen);
                assertEquals(entries, seen.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyGrowthBetweenStepsMissesAndRepeatsNothing(HashKind kind) {
        for (int game = 0; game < GAMES; game++) {
            new Game(kind, game, false).play();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyChangesBetweenStepsMissAndRepeatNothingThatWasThereThroughout(HashKind kind) {
        for (int game = 0; game < GAMES; game++) {
            new Game(kind, game, true).play();
        }
    }

    /** One iteration over a table that grows meanwhile, and perhaps changes. */
    private static final class Game {
        private final HashKind kind;
        private final String name;
        private final SplittableRandom random;
        private final boolean changing;
        private final GoTable table;
        private final Map<Object, Object> now = new HashMap<>();
        private final Set<Object> throughout = new HashSet<>();

        Game(HashKind kind, long seed, boolean changing) {
            this.kind = kind;
            this.name = "game " + seed + " of " + kind;
            this.random = new SplittableRandom(seed);
            this.changing = changing;
            this.table = new GoTable(random.nextInt(7));
        }

        void play() {
            int entries = random.nextInt(1 << 1 + random.nextInt(8));
            for (int id = 0; id < entries; id++) {
                put(id);
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                moveBuckets();
            }
            throughout.addAll(now.keySet());
            GoCursor cursor = new GoCursor(table, random.nextInt());
            Set<Object> seen = new HashSet<>();
            while (cursor.advance()) {
                Object key = cursor.key();
                assertTrue(seen.add(key), () -> name + ": " + key + " returned twice");
                assertNotNull(now.get(key), () -> name + ": " + key + " is not there");
                assertEquals(now.get(key), cursor.value(), name);
                while (random.nextInt(3) == 0) {
                    moveBuckets();
                }
                while (changing && random.nextInt(3) == 0) {
                    change(entries);
                }
            }
            assertFalse(cursor.advance(), "went on after the end");
            throughout.removeAll(seen);
            assertEquals(Set.of(), throughout, () -> name + ": missed");
            GoMapInvariants.check(table);
        }

        private void put(int id) {
            Object key = kind.key(id);
            now.put(key, random.nextInt());
            table.put(key, key.hashCode(), now.get(key));
        }

        private void change(int entries) {
            int id = random.nextInt(2 * entries + 1);
            if (random.nextBoolean()) {
                put(id);
            } else {
                Object key = kind.key(id);
                now.remove(key);
                throughout.remove(key);
                table.remove(key, key.hashCode());
            }
        }

        /** Begins a growth, or moves some buckets, or all remaining ones. */
        private void moveBuckets() {
            if (!table.isGrowing()) {
                int length = table.buckets().length << random.nextInt(2);
                if (length <= 512) {
                    table.tryGrow(length);
                }
            } else if (random.nextInt(4) == 0) {
                moveAll(table);
            } else {
                for (int i = 1 + random.nextInt(table.old().length); i > 0 && table.isGrowing(); i--) {
                    table.tryEvacuate(random.nextInt(table.old().length));
                }
            }
        }
    }

    @Test
    void aHashCodeThatThrowsLeavesTheCursorWhereItIs() {
        boolean[] throwing = {false};
        GoTable table = new GoTable(0); // all keys in one bucket
        for (int id = 0; id < 8; id++) {
            table.put(new Moody(id, throwing), id, id);
        }
        GoCursor cursor = new GoCursor(table, 0);
        Set<Object> seen = new HashSet<>();
        for (int step = 0; step < 8; step++) {
            assertTrue(cursor.advance());
            assertTrue(seen.add(cursor.key()));
            table.put(cursor.key(), cursor.key().hashCode(), -step); // so that the cursor looks up the others
            if (step < 7) {
                throwing[0] = true;
                assertThrows(IllegalStateException.class, cursor::advance);
                assertThrows(IllegalStateException.class, cursor::advance);
                throwing[0] = false;
            }
        }
        assertFalse(cursor.advance());
    }

    /** A key whose {@code hashCode} throws while the switch is on. */
    private record Moody(int id, boolean[] throwing) {
        @Override
        public int hashCode() {
            if (throwing[0]) {
                throw new IllegalStateException("moody");
            }
            return id;
        }
    }

    @Test
    void aKeyRemovedAndInsertedAgainIsNotReturnedTwice() {
        GoTable table = atRest(3, 32);
        GoCursor cursor = new GoCursor(table, 0);
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertTrue(cursor.advance());
            Integer key = (Integer) cursor.key();
            assertTrue(seen.add(key));
            table.remove(key, key);
            assertTrue(table.isGrowing() || table.tryGrow(table.buckets().length << (i & 1)));
            table.put(key, key, "again");
        }
        drain(cursor, seen);
        assertEquals(32, seen.size());
    }

    @Test
    void aCursorBegunBeforeTheFirstEntryFindsThoseThatCome() {
        GoTable table = new GoTable(4);
        GoCursor cursor = new GoCursor(table, 0);
        for (int key = 0; key < 1_000; key++) {
            table.put(key, key, key);
        }
        Set<Object> seen = new HashSet<>();
        drain(cursor, seen);
        assertEquals(1_000, seen.size());
    }

    @Test
    void aCursorDropsItsKeysAtTheEnd() {
        GoCursor cursor = new GoCursor(atRest(3, 32), 0);
        drain(cursor, new HashSet<>());
        assertNull(cursor.key());
        assertNull(cursor.value());
    }

    @Test
    void aTableThatBecomesEmptyEndsTheIteration() {
        GoTable table = atRest(3, 32);
        GoCursor cursor = new GoCursor(table, 0);
        assertTrue(cursor.advance());
        table.clear();
        table.put(1, 1, 1);
        assertFalse(cursor.advance());
        assertNull(cursor.key());
    }

    @Test
    void anyBucketAndAnySlotCanBeTheFirst() {
        GoTable table = new GoTable(3);
        for (int index = 0; index < 8; index++) {
            int key = 0;
            for (int entries = 0; entries < 3; key++) {
                if (GoTable.indexOf(table.hash(key), table.buckets()) == index) {
                    table.put(key, key, 10 * index + entries++);
                }
            }
        }
        for (int index = 0; index < 8; index++) {
            for (int slot = 0; slot < 3; slot++) {
                GoCursor cursor = new GoCursor(table, slot << 8 | index);
                assertTrue(cursor.advance());
                assertEquals(10 * index + slot, cursor.value());
            }
        }
    }

    @Test
    void aCursorThatHasEndedHoldsNoKey() throws InterruptedException {
        GoTable table = new GoTable(0);
        Reachability key = new Reachability();
        GoCursor cursor = endedAfterOne(table, key);
        assertEquals(0, key.reachableAfter(5));
        assertFalse(cursor.advance());
    }

    /** Returns a cursor that has returned a key, which then left the table. */
    private static GoCursor endedAfterOne(GoTable table, Reachability watch) {
        Object key = new Object();
        watch.watch(key);
        table.put(key, key.hashCode(), 1);
        GoCursor cursor = new GoCursor(table, 0);
        assertTrue(cursor.advance());
        assertFalse(cursor.advance());
        table.remove(key, key.hashCode());
        return cursor;
    }
}
