package io.github.safemap.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.safemap.Inside;
import io.github.safemap.core.engine.RebuildCounts;
import io.github.safemap.core.engine.RebuildKind;
import io.github.safemap.core.engine.States;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The {@linkplain MapsInStates maps} are in the states that they are named after: one of the raced operations
 * makes the rebuild.
 */
class MapsInStatesTest {
    private static Arguments state(
            Supplier<MapOperations> map, Consumer<MapOperations> operation, RebuildKind kind, int places) {
        return Arguments.of(map.get().getClass().getSimpleName(), map, operation, kind, places);
    }

    static Stream<Arguments> states() {
        Consumer<MapOperations> insert = map -> map.put(2, 1);
        Consumer<MapOperations> replace = map -> map.put(0, 1);
        Consumer<MapOperations> remove = map -> map.remove(0);
        return Stream.of(
                state(MapsInStates.GrowthDue::new, insert, RebuildKind.GROWTH, 1),
                state(MapsInStates.CleaningDue::new, insert, RebuildKind.CLEANING, 1),
                state(MapsInStates.ShrinkingDue::new, remove, RebuildKind.SHRINKING, 1),
                state(MapsInStates.SplitDue::new, replace, RebuildKind.SPLIT, 2),
                state(MapsInStates.SplitAndGrowthDue::new, replace, RebuildKind.SPLIT, 4),
                state(MapsInStates.SplitAndGrowthDue::new, insert, RebuildKind.GROWTH, 2),
                state(MapsInStates.MergeDue::new, remove, RebuildKind.MERGE, 2),
                state(MapsInStates.HalvingDue::new, remove, RebuildKind.MERGE, 2),
                state(MapsInStates.HalvingAndGrowthDue::new, remove, RebuildKind.MERGE, 4),
                state(MapsInStates.HalvingAndGrowthDue::new, insert, RebuildKind.GROWTH, 8),
                state(MapsInStates.CollisionTreeDue::new, insert, RebuildKind.SHRINKING, 1),
                state(MapsInStates.LargerCollisionTreeDue::new, insert, RebuildKind.CLEANING, 1),
                state(MapsInStates.CollisionTreeSplitDue::new, map -> map.put(2, 1), RebuildKind.SPLIT, 2),
                state(MapsInStates.CollisionTreeMergeDue::new, map -> map.remove(1), RebuildKind.MERGE, 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    void oneOperationRebuildsTheShard(
            String name,
            Supplier<MapOperations> made,
            Consumer<MapOperations> operation,
            RebuildKind kind,
            int places) {
        MapOperations map = made.get();
        RebuildCounts rebuilds = Inside.of(map.safeMap()).rebuilds();
        long before = rebuilds.of(kind);
        operation.accept(map);
        assertEquals(before + 1, rebuilds.of(kind), name);
        assertEquals(places, States.places(Inside.of(map.safeMap())), name);
    }

    /** This replaces the shard too, but does not count as a rebuild, because there is nothing to copy. */
    @Test
    void theFirstInsertionGivesAnEmptyMapItsSlots() {
        MapOperations map = new MapsInStates.Empty();
        assertEquals(0, map.safeMap().stats().slots());
        map.put(2, 1);
        assertEquals(8, map.safeMap().stats().slots());
        assertEquals(1, States.places(Inside.of(map.safeMap())));
        assertEquals(0, map.safeMap().stats().growths());
    }
}
