package io.github.safemap;

import io.github.safemap.core.engine.Directory;

/** Opens a map to the stress tests. */
public final class Inside {
    private Inside() {}

    /** Returns the directory of a map's entries. */
    public static Directory of(SafeMap<?, ?> map) {
        return map.directory;
    }
}
