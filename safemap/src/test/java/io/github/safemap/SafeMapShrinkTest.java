package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.Growth;
import io.github.safemap.core.testing.Race;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables fit what survives, by whichever way the others left. The scenarios of resizing are xsync's
 * ({@code map_test.go}), written anew.
 */
class SafeMapShrinkTest {
    private static final int ENTRIES = 12_000;
    private static final int SHARDS = 4;

    /** Every so many entries one stays. */
    private static final int STAYS = 1_000;

    /**
     * A shard of a few survivors: 32 deletions a rebuild leave it in a table for as many entries, at
     * most a quarter full.
     */
    private static final int FEW_BUCKETS_A_SHARD = 32;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Integer, Integer> filled(SafeMapBuilder builder, int entries) {
        SafeMap<Integer, Integer> map = maps.create(builder.shards(SHARDS));
        for (int key = 0; key < entries; key++) {
            map.put(key, key);
        }
        return map;
    }

    private static void removeMost(MassRemoval way, SafeMap<Integer, Integer> map) {
        int before = map.size();
        way.removeAll(map, key -> key % STAYS != 0);
        assertEquals((before + STAYS - 1) / STAYS, map.size());
    }

    private static void checkSurvivors(SafeMap<Integer, Integer> map, int entries) {
        for (int key = 0; key < entries; key++) {
            assertEquals(key % STAYS == 0 ? key : null, map.get(key));
        }
    }

    @ParameterizedTest
    @EnumSource
    void trimLeavesSmallTablesAfterEveryWayOfRemoval(MassRemoval way) {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().noExecutor(), ENTRIES);
        removeMost(way, map);
        map.trim();
        map.trim(); // the first may only have ended a rebuild
        assertTrue(Tables.buckets(map) <= SHARDS * 4, () -> Tables.buckets(map) + " buckets");
        checkSurvivors(map, ENTRIES);
    }

    @ParameterizedTest
    @EnumSource
    void theRemovalsThemselvesShrinkTheTablesWithoutExecutor(MassRemoval way) {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().noExecutor(), ENTRIES);
        removeMost(way, map);
        writeALittle(map);
        assertTrue(Tables.buckets(map) <= SHARDS * FEW_BUCKETS_A_SHARD, () -> Tables.buckets(map) + " buckets");
        checkSurvivors(map, ENTRIES);
    }

    /** A thousandth of what was removed, for each shard. */
    private static void writeALittle(SafeMap<Integer, Integer> map) {
        for (int key = -1; key > -SHARDS * ENTRIES / 1_000; key--) {
            map.put(key, key);
            map.remove(key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theExecutorShrinksTheTablesWithoutAnyFurtherWrite(MassRemoval way) {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder(), ENTRIES);
        removeMost(way, map);
        Tables.await("small tables", () -> Tables.buckets(map) <= SHARDS * FEW_BUCKETS_A_SHARD);
        checkSurvivors(map, ENTRIES);
    }

    @ParameterizedTest
    @EnumSource
    void theExecutorEndsEveryRebuildThatHasBegun(MassRemoval way) {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder(), ENTRIES);
        removeMost(way, map);
        Tables.await("tables at rest", () -> !Tables.moving(map));
        checkSurvivors(map, ENTRIES);
    }

    @Test
    void parallelDeletionOfEverythingStopsAtTheMinimum() throws Exception {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().noExecutor(), 1_000);
        Race.run(2, thread -> IntStream.range(0, 1_000).forEach(map::remove));
        map.trim();
        map.trim();
        assertEquals(SHARDS, Tables.buckets(map));
        assertTrue(map.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 4_000})
    void anExpectedSizeIsTheFloor(int expected) throws Exception {
        SafeMap<Integer, Integer> map = maps.create(
                SafeMap.builder().shards(SHARDS).expectedSize(expected).noExecutor());
        assertEquals(SHARDS, Tables.buckets(map), "a table was made before the first entry");
        long floor = (long) SHARDS << Growth.bitsFor(expected / SHARDS);
        int entries = 4 * expected + 100; // so many that every shard has a table
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, entries).forEach(key -> map.put(key, key));
            assertTrue(Tables.buckets(map) > floor);
            Race.run(2, thread -> IntStream.range(0, entries).forEach(map::remove));
            map.trim();
            map.trim();
            assertEquals(floor, Tables.buckets(map));
            map.clear();
        }
    }

    @Test
    void growOnlyShrinksOnClearOrTrimOnly() {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().growOnly().shrinkThreshold(0), ENTRIES);
        Tables.await("the growth has ended", () -> !Tables.moving(map));
        long grown = Tables.buckets(map);
        removeMost(MassRemoval.REMOVE, map);
        assertEquals(grown, Tables.buckets(map));
        map.trim();
        assertTrue(Tables.buckets(map) < grown / 16);
        map.clear();
        assertEquals(SHARDS, Tables.buckets(map));
    }

    @Test
    void theTablesFollowTheSizeThroughGrowthDeletionAndClear() {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().noExecutor(), 0);
        assertEquals(SHARDS, Tables.buckets(map));
        IntStream.range(0, ENTRIES).forEach(key -> map.put(key, key));
        long grown = Tables.buckets(map);
        assertTrue(grown * 13 / 2 >= ENTRIES, "too few buckets");
        assertTrue(grown <= ENTRIES, "too many buckets");
        IntStream.range(0, ENTRIES).filter(key -> key % 8 != 0).forEach(map::remove);
        map.trim();
        map.trim();
        long shrunk = Tables.buckets(map);
        assertTrue(shrunk <= grown / 4, () -> shrunk + " of " + grown);
        map.clear();
        assertEquals(SHARDS, Tables.buckets(map));
        assertTrue(map.isEmpty());
    }

    @Test
    void deletionsUpToTheThresholdLeadToNoRebuild() {
        SafeMap<Integer, Integer> map =
                filled(SafeMap.builder().noExecutor().shrinkThreshold(Integer.MAX_VALUE), ENTRIES);
        map.trim();
        long before = Tables.buckets(map);
        removeMost(MassRemoval.REMOVE, map);
        assertEquals(before, Tables.buckets(map));
    }
}
