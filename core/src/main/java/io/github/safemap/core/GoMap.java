package io.github.safemap.core;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Placeholder.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class GoMap<K, V> extends AbstractMap<K, V> {
    private final HashMap<K, V> map = new HashMap<>();

    /** Creates it. */
    public GoMap() {}

    /**
     * Creates it.
     *
     * @param sizeHint the hint
     */
    public GoMap(int sizeHint) {}

    /**
     * Stats.
     *
     * @return the stats
     */
    public GoMapStats stats() {
        return new GoMapStats(size(), 0, 1, 0, 0, 0, 0.0, 0);
    }

    @Override
    public V put(K key, V value) {
        return map.put(key, value);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return map.entrySet();
    }
}
