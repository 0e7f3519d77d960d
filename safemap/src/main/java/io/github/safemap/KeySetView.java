package io.github.safemap;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A live view of the keys of a {@link SafeMap}.
 *
 * <pre>{@code
 * Set<String> online = SafeMap.newKeySet();  // a concurrent set
 * online.add("ada");
 * }</pre>
 *
 * <p>It comes from {@link SafeMap#keySet()}, {@link SafeMap#keySet(Object)} or {@link SafeMap#newKeySet()}.
 * Keys can be added if the view has a value for them.
 *
 * <p>A change of the set changes the map, and the other way round. {@link #add}, {@link #remove} and
 * {@link #contains} are atomic. The bulk methods are atomic for each key. Iterators and streams are weakly
 * consistent, as {@link SafeMap} says. Nulls are refused.
 *
 * <p>The view is serialized together with its map.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the map's values
 * @since 0.1.0
 */
public final class KeySetView<K, V> extends MapView.OfSet<K, V, K> {
    private static final long serialVersionUID = 1L;

    /** The value of added keys, or null if keys cannot be added. */
    @SuppressWarnings("serial") // serializable if the map's other values are
    private final @Nullable V mappedValue;

    KeySetView(SafeMap<K, V> map, @Nullable V mappedValue) {
        super(map);
        this.mappedValue = mappedValue;
    }

    @Override
    K element(K key, V value) {
        return key;
    }

    /**
     * Returns the map whose keys these are.
     *
     * @return the map
     * @since 0.1.0
     */
    public SafeMap<K, V> getMap() {
        return map;
    }

    /**
     * Returns the value that added keys get.
     *
     * @return the value, or null if keys cannot be added
     * @since 0.1.0
     */
    public @Nullable V getMappedValue() {
        return mappedValue;
    }

    /**
     * Returns whether a key is in the map, as {@link SafeMap#containsKey} does.
     *
     * @param key the key
     * @return whether it is present
     * @throws NullPointerException if the key is null
     * @since 0.1.0
     */
    @Override
    public boolean contains(Object key) {
        return map.containsKey(key);
    }

    /**
     * Adds a key with the {@linkplain #getMappedValue mapped value}, unless it is present.
     *
     * @param key the key
     * @return whether it was absent
     * @throws UnsupportedOperationException if there is no mapped value
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException as {@link SafeMap#put} does
     * @since 0.1.0
     */
    @Override
    public boolean add(K key) {
        return map.putIfAbsent(key, valueToAdd()) == null;
    }

    /**
     * Adds each key of a collection, one after the other. The map grows key by key, and does not rely on
     * the collection's {@code size}.
     *
     * @param keys the keys
     * @return whether one of them was absent
     * @throws UnsupportedOperationException if there is no mapped value
     * @throws NullPointerException if the collection or a key is null; keys before that one are added
     * @throws IllegalStateException as {@link SafeMap#put} does; keys before that one are added
     * @since 0.1.0
     */
    @Override
    public boolean addAll(Collection<? extends K> keys) {
        V value = valueToAdd();
        boolean added = false;
        for (K key : Objects.requireNonNull(keys, "keys")) {
            added |= map.putIfAbsent(key, value) == null;
        }
        return added;
    }

    private V valueToAdd() {
        V value = mappedValue;
        if (value == null) {
            throw new UnsupportedOperationException("no value for the keys of this set: use keySet(value)");
        }
        return value;
    }

    /**
     * Removes a key from the map.
     *
     * @param key the key
     * @return whether it was present
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException as {@link SafeMap#remove(Object)} does
     * @since 0.1.0
     */
    @Override
    public boolean remove(Object key) {
        return map.remove(key) != null;
    }

    /**
     * Removes the keys that the filter accepts, whatever their values are by then. The filter runs while
     * nothing is claimed, and may use the map. If it throws, this ends and throws the same; keys that it
     * accepted before have been removed.
     *
     * @param filter says which keys to remove
     * @return whether a key was removed
     * @throws NullPointerException if the filter is null
     * @throws IllegalStateException as {@link SafeMap#removeIf} does
     * @since 0.1.0
     */
    @Override
    public boolean removeIf(Predicate<? super K> filter) {
        Objects.requireNonNull(filter, "filter");
        return BulkRemoval.removeKeysIf(map, filter);
    }

    /**
     * Removes the keys of a collection, one after the other. If the collection is a set larger than
     * this one, removes each key here that it contains.
     *
     * @param keys the keys to remove
     * @return whether a key was removed
     * @throws NullPointerException if the collection is null, or has a null key
     * @throws IllegalStateException as {@link SafeMap#removeIf} does
     * @since 0.1.0
     */
    @Override
    public boolean removeAll(Collection<?> keys) {
        return BulkRemoval.removeKeys(map, keys);
    }

    /**
     * Removes each key that a collection does not contain.
     *
     * @param keys the keys that stay
     * @return whether a key was removed
     * @throws NullPointerException if the collection is null
     * @throws IllegalStateException as {@link SafeMap#removeIf} does
     * @since 0.1.0
     */
    @Override
    public boolean retainAll(Collection<?> keys) {
        Objects.requireNonNull(keys, "keys");
        return BulkRemoval.removeKeysIf(map, key -> !keys.contains(key));
    }
}
