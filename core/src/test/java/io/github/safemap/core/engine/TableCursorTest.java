package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Reachability;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An iteration whose table is exchanged under it, bucket by bucket, by a test that chooses which. */
class TableCursorTest {
    private static final int GAMES = 1_500;

    private static final int ENTRIES = 32;

    private final ShardsFixture shard = atRest(3, ENTRIES);

    /** Returns a shard in one table of so many bits, which no write of its own makes shrink. */
    private static ShardsFixture atRest(int bits, int entries) {
        while (true) { // a seed may crowd the keys, so that a growth begins
            ShardsFixture shard = new ShardsFixture(bits, true, 0);
            shard.putAll(0, entries);
            if (shard.rebuilds() == 1) {
                return shard;
            }
        }
    }

    private Table root() {
        return shard.shards().getTableAcquire(0);
    }

    @ParameterizedTest
    @CsvSource({"3, 0", "3, 1", "3, 2", "3, 3", "3, 4", "5, 0", "5, 4", "0, 1", "6, 6", "6, 7", "6, 2"})
    void aTableExchangedAtAnyStepMissesAndRepeatsNothing(int before, int after) {
        int entries = 4 << before; // well below where growth begins
        for (int step = 0; step <= entries; step++) {
            for (int random = 0; random < 8; random++) {
                ShardsFixture fresh = atRest(before, entries);
                Table old = fresh.shards().getTableAcquire(0);
                TableCursor cursor = new TableCursor(old, random * 0x1010101);
                Set<Object> seen = new HashSet<>();
                for (int i = 0; i < step; i++) {
                    assertTrue(cursor.advance(old));
                    assertTrue(seen.add(cursor.key()));
                }
                assertTrue(Growth.start(old, after));
                fresh.settle();
                drain(cursor, fresh, seen);
                assertEquals(entries, seen.size());
            }
        }
    }

