package io.github.safemap;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.KeyMapGenerator;

/** The past of a {@link SafeMap}'s shards when a suite gets it. */
enum MapState {
    /** One shard of one bucket, from the first entry on. */
    FRESH,
    /** Shards for hundreds of entries, all removed. */
    GROWN {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            SafeMap<Key, String> map = maps.create(SafeMap.builder().growOnly());
            fill(map);
            return map;
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            removeFillers(map);
        }
    },
    /** Shards that have grown, and shrunk and merged again. */
    AFTER_MASS_DELETES {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            SafeMap<Key, String> map = maps.create(SafeMap.builder().shrinkThreshold(0));
            fill(map);
            return map;
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            removeFillers(map);
        }
    },
    /** There is no usable slot left: the next insertion rebuilds the shard. */
    USED_UP {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return maps.create(SafeMap.builder().growOnly());
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            do {
                map.put(filler(0), "filler");
                map.remove(filler(0));
            } while (!isUsedUp(map));
        }
    },
    /** Many shards from the start, most of them without a table. */
    MANY_SHARDS {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return maps.create(SafeMap.builder().shards(256));
        }
    },
    /** Shards for many expected entries that did not come. */
    ROOMY {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return maps.create(SafeMap.builder().expectedSize(10_000));
        }
    };

    /** More than fit into one shard of a small map. */
    private static final int FILLERS = 600;

    /** Returns what Guava's testlib needs to create maps in this state. */
    KeyMapGenerator generator(HashKind kind, SafeMaps maps) {
        return new KeyMapGenerator(kind, () -> begin(maps), map -> finish((SafeMap<Key, String>) map));
    }

    /** Returns the map for the sample entries. */
    SafeMap<Key, String> begin(SafeMaps maps) {
        return maps.create();
    }

    /** Brings the map with the sample entries, and nothing else, into the state. */
    void finish(SafeMap<Key, String> map) {}

    /** Returns whether a map of one small shard has no slot left. */
    static boolean isUsedUp(SafeMap<?, ?> map) {
        SafeMapStats stats = map.stats();
        return stats.shards() == 1 && stats.entries() + stats.deadSlots() == stats.slots() - stats.slots() / 8;
    }

    private static void fill(SafeMap<Key, String> map) {
        for (int id = 0; id < FILLERS; id++) {
            map.put(filler(id), "filler");
        }
    }

    private static void removeFillers(SafeMap<Key, String> map) {
        for (int id = 0; id < FILLERS; id++) {
            map.remove(filler(id));
        }
    }

    private static Key filler(int id) {
        return HashKind.GOOD.key(-1 - id);
    }
}
