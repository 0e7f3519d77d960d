package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When one shard's table is rebuilt, and when it is left alone. */
class ShardsResizeTest {
    private static final int DEFAULT_THRESHOLD = 32;

    /** From so many entries on the estimate is never so wrong that it matters. */
    private static final int SURELY_ESTIMATED = 200;

    private final List<ShardsFixture> made = new ArrayList<>();

    @AfterEach
    void checkInvariants() {
        made.forEach(shard -> ShardsInvariants.check(shard.shards()));
    }

    private ShardsFixture shard(int minBits, boolean growOnly, int threshold) {
        ShardsFixture shard = new ShardsFixture(minBits, growOnly, threshold);
        made.add(shard);
        return shard;
    }

    /** Sizes beside each limit of growth and of shrinking, where a map without a gap would flap. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                7, 8, 9, 10, 12, 13, 20, 25, 26, 27, 30, 50, 85, 104, 105, 200, 345, 416, 417, 700, 1_390, 1_664, 1_665,
                3_000, 5_550, 6_656, 6_657
            })
    void aSizeThatSwingsByAFifthIsNotRebuiltAgainAndAgain(int size) {
        ShardsFixture shard = shard(0, false, DEFAULT_THRESHOLD);
        int swing = Math.max(1, size / 5);
        int first = 0;
        int behind = size;
        shard.putAll(first, behind);
        shard.rebuilds();
        for (int i = 0; i < 200; i++) {
            shard.putAll(behind, behind + swing);
            behind += swing;
            shard.removeAll(first, first + swing);
            first += swing;
        }
        // Few entries are estimated badly; but no rebuild comes without its deletions, in batches.
        int allowed = 2 + (size < SURELY_ESTIMATED ? 2 * 8 * first / DEFAULT_THRESHOLD : 0);
        int rebuilds = shard.rebuilds();
        assertTrue(rebuilds <= allowed, () -> rebuilds + " rebuilds in 200 swings");
        assertEquals(size, shard.live());
    }

    /**
     * However the size moves: a shrunk table is half full at most, so it has taken half of what it
     * moves when it grows; and it has lost three quarters when it shrinks.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void rebuildsMoveNoMoreThanTwoEntriesAWrite(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ShardsFixture shard = shard(0, false, DEFAULT_THRESHOLD);
        int live = 0;
        long moved = 0;
        for (int i = 0; i < 400; i++) {
            int goal = random.nextInt(1 << 1 + random.nextInt(12));
            while (live != goal) {
                if (live < goal) {
                    shard.put(live, live);
                    live++;
                } else {
                    live--;
                    shard.remove(live);
                }
                moved += shard.rebuilds() == 0 ? 0 : live;
            }
        }
        long writes = shard.written();
        long entries = moved;
        assertTrue(entries <= 2 * writes, () -> entries + " moved for " + writes + " writes");
    }

    @Test
    void removingEverythingShrinksStepByStepToAlmostNothing() {
        ShardsFixture shard = shard(0, false, DEFAULT_THRESHOLD);
        shard.putAll(0, 100_000);
        assertEquals(14, shard.bits());
        shard.removeAll(0, 100_000);
        shard.settle();
        assertTrue(shard.bits() <= 4, () -> "left with 2^" + shard.bits() + " buckets");
        assertEquals(0, shard.live());
    }

    /** 900 is six times the error of the estimate in a table of 2^12 buckets. */
    @ParameterizedTest
    @CsvSource({"0, 13344", "32, 13344", "15000, 15000", "17000, 17000", "19000, 19000"})
    void aRebuildComesWhenItHelpsAndTheThresholdIsPassed(int threshold, int deletions) {
        ShardsFixture shard = shard(0, false, threshold);
        shard.putAll(0, 20_000);
        shard.settle();
        assertEquals(12, shard.bits());
        shard.rebuilds();
        int deleted = 0;
        while (shard.rebuilds() == 0 && deleted < 20_000) {
            shard.remove(deleted++);
        }
        int actual = deleted;
        assertTrue(Math.abs(actual - deletions) <= 900, () -> "rebuilt after " + actual);
    }

