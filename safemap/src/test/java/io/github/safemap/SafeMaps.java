package io.github.safemap;

import io.github.safemap.core.testing.MapTracker;

/** Creates the {@link SafeMap}s of a test, and checks each when the test ends. */
final class SafeMaps extends MapTracker {
    SafeMaps() {
        super(map -> SafeMapInvariants.check((SafeMap<?, ?>) map));
    }

    <K, V> SafeMap<K, V> create() {
        return track(new SafeMap<>());
    }

    <K, V> SafeMap<K, V> create(SafeMapBuilder builder) {
        return track(builder.build());
    }
}
