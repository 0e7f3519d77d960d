package io.github.safemap;

import io.github.safemap.core.engine.DirectoryInvariants;

/** Checks everything that must be true of a {@link SafeMap} while nobody changes it. */
public final class SafeMapInvariants {
    private SafeMapInvariants() {}

    /**
     * Checks a map.
     *
     * @throws AssertionError if something is not as it must be
     */
    public static void check(SafeMap<?, ?> map) {
        DirectoryInvariants.check(map.directory);
    }
}
