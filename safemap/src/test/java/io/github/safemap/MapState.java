package io.github.safemap;

import io.github.safemap.core.engine.Evacuations;
import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.KeyMapGenerator;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tables of a {@link SafeMap} have been through, or are in the middle of, when a suite gets
 * it. There is no executor: only the suite's own writes move anything.
 */
enum MapState {
    /** One table of one bucket a shard, from the first entry on. */
    FRESH,
    /** Tables for hundreds of entries, all of which have gone. */
    GROWN {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            SafeMap<Key, String> map =
                    maps.create(SafeMap.builder().shards(4).growOnly().noExecutor());
            fill(map);
            return map;
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            removeFillers(map);
        }
    },
    /** Tables that have grown and shrunk again. */
    AFTER_MASS_DELETES {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            SafeMap<Key, String> map = maps.create(SafeMap.builder().shards(4).noExecutor());
            fill(map);
            return map;
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            removeFillers(map);
        }
    },
    /** Growth has begun, and no bucket has moved. */
    GROWTH_BEGUN {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return sized(maps);
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            Evacuations.begin(map.getShardsAcquire(), BITS + 1);
        }
    },
    /** In the middle of growth: every second entry has moved. */
    GROWING {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return sized(maps);
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            Evacuations.begin(map.getShardsAcquire(), BITS + 1);
            moveSome(map);
        }
    },
    /** A rebuild to a quarter has begun, and no bucket has moved. */
    SHRINKING_BEGUN {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return sized(maps);
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            Evacuations.begin(map.getShardsAcquire(), BITS - 2);
        }
    },
    /** In the middle of a rebuild to a quarter: every second entry has moved. */
    SHRINKING {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return sized(maps);
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            Evacuations.begin(map.getShardsAcquire(), BITS - 2);
            moveSome(map);
        }
    },
    /** In the middle of a rebuild to one bucket, in which all meet that were apart. */
    SHRINKING_TO_ONE_BUCKET {
        @Override
        SafeMap<Key, String> begin(SafeMaps maps) {
            return sized(maps);
        }

        @Override
        void finish(SafeMap<Key, String> map) {
            Evacuations.begin(map.getShardsAcquire(), 0);
            moveSome(map);
        }
    };

    /**
     * The logarithm of the length of the tables that are evacuated. A write moves three buckets, so that
     * the evacuation outlasts eighty writes to a shard: more than a test of the suite does.
     */
    static final int BITS = 8;

    /** How many shards the maps have that are being evacuated. */
    static final int SHARDS = 2;

    private static final int FILLERS = 600;

    /** So many entries fill a table of {@code 1 << BITS} buckets, at most 6.5 in each. */
    private static final long EXPECTED = SHARDS * (13L << BITS) / 2;

    /** Returns whether the buckets of a map in this state are on their way to other tables. */
    boolean moves() {
        return ordinal() >= GROWTH_BEGUN.ordinal();
    }

    /** Returns what Guava's testlib needs to make maps in this state. */
    KeyMapGenerator generator(HashKind kind, SafeMaps maps) {
        return new KeyMapGenerator(kind, () -> begin(maps), map -> finish((SafeMap<Key, String>) map));
    }

    /** Returns the map that the sample entries are put into. */
    SafeMap<Key, String> begin(SafeMaps maps) {
        return maps.create(SafeMap.builder().noExecutor());
    }

    /** Brings the map with the sample entries, and nothing else, into the state. */
    void finish(SafeMap<Key, String> map) {}

    /** A map without entries, but with its tables, which are large. */
    private static SafeMap<Key, String> sized(SafeMaps maps) {
        SafeMap<Key, String> map = maps.create(
                SafeMap.builder().shards(SHARDS).expectedSize(EXPECTED).noExecutor());
        int fillers = 0;
        while (!hasAllTables(map.getShardsAcquire())) {
            map.put(filler(fillers++), "filler");
        }
        for (int id = 0; id < fillers; id++) {
            map.remove(filler(id));
        }
        return map;
    }

    private static boolean hasAllTables(Shards shards) {
        for (int shard = 0; shard < shards.length(); shard++) {
            if (shards.getTableAcquire(shard) == shards.emptyTable()) {
                return false;
            }
        }
        return true;
    }

    /** Writes every second entry again, and its bucket has to move for that. */
    private static void moveSome(SafeMap<Key, String> map) {
        List<Key> keys = new ArrayList<>(map.keySet());
        keys.sort((one, other) -> Integer.compare(one.id(), other.id()));
        for (int i = 0; i < keys.size(); i += 2) {
            map.replace(keys.get(i), map.get(keys.get(i)));
        }
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
