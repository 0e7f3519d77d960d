package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.core.engine.BrokenCollisionTree;
import io.github.safemap.core.engine.BrokenDirectory;
import io.github.safemap.core.engine.BrokenRebuild;
import io.github.safemap.core.engine.BrokenSlots;
import java.util.HashMap;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The twins that Lincheck must reject. Each has the operations that its mistake needs, and few more. */
final class BrokenMaps {
    private BrokenMaps() {}

    /** Writes that look first and act later, around a correct map. */
    public static class LooksFirst extends MapOperations {
        public LooksFirst() {
            super(new LookThenWrite<>(), "0", "1", "2");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new HashMap<>(), "0", "1", "2");
            }
        }
    }

    /** The engine, but a dead slot is filled again. */
    public static class ReusesSlots extends MapsInStates.Colliding {
        @Override
        @Operation
        public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
            BrokenSlots.putReusing(Inside.of(safeMap()), key(key), value);
            return null; // only called for a key that is absent
        }
    }

    /** The engine, but the new shard is in the directory before it is filled. */
    public static class RebuildsTooEarly extends MapsInStates.GrowthDue {
        @Override
        @Operation
        public void trim() {
            BrokenRebuild.tooEarly(Inside.of(safeMap()), key(0), BrokenRebuild.Kind.GROWTH);
        }
    }

    /** The engine, but a rebuild does not claim the shard. */
    public static class RebuildsUnclaimed extends MapsInStates.GrowthDue {
        @Override
        @Operation
        public void trim() {
            BrokenRebuild.unclaimed(Inside.of(safeMap()), key(0), BrokenRebuild.Kind.GROWTH);
        }
    }

    /** The engine, but a split does not claim the shard. */
    public static class SplitsUnclaimed extends MapsInStates.GrowthDue {
        @Override
        @Operation
        public void trim() {
            BrokenRebuild.unclaimed(Inside.of(safeMap()), key(0), BrokenRebuild.Kind.SPLIT);
        }
    }

    /** The engine, but a split shard is not retired. */
    public static class SplitsUnretired extends MapsInStates.GrowthDue {
        @Override
        @Operation
        public void trim() {
            BrokenRebuild.unretired(Inside.of(safeMap()), key(0), BrokenRebuild.Kind.SPLIT);
        }
    }

    /** The engine, but a merge does not claim the buddy. */
    public static class MergesUnclaimedBuddy extends MapsInStates.MergeDue {
        @Override
        @Operation
        public void trim() {
            BrokenRebuild.unclaimedBuddy(Inside.of(safeMap()), key(0));
        }
    }

    /** The engine, but a rebuild copies a reservation's key instead of the reservation. */
    public static class LosesReservations extends MapsInStates.GrowthDue {
        @Override
        @Operation
        public void trim() {
            BrokenRebuild.withoutReservations(Inside.of(safeMap()), key(0));
        }
    }

    /** The engine, but a new shard goes into the directory, whatever is there by then. */
    public static class SwapsUnasked extends MapsInStates.GrowthDue {
        @Override
        @Operation
        public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
            BrokenDirectory.swapUnasked(Inside.of(safeMap()), key(key), value);
            return null; // only called for a key that is absent
        }
    }

    /** The engine, but a new shard goes into the directory without the lock. */
    public static class SwapsUnlocked extends MapsInStates.SplitAndGrowthDue {
        @Override
        @Operation
        public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
            BrokenDirectory.swapUnlocked(Inside.of(safeMap()), key(key), value);
            return null; // only called for a key that is absent
        }
    }

    /** The engine, but a removal from a collision tree copies a tree that may have been replaced since. */
    public static class RemovesUnasked extends MapsInStates.InCollisionTree {
        @Override
        @Operation
        public Integer remove(@Param(name = "key") int key) {
            return (Integer) BrokenCollisionTree.removeUnasked(Inside.of(safeMap()), key(key));
        }
    }

    /** The engine, but a key leaves a collision tree before it is in a slot of its own. */
    public static class TakesFirst extends MapsInStates.InCollisionTree {
        @Override
        @Operation
        public Integer computeIfPresent(@Param(name = "key") int key, @Param(name = "value") int value) {
            Integer[] result = new Integer[1];
            BrokenCollisionTree.computeTakingFirst(Inside.of(safeMap()), key(key), old -> {
                result[0] = (Integer) old + value;
                return result[0];
            });
            return result[0];
        }
    }

    /** The engine, but a collision tree is enlarged without a claim of its shard. */
    public static class EnlargesUnclaimed extends MapsInStates.OnlyInCollisionTree {
        @Override
        @Operation
        public void trim() {
            BrokenCollisionTree.enlargeUnclaimed(Inside.of(safeMap()), key(0));
        }
    }
}
