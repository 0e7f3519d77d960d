package io.github.safemap.core.engine;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry that an iteration has returned. It has the key and the value of that moment. {@link #setValue} also
 * writes to the map.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class WriteThroughEntry<K, V> implements Map.Entry<K, V> {
    private final Map<K, V> map;
    private final K key;
    private V value;

    /**
     * Creates an entry.
     *
     * @param map the map that {@link #setValue} writes to
     * @param key the key
     * @param value the value
     */
    public WriteThroughEntry(Map<K, V> map, K key, V value) {
        this.map = map;
        this.key = key;
        this.value = value;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    /**
     * Replaces the value in the map and in this entry. A key that has been removed from the map stays
     * removed.
     *
     * @throws NullPointerException if the value is null
     */
    @Override
    public V setValue(V newValue) {
        map.replace(key, Objects.requireNonNull(newValue, "value"));
        V old = value;
        value = newValue;
        return old;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map.Entry<?, ?> entry
                && Objects.equals(key, entry.getKey())
                && Objects.equals(value, entry.getValue());
    }

    @Override
    public int hashCode() {
        return key.hashCode() ^ value.hashCode();
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
