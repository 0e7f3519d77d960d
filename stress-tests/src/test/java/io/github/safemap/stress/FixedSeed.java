package io.github.safemap.stress;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.Table;
import java.lang.reflect.Field;

/**
 * Empty maps whose keys lie where they lay in the last one. The model checker runs a scenario again and
 * again, and expects that only the order of the steps differs.
 */
final class FixedSeed {
    private static final long SEED = 0x5851_F42D_4C95_7F2DL;

    private static final Field OF_SHARDS = seedOf(Shards.class);
    private static final Field OF_TABLE = seedOf(Table.class);

    private FixedSeed() {}

    /** Returns an empty map with one bucket, which nobody but its writers rebuilds. */
    static SafeMap<String, Integer> single() {
        return fixed(Maps.single());
    }

    /** Returns an empty map with room for so many keys of one hash that a tree is made of them. */
    static SafeMap<String, Integer> roomy() {
        return fixed(Maps.roomy());
    }

    private static SafeMap<String, Integer> fixed(SafeMap<String, Integer> map) {
        Shards shards = Inside.shardsOf(map);
        try {
            OF_SHARDS.setLong(shards, SEED);
            OF_TABLE.setLong(shards.emptyTable(), SEED);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return map;
    }

    /** By reflection, since a map in use should not have such a setting. */
    private static Field seedOf(Class<?> type) {
        try {
            Field seed = type.getDeclaredField("seed");
            seed.setAccessible(true);
            return seed;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }
}
