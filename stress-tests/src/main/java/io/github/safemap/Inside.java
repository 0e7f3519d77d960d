package io.github.safemap;

import io.github.safemap.core.engine.Shards;

/** Opens a map to the stress tests. */
public final class Inside {
    private Inside() {}

    /** Returns the shards that hold a map's entries now. */
    public static Shards shardsOf(SafeMap<?, ?> map) {
        return map.getShardsAcquire();
    }
}
