package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.testing.SampleElements;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.KeyMapGenerator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The maps of {@link SafeMapConformanceTest} are in the states that they are named after. */
class MapStateTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

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

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void theNextInsertionIntoAMapThatIsUsedUpRebuildsItsShard(HashKind kind) {
        for (int entries = 0; entries <= 5; entries++) {
            SafeMap<Key, String> map = create(MapState.USED_UP, kind, entries);
            assertTrue(MapState.isUsedUp(map));
            long before = rebuilds(map);
            map.replaceAll((key, value) -> value + "!");
            assertEquals(before, rebuilds(map), "a replacement needs a slot");
            map.put(kind.key(99), "one more");
            assertEquals(before + 1, rebuilds(map));
            assertFalse(MapState.isUsedUp(map));
        }
    }

    private static long rebuilds(SafeMap<?, ?> map) {
        SafeMapStats stats = map.stats();
        return stats.growths() + stats.cleanings() + stats.shrinks() + stats.splits() + stats.merges();
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aGrownMapHasItsShardsStillAndAFreshOneHasOneBucket(HashKind kind) {
        SafeMapStats grown = create(MapState.GROWN, kind, 5).stats();
        assertTrue(grown.slots() >= 600 && grown.shards() >= 4, grown::toString);
        assertTrue(grown.splits() > 0 && grown.merges() == 0, grown::toString);
        assertEquals(8, create(MapState.FRESH, kind, 5).stats().slots());
        assertEquals(0, create(MapState.FRESH, kind, 0).stats().slots());
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aMapAfterMassDeletesHasShrunkAndMerged(HashKind kind) {
        SafeMapStats stats = create(MapState.AFTER_MASS_DELETES, kind, 5).stats();
        assertTrue(stats.slots() <= 64, stats::toString);
        assertTrue(stats.merges() > 0, stats::toString);
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aMapOfManyShardsHasFewTables(HashKind kind) {
        SafeMapStats stats = create(MapState.MANY_SHARDS, kind, 5).stats();
        assertEquals(256, stats.shards());
        assertTrue(stats.slots() <= 40, stats::toString);
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aRoomyMapHasRoom(HashKind kind) {
        SafeMapStats stats = create(MapState.ROOMY, kind, 5).stats();
        assertTrue(stats.shards() >= 16, stats::toString);
        assertTrue(stats.slots() >= 128, stats::toString);
    }
}