    @Test
    void replacingAndMissingAreNotDeletions() {
        ShardsFixture shard = shard(0, false, 0);
        shard.putAll(0, 1_000);
        shard.removeAll(100, 1_000);
        shard.settle();
        Table table = shard.newestTable();
        for (int i = 0; i < 100; i++) {
            shard.putAll(0, 100);
            shard.removeAll(1_000, 1_100);
        }
        assertSame(table, shard.newestTable());
    }

    /** kovan-map tried a rebuild on each deletion once its counter had passed the limit. */
    @Test
    void aRebuildThatCannotHelpIsNotTried() {
        ShardsFixture shard = shard(0, false, 0);
        shard.putAll(0, 3_000); // in a table that shrinks at 1,664 / 2
        shard.settle();
        Table table = shard.newestTable();
        for (int first = 0; first < 200_000; first += 500) {
            shard.removeAll(first, first + 500);
            shard.putAll(first + 3_000, first + 3_500);
        }
        assertSame(table, shard.newestTable(), "many deletions, but nothing to gain");
    }

    @Test
    void growOnlyShrinksWhenTrimmedAndNotBefore() {
        ShardsFixture shard = shard(0, true, 0);
        shard.putAll(0, 20_000);
        shard.settle();
        Table table = shard.newestTable();
        shard.removeAll(0, 19_990);
        assertSame(table, shard.newestTable());
        shard.shards().trim();
        assertTrue(shard.bits() <= 4);
        assertEquals(10, shard.live());
        assertEquals(19_995, shard.get(19_995));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "3, false", "3, true", "8, false", "8, true"})
    void noTableFallsBelowTheFloor(int floor, boolean growOnly) {
        ShardsFixture shard = shard(floor, growOnly, 0);
        shard.put("first", 1);
        assertEquals(floor, shard.bits());
        shard.putAll(0, 4 * (13 << floor));
        assertTrue(shard.bits() > floor);
        shard.removeAll(0, 4 * (13 << floor));
        shard.settle();
        assertTrue(shard.bits() >= floor, "below the floor");
        shard.shards().trim();
        assertEquals(floor, shard.bits());
        Table table = shard.newestTable();
        shard.shards().trim();
        shard.putAll(0, 7);
        shard.removeAll(0, 7);
        shard.remove("first");
        shard.shards().trim();
        assertSame(table, shard.newestTable(), "rebuilt though it is at the floor");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 8, 9, 13, 14, 100, 1_664, 1_665, 3_000})
    void trimLeavesTheSmallestTableForTheSurvivors(int survivors) {
        ShardsFixture shard = shard(0, false, Integer.MAX_VALUE);
        shard.putAll(0, 20_000);
        shard.removeAll(survivors, 20_000);
        shard.shards().trim();
        // Few entries are estimated badly, and may lie in a table too small or too large.
        int error = shard.bits() - Growth.bitsFor(survivors);
        int tolerated = survivors < SURELY_ESTIMATED ? 3 : 1;
        assertTrue(Math.abs(error) <= tolerated, () -> "2^" + shard.bits() + " buckets");
        shard.shards().trim();
        assertEquals(survivors, shard.live());
        for (int key = 0; key < survivors; key++) {
            assertEquals(key, shard.get(key));
        }
    }

    @Test
    void trimEndsAGrowthThatHasBegun() {
        ShardsFixture shard = shard(0, false, DEFAULT_THRESHOLD);
        Table old = growing(shard, 8);
        assertFalse(old.isEvacuated());
        shard.shards().trim();
        assertTrue(old.isEvacuated());
        assertNotSame(old, shard.shards().getTableAcquire(0));
    }

    @Test
    void trimOfShardsWithoutTablesMakesNone() {
        ShardsFixture shard = shard(5, false, 0);
        Table unborn = shard.newestTable();
        shard.shards().trim();
        assertSame(unborn, shard.newestTable());
        assertEquals(0, shard.bits());
        shard.remove(1);
        assertSame(unborn, shard.newestTable(), "removing made a table");
    }

    /** A second evacuation must not begin before the first ends, whatever comes meanwhile. */
    @Test
    void thereAreNeverMoreThanTwoTables() {
        SplittableRandom random = new SplittableRandom(3);
        ShardsFixture shard = shard(0, false, 0);
        int live = 0;
        for (int i = 0; i < 3_000; i++) {
            int goal = random.nextInt(1 << 1 + random.nextInt(9));
            for (; live < goal; live++) {
                shard.put(live, live);
                checkTables(shard);
            }
            for (; live > goal; live--) {
                shard.remove(live - 1);
                checkTables(shard);
            }
        }
    }

    private static void checkTables(ShardsFixture shard) {
        Table next = shard.shards().getTableAcquire(0).getNextAcquire();
        assertTrue(next == null || next.getNextAcquire() == null, "three tables");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 11})
    void aGrowthIsEndedByFurtherWrites(int bits) {
        ShardsFixture shard = shard(0, false, DEFAULT_THRESHOLD);
        Table old = growing(shard, bits);
        int written = 0;
        for (; shard.shards().getTableAcquire(0) == old && written < 100 << bits; written++) {
            shard.put(written, -1);
        }
        assertNotSame(old, shard.shards().getTableAcquire(0));
    }

    /** As Go's growWork, which moves a bucket in order whichever bucket the write is for. */
    @Test
    void aGrowthIsEndedByWritesToOneKeyOnly() {
        ShardsFixture shard = shard(0, false, DEFAULT_THRESHOLD);
        Table old = growing(shard, 8);
        for (int i = 0; i < 10_000; i++) {
            shard.put(0, i);
        }
        assertNotSame(old, shard.shards().getTableAcquire(0), "the growth has not ended");
    }

    /** Fills until a growth from so many bits has begun, and returns the old table. */
    private static Table growing(ShardsFixture shard, int bits) {
        int key = 0;
        while (shard.bits() <= bits) {
            shard.put(key, key);
            key++;
        }
        Table old = shard.shards().getTableAcquire(0);
        assertEquals(bits, old.bits());
        return old;
    }

    /** What moves is booked as it was when it got there, though others write to it at once. */
    @Test
    void theBooksAgreeWhenWritersMeetAMove() throws InterruptedException {
        int rounds = 1_000;
        AtomicReferenceArray<Shards> moving = new AtomicReferenceArray<>(rounds);
        AtomicInteger moved = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        List<AssertionError> failures = new ArrayList<>();
        Race.run(
                thread -> {
                    for (int round = 0; round < rounds; round++) {
                        ShardsFixture shard = new ShardsFixture(6, true, 0);
                        shard.putAll(0, 320);
                        Table table = shard.shards().getTableAcquire(0);
                        Growth.startNow(table, 3);
                        moving.set(round, shard.shards());
                        shard.settle();
                        moved.incrementAndGet();
                        while (written.get() <= round) {
                            Thread.onSpinWait();
                        }
                        try {
                            ShardsInvariants.check(shard.shards());
                        } catch (AssertionError e) {
                            failures.add(e); // the writer is not to wait for ever
                        }
                        moving.set(round, null);
                    }
                },
                thread -> {
                    for (int round = 0; round < rounds; round++) {
                        Shards shards = null;
                        while (shards == null) {
                            shards = moving.get(round);
                        }
                        for (int key = 1_000; moved.get() <= round; key++) {
                            shards.write(key, key, null, key, Shards.INSERT);
                        }
                        written.incrementAndGet();
                    }
                });
        assertEquals(List.of(), failures);
    }
}
