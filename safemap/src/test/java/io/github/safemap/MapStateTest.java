package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.testing.SampleElements;
import io.github.safemap.core.engine.Evacuations;
import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.KeyMapGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The maps that {@link SafeMapConformanceTest} gets are in the states that it names. */
class MapStateTest {
    /** More writes to one map than a test of Guava's suite makes. */
    private static final int WRITES = 80;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    static Stream<Arguments> statesThatMove() {
        return Stream.of(MapState.values())
                .filter(MapState::moves)
                .flatMap(state -> Stream.of(HashKind.values()).map(kind -> Arguments.of(state, kind)));
    }

    private SafeMap<Key, String> create(MapState state, HashKind kind, int entries) {
        KeyMapGenerator generator = state.generator(kind, maps);
        SampleElements<Map.Entry<Key, String>> samples = generator.samples();
        Object[] wanted = Stream.of(samples.e0(), samples.e1(), samples.e2(), samples.e3(), samples.e4())
                .limit(entries)
                .toArray();
        SafeMap<Key, String> map = (SafeMap<Key, String>) generator.create(wanted);
        assertEquals(entries, map.size());
        return map;
    }

    private static int left(SafeMap<?, ?> map) {
        Shards shards = map.getShardsAcquire();
        int left = 0;
        for (int shard = 0; shard < shards.length(); shard++) {
            left += Evacuations.bucketsLeft(shards, shard);
        }
        return left;
    }

    private static void assertEachShardMoves(SafeMap<?, ?> map) {
        Shards shards = map.getShardsAcquire();
        for (int shard = 0; shard < shards.length(); shard++) {
            assertTrue(Evacuations.bucketsLeft(shards, shard) > 0, "a shard has been evacuated");
        }
    }

    @ParameterizedTest
    @MethodSource("statesThatMove")
    void theEvacuationIsUnfinishedHoweverFewEntriesThereAre(MapState state, HashKind kind) {
        for (int entries = 0; entries <= 5; entries++) {
            assertEachShardMoves(create(state, kind, entries));
        }
    }

    /** All writes go to one shard, as those of keys with one hash code do. */
    @ParameterizedTest
    @MethodSource("statesThatMove")
    void theEvacuationOutlastsATest(MapState state, HashKind kind) {
        SafeMap<Key, String> map = create(state, kind, 5);
        int before = left(map);
        for (int write = 0; write < WRITES; write++) {
            map.put(HashKind.CONSTANT.key(write), "written");
        }
        assertEachShardMoves(map);
        assertTrue(left(map) < before, "writes do not help to move");
    }

    @ParameterizedTest
    @EnumSource(
            value = MapState.class,
            names = {"GROWTH_BEGUN", "SHRINKING_BEGUN"})
    void whereAnEvacuationHasBegunNothingHasMoved(MapState state) {
        SafeMap<Key, String> map = create(state, HashKind.GOOD, 5);
        assertEquals(MapState.SHARDS << MapState.BITS, left(map));
        map.keySet().forEach(key -> assertFalse(Evacuations.hasMoved(map.getShardsAcquire(), key)));
    }

    /** Which buckets two keys get is chance, so several maps are looked at. */
    @ParameterizedTest
    @EnumSource(
            value = MapState.class,
            names = {"GROWING", "SHRINKING", "SHRINKING_TO_ONE_BUCKET"})
    void inTheMiddleSomeEntriesHaveMovedAndSomeHaveNot(MapState state) {
        for (HashKind kind : new HashKind[] {HashKind.GOOD, HashKind.TRUNCATED}) {
            boolean both = false;
            for (int tries = 0; tries < 20 && !both; tries++) {
                SafeMap<Key, String> map = create(state, kind, 5);
                List<Boolean> moved = new ArrayList<>();
                map.keySet().forEach(key -> moved.add(Evacuations.hasMoved(map.getShardsAcquire(), key)));
                assertTrue(moved.contains(true), "nothing has moved");
                both = moved.contains(false);
            }
            assertTrue(both, "everything has moved");
        }
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void theNextTablesAreLargerOrSmaller(HashKind kind) {
        for (int shard = 0; shard < MapState.SHARDS; shard++) {
            assertEquals(MapState.BITS + 1, bits(MapState.GROWING, kind, shard));
            assertEquals(MapState.BITS + 1, bits(MapState.GROWTH_BEGUN, kind, shard));
            assertEquals(MapState.BITS - 2, bits(MapState.SHRINKING, kind, shard));
            assertEquals(MapState.BITS - 2, bits(MapState.SHRINKING_BEGUN, kind, shard));
            assertEquals(0, bits(MapState.SHRINKING_TO_ONE_BUCKET, kind, shard));
        }
    }

    private int bits(MapState state, HashKind kind, int shard) {
        return Evacuations.bits(create(state, kind, 5).getShardsAcquire(), shard);
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aGrownMapHasItsLargeTablesStillAndAFreshOneHasNone(HashKind kind) {
        SafeMap<Key, String> grown = create(MapState.GROWN, kind, 5);
        SafeMap<Key, String> fresh = create(MapState.FRESH, kind, 5);
        assertEquals(0, left(fresh));
        assertTrue(Tables.buckets(fresh) <= 16, "of one bucket each");
        assertTrue(Tables.buckets(grown) >= 4 * 16, "tables for 600 entries");
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aMapAfterMassDeletesHasShrunk(HashKind kind) {
        SafeMap<Key, String> map = create(MapState.AFTER_MASS_DELETES, kind, 5);
        assertTrue(Tables.buckets(map) < Tables.buckets(create(MapState.GROWN, kind, 5)));
    }
}
