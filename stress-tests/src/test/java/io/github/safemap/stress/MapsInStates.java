package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.States;

/**
 * Small maps in all the states that an operation may find its shard in, or may bring it into, each with its
 * model. The operations themselves do the rebuilds, splits and merges, and Lincheck stops them in the middle.
 *
 * <p>In each new map the keys are in the same places. The model checker runs a scenario again and again, and
 * expects that only the order of the steps differs.
 */
final class MapsInStates {
    private MapsInStates() {}

    private static SafeMap<String, Integer> placed(int evens, int odds) {
        return Maps.placed(evens, odds);
    }

    private static SafeMap<String, Integer> collisions(int colliding, int others, int slots) {
        return Maps.collisions(placed(0, 0), colliding, others, slots);
    }

    private static SafeMap<String, Integer> colliding() {
        SafeMap<String, Integer> map = placed(1, 0);
        map.put("AaAa", 1);
        map.put("AaBB", 2);
        return map;
    }

    private static SafeMap<String, Integer> worn() {
        SafeMap<String, Integer> map = placed(4, 3);
        for (int i = 0; i < 3; i++) {
            map.remove(Maps.odd(i));
        }
        return map;
    }

    private static SafeMap<String, Integer> spacious() {
        SafeMap<String, Integer> map = placed(3, 3);
        States.rebuild(Inside.of(map), Maps.even(0), 32);
        return map;
    }

    private static SafeMap<String, Integer> halvingDue() {
        SafeMap<String, Integer> map = Maps.parted(4, 2);
        States.split(Inside.of(map), Maps.even(0));
        map.remove(Maps.even(2)); // merges the halves again, but not the directory
        return map;
    }

    private static SafeMap<String, Integer> treeWithOthers() {
        SafeMap<String, Integer> map = collisions(3, 1, 16);
        for (int i = 0; i < 2; i++) {
            map.put(Maps.even(i), i);
            map.put(Maps.odd(i), i);
        }
        return map;
    }

    private static SafeMap<String, Integer> treeSplitDue() {
        SafeMap<String, Integer> map = treeWithOthers();
        States.contend(Inside.of(map), Maps.even(0));
        return map;
    }

    private static SafeMap<String, Integer> treeMergeDue() {
        SafeMap<String, Integer> map = treeWithOthers();
        States.split(Inside.of(map), Maps.even(0));
        return map;
    }

    /** First no slots, then a shard that comes and goes. */
    public static class Empty extends MapOperations {
        public Empty() {
            super(placed(0, 0), Maps.even(0), Maps.odd(0), Maps.even(1));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Empty());
            }
        }
    }

    /** Keys of one hash code, in one bucket: slots die and others are filled. */
    public static class Colliding extends MapOperations {
        public Colliding() {
            super(colliding(), "AaAa", "AaBB", "BBBB");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Colliding());
            }
        }
    }

    /** All slots are used by live keys: the next insertion enlarges the shard. */
    public static class GrowthDue extends MapOperations {
        public GrowthDue() {
            super(placed(4, 3), Maps.even(0), Maps.odd(0), Maps.odd(3));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new GrowthDue());
            }
        }
    }

    /** All slots are used, half of them by removed keys: the next insertion rebuilds the shard. */
    public static class CleaningDue extends MapOperations {
        public CleaningDue() {
            super(worn(), Maps.even(0), Maps.even(1), Maps.odd(0));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new CleaningDue());
            }
        }
    }

    /** Few keys in many slots: a removal makes the shard smaller. */
    public static class ShrinkingDue extends MapOperations {
        public ShrinkingDue() {
            super(spacious(), Maps.even(0), Maps.odd(0), Maps.odd(5));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new ShrinkingDue());
            }
        }
    }

    /** Writers have had to wait: the next write splits the shard, and doubles the directory. */
    public static class SplitDue extends MapOperations {
        public SplitDue() {
            super(Maps.contended(), Maps.even(0), Maps.odd(0), Maps.odd(5));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new SplitDue());
            }
        }
    }

    /** Two shards: the next write splits one, and doubles the directory; an insertion rebuilds the other. */
    public static class SplitAndGrowthDue extends MapOperations {
        public SplitAndGrowthDue() {
            super(Maps.splitAndGrowthDue(), Maps.even(0), Maps.odd(0), Maps.odd(7));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new SplitAndGrowthDue());
            }
        }
    }

    /** Two shards of few keys: a removal merges them. */
    public static class MergeDue extends MapOperations {
        public MergeDue() {
            super(Maps.parted(2, 2), Maps.even(0), Maps.odd(0), Maps.odd(5));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new MergeDue());
            }
        }
    }

    /** Two shards in a directory of four places. Their merge halves it. */
    public static class HalvingDue extends MapOperations {
        public HalvingDue() {
            super(halvingDue(), Maps.even(0), Maps.odd(0), Maps.odd(5));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new HalvingDue());
            }
        }
    }

    /**
     * Four shards in a directory of eight places. A removal merges two and halves it. An insertion rebuilds
     * another.
     */
    public static class HalvingAndGrowthDue extends MapOperations {
        public HalvingAndGrowthDue() {
            super(Maps.mergeAndGrowthDue(), Maps.even(0), Maps.odd(0), Maps.odd(14));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new HalvingAndGrowthDue());
            }
        }
    }

    /** Keys of one hash code in a collision tree, and an absent key. */
    public static class InCollisionTree extends MapOperations {
        public InCollisionTree() {
            super(collisions(3, 0, 8), Maps.twin(0), Maps.twin(1), Maps.twin(3));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new InCollisionTree());
            }
        }
    }

    /** A collision tree of one key: if it is removed, so is the tree's slot. */
    public static class OnlyInCollisionTree extends MapOperations {
        public OnlyInCollisionTree() {
            super(collisions(1, 1, 8), Maps.twin(0), Maps.twin(1), Maps.twin(2));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new OnlyInCollisionTree());
            }
        }
    }

    /** Many keys of one hash code in slots: the next insertion makes a collision tree of them. */
    public static class CollisionTreeDue extends MapOperations {
        public CollisionTreeDue() {
            super(collisions(0, 28, 32), Maps.twin(0), Maps.twin(28), Maps.twin(29));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new CollisionTreeDue());
            }
        }
    }

    /** A collision tree and keys in slots, which the next insertion moves into it. */
    public static class LargerCollisionTreeDue extends MapOperations {
        public LargerCollisionTreeDue() {
            super(collisions(3, 6, 8), Maps.twin(0), Maps.twin(3), Maps.twin(9));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new LargerCollisionTreeDue());
            }
        }
    }

    /** A collision tree and other keys in a shard that the next write splits. */
    public static class CollisionTreeSplitDue extends MapOperations {
        public CollisionTreeSplitDue() {
            super(treeSplitDue(), Maps.twin(0), Maps.twin(3), Maps.even(0));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new CollisionTreeSplitDue());
            }
        }
    }

    /** A collision tree and other keys in two shards that a removal merges. */
    public static class CollisionTreeMergeDue extends MapOperations {
        public CollisionTreeMergeDue() {
            super(treeMergeDue(), Maps.twin(0), Maps.even(0), Maps.odd(0));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new CollisionTreeMergeDue());
            }
        }
    }
}
