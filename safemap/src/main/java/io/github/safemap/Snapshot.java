package io.github.safemap;

import io.github.safemap.core.engine.Directory;
import io.github.safemap.core.engine.Walk;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Makes the copy for {@link SafeMap#snapshot}. */
final class Snapshot {
    private Snapshot() {}

    @SuppressWarnings("unchecked")
    static <K, V> Map<K, V> of(Directory directory) {
        Map<K, V> map = new HashMap<>();
        Walk.copy(directory, (key, value) -> map.put((K) key, (V) value));
        return Collections.unmodifiableMap(map);
    }
}