    private static void drain(TableCursor cursor, ShardsFixture shard, Set<Object> seen) {
        while (cursor.advance(shard.shards().getTableAcquire(0))) {
            assertTrue(seen.add(cursor.key()), () -> cursor.key() + " returned twice");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyGrowthAndShrinkingBetweenStepsMissesAndRepeatsNothing(HashKind kind) {
        for (int game = 0; game < GAMES; game++) {
            new Game(kind, game, false, false).play();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyChangesBetweenStepsMissAndRepeatNothingThatWasThereThroughout(HashKind kind) {
        for (int game = 0; game < GAMES; game++) {
            new Game(kind, game, true, false).play();
        }
    }

    @ParameterizedTest
    @EnumSource
    void cursorsSplitAtAnyMomentMissAndRepeatNothingBetweenThem(HashKind kind) {
        int splits = 0;
        for (int game = 0; game < GAMES / 2; game++) {
            splits += new Game(kind, game, game % 2 == 0, true).play();
        }
        assertTrue(splits > GAMES / 2, "only " + splits + " splits");
    }

    /** One iteration over a shard whose tables are moved about, and perhaps changed, meanwhile. */
    private static final class Game {
        private final HashKind kind;
        private final String name;
        private final SplittableRandom random;
        private final boolean changing;
        private final boolean splitting;
        private final ShardsFixture shard;
        private final Map<Object, Object> now = new HashMap<>();
        private final Set<Object> throughout = new HashSet<>();

        Game(HashKind kind, long seed, boolean changing, boolean splitting) {
            this.kind = kind;
            this.name = "game " + seed + " of " + kind;
            this.random = new SplittableRandom(seed);
            this.changing = changing;
            this.splitting = splitting;
            this.shard = new ShardsFixture(random.nextInt(7), true, 0);
        }

        /** Returns how often a cursor was split. */
        int play() {
            int entries = random.nextInt(1 << 1 + random.nextInt(8));
            for (int id = 0; id < entries; id++) {
                put(id);
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                moveBuckets();
            }
            throughout.addAll(now.keySet());
            List<TableCursor> cursors = new ArrayList<>();
            cursors.add(new TableCursor(root(), random.nextInt()));
            int splits = 0;
            Set<Object> seen = new HashSet<>();
            while (!cursors.isEmpty()) {
                TableCursor cursor = cursors.get(random.nextInt(cursors.size()));
                while (splitting && random.nextInt(3) == 0) {
                    TableCursor other = cursor.split(root());
                    if (other != null) {
                        cursors.add(other);
                        splits++;
                    }
                }
                if (!cursor.advance(root())) {
                    assertFalse(cursor.advance(root()), "went on after the end");
                    cursors.remove(cursor);
                    continue;
                }
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
            throughout.removeAll(seen);
            assertEquals(Set.of(), throughout, () -> name + ": missed");
            ShardsInvariants.check(shard.shards());
            return splits;
        }

        private Table root() {
            return shard.shards().getTableAcquire(0);
        }

        private void put(int id) {
            Object key = kind.key(id);
            now.put(key, random.nextInt());
            shard.put(key, now.get(key));
        }

        private void change(int entries) {
            int id = random.nextInt(2 * entries + 1);
            if (random.nextBoolean()) {
                put(id);
            } else {
                now.remove(kind.key(id));
                throughout.remove(kind.key(id));
                shard.remove(kind.key(id));
            }
        }

        /** Begins a table one larger, as large or smaller; moves some buckets; or all that are left. */
        private void moveBuckets() {
            Table table = root();
            if (table.getNextAcquire() == null) {
                int bits = random.nextInt(2) == 0 ? table.bits() + 1 : random.nextInt(table.bits() + 1);
                if (bits <= 9) {
                    Growth.start(table, bits);
                }
                return;
            }
            if (random.nextInt(4) == 0) {
                shard.settle();
                return;
            }
            for (int i = 1 + random.nextInt(table.length()); i > 0; i--) {
                int index = random.nextInt(table.length());
                shard.shards().evacuate(0, table, index, index + 1);
            }
        }
    }

    /** Two old buckets in one new one: what one of them had returned must not come again. */
    @Test
    void aBucketOfAShrunkTableReturnsOnlyWhatWasNotReturnedFromTheLargerOne() {
        Table old = root();
        TableCursor cursor = new TableCursor(old, 0);
        Set<Object> seen = new HashSet<>();
        int first = Chain.count(old.getBucketAcquire(0));
        for (int i = 0; i < first; i++) {
            assertTrue(cursor.advance(old));
            seen.add(cursor.key());
        }
        assertTrue(Growth.start(old, 0));
        shard.settle();
        drain(cursor, shard, seen);
        assertEquals(ENTRIES, seen.size());
    }

    @Test
    void aHashCodeThatThrowsLeavesTheCursorBeforeTheBucket() {
        ShardsFixture moody = new ShardsFixture(3, true, 0);
        boolean[] throwing = {false};
        for (int id = 0; id < ENTRIES / 2; id++) {
            moody.put(new Moody(id, throwing), id);
        }
        Table old = moody.shards().getTableAcquire(0);
        TableCursor cursor = new TableCursor(old, 0);
        Set<Object> seen = new HashSet<>();
        Bucket main = old.getBucketAcquire(0);
        for (int i = main == null ? 0 : Chain.count(main); i > 0; i--) {
            assertTrue(cursor.advance(old));
            seen.add(cursor.key());
        }
        assertTrue(Growth.start(old, 0));
        moody.settle();
        throwing[0] = true; // which keys of the one bucket are the second step's is told by their hashes
        assertThrows(
                IllegalStateException.class, () -> cursor.advance(moody.shards().getTableAcquire(0)));
        throwing[0] = false;
        drain(cursor, moody, seen);
        assertEquals(ENTRIES / 2, seen.size());
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
    void aKeyRemovedAndInsertedAgainInASmallerTableIsNotReturnedTwice() {
        TableCursor cursor = new TableCursor(root(), 0);
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            assertTrue(cursor.advance(root()));
            Object key = cursor.key();
            seen.add(key);
            shard.remove(key);
            assertTrue(root().getNextAcquire() != null || Growth.start(root(), i & 1));
            shard.put(key, "again");
            shard.settle();
        }
        drain(cursor, shard, seen);
        assertEquals(ENTRIES, seen.size());
    }

    @Test
    void aCursorBegunBeforeTheFirstEntryFindsThoseThatCome() {
        ShardsFixture empty = new ShardsFixture(4, true, 0);
        TableCursor cursor = new TableCursor(empty.shards().getTableAcquire(0), 0);
        empty.putAll(0, 100);
        Set<Object> seen = new HashSet<>();
        drain(cursor, empty, seen);
        assertEquals(100, seen.size());
    }

    @Test
    void aCursorIsSplitDownToSingleBucketsOfEqualShares() {
        ShardsFixture large = atRest(8, 800);
        Table root = large.shards().getTableAcquire(0);
        List<TableCursor> cursors = new ArrayList<>(List.of(new TableCursor(root, 12345)));
        for (int i = 0; i < cursors.size(); ) {
            TableCursor other = cursors.get(i).split(root);
            if (other == null) {
                i++;
            } else {
                cursors.add(other);
            }
        }
        assertEquals(root.length(), cursors.size());
        Set<Object> seen = new HashSet<>();
        for (TableCursor cursor : cursors) {
            int before = seen.size();
            drain(cursor, large, seen);
            assertTrue(seen.size() - before <= 32, "not a single bucket");
        }
        assertEquals(800, seen.size());
    }

    @Test
    void aCursorWhoseTableHasGrownIsSplitByTheBucketsOfTheLargerOne() {
        ShardsFixture grown = atRest(0, 4);
        TableCursor cursor = new TableCursor(grown.shards().getTableAcquire(0), 0);
        grown.putAll(4, 500);
        Table root = grown.shards().getTableAcquire(0);
        TableCursor other = cursor.split(root);
        assertNotNull(other);
        Set<Object> seen = new HashSet<>();
        drain(other, grown, seen);
        assertTrue(seen.size() > 125 && seen.size() < 375, () -> seen.size() + " in one half");
        drain(cursor, grown, seen);
        assertEquals(500, seen.size());
    }

    @Test
    void aCursorDropsItsKeysAtTheEnd() {
        TableCursor cursor = new TableCursor(root(), 0);
        drain(cursor, shard, new HashSet<>());
        assertEquals(null, cursor.key());
        assertEquals(null, cursor.value());
    }

    @Test
    void anyBucketCanBeTheFirst() {
        Table table = new Table(3, 1);
        for (int index = 0; index < table.length(); index++) {
            int key = hashCodeOf(table, index);
            ExclusiveOps.insert(table, table.hash(key), key, index);
        }
        for (int index = 0; index < table.length(); index++) {
            TableCursor cursor = new TableCursor(table, index);
            assertTrue(cursor.advance(table));
            assertEquals(index, cursor.value());
        }
    }

    private static int hashCodeOf(Table table, int index) {
        int hashCode = 0;
        while (table.indexOf(table.hash(hashCode)) != index) {
            hashCode++;
        }
        return hashCode;
    }

    @Test
    void aCursorThatHasEndedHoldsNoKey() throws InterruptedException {
        Table table = new Table(0, 1);
        Reachability key = new Reachability();
        TableCursor cursor = endedAfterOne(table, key);
        assertEquals(0, key.reachableAfter(5));
        assertFalse(cursor.advance(table));
    }

    /** Returns a cursor that has returned a key, which then left the table. */
    private static TableCursor endedAfterOne(Table table, Reachability watch) {
        Object key = new Object();
        watch.watch(key);
        long hash = table.hash(key.hashCode());
        ExclusiveOps.insert(table, hash, key, 1);
        TableCursor cursor = new TableCursor(table, 0);
        assertTrue(cursor.advance(table));
        assertFalse(cursor.advance(table));
        ExclusiveOps.replaceOrRemove(table, hash, key, null);
        return cursor;
    }
}
