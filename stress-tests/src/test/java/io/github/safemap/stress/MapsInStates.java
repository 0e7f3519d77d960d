package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Rebuild;
import io.github.safemap.core.engine.Trees;

/**
 * Maps of one shard and one or two buckets in all the states that an operation may find its bucket in,
 * each with its model. Deletions lead to a rebuild at once, where it is worth it.
 */
final class MapsInStates {
    /** Keys in a tree that stays one though a key or two are removed. */
    private static final int TREE = Trees.NOT_FEW + 2;

    private MapsInStates() {}

    private static SafeMap<String, Integer> with(int entries) {
        SafeMap<String, Integer> map = FixedSeed.single();
        for (int i = 0; i < entries; i++) {
            map.put(Maps.other(i), 1);
        }
        return map;
    }

    private static SafeMap<String, Integer> shrinking() {
        SafeMap<String, Integer> map = with(6);
        Rebuild.complete(Inside.shardsOf(map), 1);
        Rebuild.begin(Inside.shardsOf(map), 0);
        return map;
    }

    private static SafeMap<String, Integer> colliding() {
        SafeMap<String, Integer> map = with(1);
        map.put("AaAa", 1);
        map.put("AaBB", 2);
        return map;
    }

    /** No table yet, then a bucket that comes and goes. */
    public static class Empty extends MapOperations {
        public Empty() {
            super(with(0), "0", "1", "2");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Empty());
            }
        }
    }

    /** A full narrow bucket: an insertion makes it be replaced, and so do removals. */
    public static class Crowded extends MapOperations {
        public Crowded() {
            super(with(4), "2", "3", "4");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Crowded());
            }
        }
    }

    /** Keys of one hash code, in a bucket that stays: slots change hands. */
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

    /** The next insertion begins growth, and the one after that moves all. */
    public static class GrowthDue extends MapOperations {
        public GrowthDue() {
            super(with(8), "7", "8", "9");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new GrowthDue());
            }
        }
    }

    /** An overflow bucket, and growth to two buckets has begun: the next write moves all. */
    public static class Growing extends MapOperations {
        public Growing() {
            super(with(9), "7", "8", "9");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Growing());
            }
        }
    }

    /** A rebuild from two buckets to one has begun: the next write moves all. */
    public static class Shrinking extends MapOperations {
        public Shrinking() {
            super(shrinking(), "4", "5", "6");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Shrinking());
            }
        }
    }

    /** Keys of one hash in a tree, and one that is not there yet. */
    public static class Tree extends MapOperations {
        public Tree() {
            super(Maps.tree(FixedSeed.single(), TREE), Maps.twin(TREE - 2), Maps.twin(TREE - 1), Maps.twin(TREE));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new Tree());
            }
        }
    }

    /** So few keys in a tree that a removal takes them back into slots. */
    public static class TreeLeaving extends MapOperations {
        public TreeLeaving() {
            super(
                    Maps.tree(FixedSeed.single(), Trees.NOT_FEW),
                    Maps.twin(0),
                    Maps.twin(Trees.NOT_FEW - 1),
                    Maps.twin(Trees.NOT_FEW));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new TreeLeaving());
            }
        }
    }

    /** So many keys of one hash in slots that the next one makes a tree of them. */
    public static class TreeDue extends MapOperations {
        public TreeDue() {
            super(
                    Maps.almostTree(FixedSeed.roomy()),
                    Maps.twin(0),
                    Maps.twin(Trees.ALMOST_MANY),
                    Maps.twin(Trees.ALMOST_MANY + 1));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new TreeDue());
            }
        }
    }

    /** A tree, and growth to two buckets has begun: the next write moves it. */
    public static class TreeGrowing extends MapOperations {
        public TreeGrowing() {
            super(
                    Maps.growingTree(FixedSeed.single(), TREE),
                    Maps.twin(TREE - 2),
                    Maps.twin(TREE - 1),
                    Maps.twin(TREE));
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new TreeGrowing());
            }
        }
    }

    /** A tree and other keys, and a rebuild to one bucket has begun: the next write moves all. */
    public static class TreeShrinking extends MapOperations {
        public TreeShrinking() {
            super(Maps.shrinkingTree(FixedSeed.single(), Trees.NOT_FEW), Maps.twin(0), Maps.twin(Trees.NOT_FEW), "5");
        }

        /** The model. */
        public static class Model extends MapOperations {
            public Model() {
                super(new TreeShrinking());
            }
        }
    }
}
