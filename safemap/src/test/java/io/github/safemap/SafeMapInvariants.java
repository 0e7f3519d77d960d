package io.github.safemap;

import io.github.safemap.core.GoMapInvariants;
import java.util.HashSet;
import java.util.Set;

/** Checks everything that must be true of a {@link SafeMap} while nobody changes it. */
public final class SafeMapInvariants {
    private SafeMapInvariants() {}

    /**
     * Checks a map.
     *
     * @throws AssertionError if something is not as it must be
     */
    public static <K, V> void check(SafeMap<K, V> map) {
        Set<Object> all = new HashSet<>();
        for (Shard<K, V> shard : map.shards()) {
            for (Object key : shard.locked(GoMapInvariants::check)) {
                if (!all.add(key)) {
                    throw new AssertionError("key " + key + " is in two shards");
                }
                if (!map.containsKey(key)) {
                    throw new AssertionError("key " + key + " is in a shard that is not its own");
                }
            }
        }
        if (all.size() != map.size()) {
            throw new AssertionError(all.size() + " entries, but size is " + map.size());
        }
    }
}
