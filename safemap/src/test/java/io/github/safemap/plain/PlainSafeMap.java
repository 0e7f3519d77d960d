package io.github.safemap.plain;

import io.github.safemap.core.GoMap;
import io.github.safemap.core.engine.HashSeed;
import io.github.safemap.core.engine.WriteThroughEntry;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A thread-safe map that gives its memory back after mass deletes.
 *
 * <p>Its entries are spread over shards. Each shard is a {@link GoMap} behind one lock, and counts its
 * deletions. When there have been many and the survivors fit a smaller table, they move into a new table, and
 * the old one is dropped.
 *
 * <p><b>Atomicity.</b> Each method of {@link Map} and {@link ConcurrentMap} that names one key is atomic. What
 * a thread did before it put a value <i>happens-before</i> what another thread does after it got that value.
 * {@link #size}, {@link #isEmpty}, {@link #containsValue}, {@link #clear}, {@link #putAll} and {@link
 * #replaceAll} go through the shards one after the other, and may see or miss concurrent changes.
 *
 * <p><b>Functions</b> given to {@code compute}, {@code merge} and the like are called once, while the lock of
 * the key's shard is held. Writers of other keys of that shard wait. A function may use the map, but two
 * functions that use each other's shards can deadlock. If a function throws, the entry stays as it was.
 *
 * <p><b>Iterators</b> are weakly consistent. They copy a shard when they come to it, and never throw {@link
 * java.util.ConcurrentModificationException}. They return no key twice, and each key that was there from
 * beginning to end exactly once.
 *
 * <p><b>Nulls</b>, as keys, values or functions, are refused with a {@link NullPointerException} that
 * names the argument.
 *
 * <p>The idea to count deletions and move the survivors comes from go-zero's {@code SafeMap} by Kevin Wan. That
 * map has one lock, and moves nothing while 1,000 entries or more survive.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class PlainSafeMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
    private static final int SHARD_BITS = 6;

    private final long seed = HashSeed.random();
    private final List<PlainShard<K, V>> shards = new ArrayList<>();

    /** Creates an empty map. */
    public PlainSafeMap() {
        for (int i = 0; i < 1 << SHARD_BITS; i++) {
            shards.add(new PlainShard<>());
        }
    }

    /** Runs an action with the table of a key, under its lock. */
    private <R> R locked(Object key, Function<GoMap<K, V>, R> action) {
        long hash = HashSeed.spread(Objects.requireNonNull(key, "key").hashCode(), seed);
        return shards.get((int) (hash >>> -SHARD_BITS)).locked(action);
    }

    @Override
    public @Nullable V get(Object key) {
        return locked(key, map -> map.get(key));
    }

    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = get(key);
        return value == null ? defaultValue : value;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public boolean containsValue(Object value) {
        return super.containsValue(Objects.requireNonNull(value, "value"));
    }

    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        return locked(key, map -> map.put(key, value));
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        return locked(key, map -> map.putIfAbsent(key, value));
    }

    @Override
    public @Nullable V remove(Object key) {
        return locked(key, map -> map.remove(key));
    }

    @Override
    public boolean remove(Object key, @Nullable Object value) {
        return locked(key, map -> map.remove(key, value));
    }

    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        return locked(key, map -> map.replace(key, value));
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        return locked(key, map -> map.replace(key, oldValue, newValue));
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> mappingFunction) {
        Objects.requireNonNull(mappingFunction, "mappingFunction");
        return locked(key, map -> map.computeIfAbsent(key, mappingFunction));
    }

    @Override
    public @Nullable V computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return locked(key, map -> map.computeIfPresent(key, remappingFunction));
    }

    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return locked(key, map -> map.compute(key, remappingFunction));
    }

    @Override
    public @Nullable V merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return locked(key, map -> map.merge(key, value, remappingFunction));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        for (Entry<K, V> entry : entrySet()) {
            computeIfPresent(
                    entry.getKey(), (key, value) -> Objects.requireNonNull(function.apply(key, value), "new value"));
        }
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        for (Entry<K, V> entry : entrySet()) {
            action.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public int size() {
        long size = 0;
        for (PlainShard<K, V> shard : shards) {
            size += shard.locked(GoMap::size);
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    /** Removes all entries and gives back the tables. */
    @Override
    public void clear() {
        shards.forEach(PlainShard::clear);
    }

    /** Returns the shards, for tests that check their invariants. */
    List<PlainShard<K, V>> shards() {
        return shards;
    }

    @Override
    public Set<K> keySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<K> iterator() {
                return new ViewIterator<>(Entry::getKey);
            }

            @Override
            public int size() {
                return PlainSafeMap.this.size();
            }

            @Override
            public boolean contains(Object key) {
                return containsKey(key);
            }

            @Override
            public boolean remove(Object key) {
                return PlainSafeMap.this.remove(key) != null;
            }

            @Override
            public void clear() {
                PlainSafeMap.this.clear();
            }
        };
    }

    @Override
    public Collection<V> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<V> iterator() {
                return new ViewIterator<>(Entry::getValue);
            }

            @Override
            public int size() {
                return PlainSafeMap.this.size();
            }

            @Override
            public void clear() {
                PlainSafeMap.this.clear();
            }
        };
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<K, V>> iterator() {
                return new ViewIterator<>(entry -> entry);
            }

            @Override
            public int size() {
                return PlainSafeMap.this.size();
            }

            @Override
            public boolean contains(Object object) {
                return object instanceof Entry<?, ?> entry
                        && entry.getKey() != null
                        && Objects.equals(get(entry.getKey()), entry.getValue())
                        && entry.getValue() != null;
            }

            @Override
            public boolean remove(Object object) {
                return object instanceof Entry<?, ?> entry
                        && entry.getKey() != null
                        && PlainSafeMap.this.remove(entry.getKey(), entry.getValue());
            }

            @Override
            public void clear() {
                PlainSafeMap.this.clear();
            }
        };
    }

    /** An iterator over one of the views: a copy of one shard after the other. */
    private final class ViewIterator<T> implements Iterator<T> {
        private final Function<Entry<K, V>, T> element;
        private final Iterator<PlainShard<K, V>> rest = shards.iterator();
        private Iterator<Entry<K, V>> copy = List.<Entry<K, V>>of().iterator();
        private @Nullable Entry<K, V> last;

        ViewIterator(Function<Entry<K, V>, T> element) {
            this.element = element;
        }

        @Override
        public boolean hasNext() {
            while (!copy.hasNext() && rest.hasNext()) {
                copy = rest.next().locked(this::copyOf).iterator();
            }
            return copy.hasNext();
        }

        private List<Entry<K, V>> copyOf(GoMap<K, V> map) {
            List<Entry<K, V>> entries = new ArrayList<>(map.size());
            map.forEach((k, v) -> entries.add(new WriteThroughEntry<>(PlainSafeMap.this, k, v)));
            return entries;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = copy.next();
            return element.apply(last);
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("no entry to remove: call next first");
            }
            PlainSafeMap.this.remove(last.getKey());
            last = null;
        }
    }
}
