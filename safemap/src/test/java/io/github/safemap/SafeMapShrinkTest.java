package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shards fit the surviving entries, in whatever way the others left. The scenarios of resizing are xsync's
 * ({@code map_test.go}), with new code.
 */
class SafeMapShrinkTest {
    private static final int ENTRIES = 12_000;
    private static final int SHARDS = 4;

    /** One entry in this many stays. */
    private static final int STAYS = 1_000;

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

    /** The fewest possible slots: one bucket for each shard with an entry. */
    private static void assertSmall(SafeMap<Integer, Integer> map) {
        SafeMapStats stats = map.stats();
        assertEquals(SHARDS, stats.shards());
        assertTrue(stats.directoryLength() <= 2 * SHARDS, stats::toString);
        assertTrue(stats.slots() <= SHARDS * 16, stats::toString);
        assertEquals(0, stats.deadSlots());
    }

    @ParameterizedTest
    @EnumSource
    void trimLeavesSmallShardsAfterEveryWayOfRemoval(MassRemoval way) {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder(), ENTRIES);
        removeMost(way, map);
        map.trim();
        assertSmall(map);
        checkSurvivors(map, ENTRIES);
    }

    /** This needs no further write and no other thread. */
    @ParameterizedTest
    @EnumSource
    void theRemovalsThemselvesShrinkTheShards(MassRemoval way) {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder(), ENTRIES);
        long full = Tables.slots(map);
        removeMost(way, map);
        SafeMapStats stats = map.stats();
        assertTrue(stats.slots() <= full / 40, () -> stats + " of " + full);
        assertTrue(stats.shards() <= 4 * SHARDS, stats::toString);
        checkSurvivors(map, ENTRIES);
    }

    @Test
    void parallelDeletionOfEverythingStopsAtTheMinimum() throws Exception {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder(), 1_000);
        Race.run(2, thread -> IntStream.range(0, 1_000).forEach(map::remove));
        map.trim();
        assertEquals(SHARDS, map.stats().shards());
        assertEquals(0, Tables.slots(map));
        assertTrue(map.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 4_000})
    void anExpectedSizeIsTheFloor(int expected) throws Exception {
        SafeMap<Integer, Integer> map =
                maps.create(SafeMap.builder().shards(SHARDS).expectedSize(expected));
        assertEquals(0, Tables.slots(map), "a table was made before the first entry");
        int shards = map.stats().shards();
        int entries = 8 * expected + 100; // enough for every shard to have a table
        long floor = 0;
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, entries).forEach(key -> map.put(key, key));
            long full = Tables.slots(map);
            Race.run(2, thread -> IntStream.range(0, entries).forEach(map::remove));
            map.trim();
            floor = round == 0 ? Tables.slots(map) : floor;
            assertTrue(floor >= expected && floor < full, () -> Tables.slots(map) + " slots of " + full);
            assertEquals(floor, Tables.slots(map));
            assertEquals(shards, map.stats().shards());
            map.clear();
            assertEquals(0, Tables.slots(map));
        }
    }

    @Test
    void growOnlyShrinksOnClearOrTrimOnly() {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().growOnly().shrinkThreshold(0), ENTRIES);
        SafeMapStats grown = map.stats();
        removeMost(MassRemoval.REMOVE, map);
        assertEquals(grown.slots(), Tables.slots(map));
        assertEquals(grown.shards(), map.stats().shards());
        map.trim();
        assertSmall(map);
        map.clear();
        assertEquals(0, Tables.slots(map));
    }

    /** The tables of a map of constant size keep their size: dead slots are cleaned away. */
    @Test
    void aMapWhoseEntriesComeAndGoDoesNotGrow() {
        for (boolean growOnly : new boolean[] {false, true}) {
            SafeMap<Integer, Integer> map = filled(growOnly ? SafeMap.builder().growOnly() : SafeMap.builder(), 3_000);
            for (int key = 3_000; key < 60_000; key++) {
                map.put(key, key);
                assertEquals(key - 3_000, map.remove(key - 3_000));
            }
            assertEquals(3_000, map.size());
            assertTrue(Tables.slots(map) <= 6 * 3_000, () -> map.stats().toString());
        }
    }

    @Test
    void theShardsFollowTheSizeThroughGrowthDeletionAndClear() {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder(), 0);
        assertEquals(0, Tables.slots(map));
        IntStream.range(0, ENTRIES).forEach(key -> map.put(key, key));
        long grown = Tables.slots(map);
        assertTrue(grown * 7 / 8 >= ENTRIES, "too few slots");
        assertTrue(grown <= 4 * ENTRIES, "too many slots");
        IntStream.range(0, ENTRIES).filter(key -> key % 8 != 0).forEach(map::remove);
        map.trim();
        long shrunk = Tables.slots(map);
        assertTrue(shrunk <= grown / 3, () -> shrunk + " of " + grown);
        assertTrue(shrunk <= 2.6 * map.size(), () -> shrunk + " for " + map.size());
        map.clear();
        assertEquals(0, Tables.slots(map));
        assertEquals(SHARDS, map.stats().shards());
        assertTrue(map.isEmpty());
    }

    @Test
    void deletionsUpToTheThresholdLeadToNoRebuild() {
        SafeMap<Integer, Integer> map = filled(SafeMap.builder().shrinkThreshold(Integer.MAX_VALUE), ENTRIES);
        long before = Tables.slots(map);
        removeMost(MassRemoval.REMOVE, map);
        assertEquals(before, Tables.slots(map));
        assertEquals(0, map.stats().shrinks() + map.stats().merges());
    }
}
