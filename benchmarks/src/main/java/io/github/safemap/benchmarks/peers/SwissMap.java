package io.github.safemap.benchmarks.peers;

import java.util.Map;
import java.util.Optional;

/** HashSmith's {@code ConcurrentSwissMap}, which needs JDK 21. */
public final class SwissMap {
    private static final String NAME = "io.github.bluuewhale.hashsmith.ConcurrentSwissMap";

    private SwissMap() {}

    /** Returns why there is none here; nothing if there is. */
    public static Optional<String> missing() {
        return Lookup.missing(NAME, "ConcurrentSwissMap", "io.github.bluuewhale:hashsmith:0.2.0");
    }

    /** Returns a new map with its default settings. */
    @SuppressWarnings("unchecked")
    public static <K, V> Map<K, V> create() {
        try {
            return (Map<K, V>) Class.forName(NAME).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(missing().orElse(NAME), e);
        }
    }
}
