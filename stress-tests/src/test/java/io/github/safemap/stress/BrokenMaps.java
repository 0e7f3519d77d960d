package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.core.engine.BrokenEvacuation;
import io.github.safemap.core.engine.BrokenTrees;
import io.github.safemap.core.engine.UnvalidatedRead;
import java.util.HashMap;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The twins that Lincheck has to reject: each has the operations that its mistake needs, and few more. */
final class BrokenMaps {
    private BrokenMaps() {}

    /** Writes that look first and act later, around a map that is right. */
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

    /** The engine, but a reader does not ask whether its slot has changed hands. */
    public static class ReadsUnvalidated extends MapsInStates.Colliding {
        @Override
        @Operation
        public Integer get(@Param(name = "key") int key) {
            return (Integer) UnvalidatedRead.get(Inside.shardsOf(safeMap()), key(key));
        }
    }

    /** The engine, but an evacuation copies a bucket without claiming it. */
    public static class MovesUnclaimed extends MapsInStates.Growing {
        @Override
        @Operation
        public void trim() {
            BrokenEvacuation.withoutClaim(Inside.shardsOf(safeMap()));
        }
    }

    /** The engine, but a put makes the next tree of one that may have been exchanged since. */
    public static class PutsUnasked extends MapsInStates.Tree {
        @Override
        @Operation
        public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
            return (Integer) BrokenTrees.put(Inside.shardsOf(safeMap()), key(key), value);
        }
    }

    /** The engine, but an evacuation moves a tree without claiming its bucket. */
    public static class MovesTreesUnclaimed extends MapsInStates.TreeGrowing {
        @Override
        @Operation
        public void trim() {
            BrokenTrees.withoutClaim(Inside.shardsOf(safeMap()));
        }
    }
}
