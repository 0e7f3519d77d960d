package io.github.safemap;

import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.Table;
import io.github.safemap.core.engine.TableCursor;
import io.github.safemap.core.engine.WriteThroughEntry;
import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The key, value and entry views of a {@link SafeMap}, and their iterator. */
final class SafeMapViews {
    /** No size: it may change while a stream is filled. */
    private static final int CHARACTERISTICS = Spliterator.CONCURRENT | Spliterator.NONNULL;

    private SafeMapViews() {}

    /** The keys. */
    static final class Keys<K, V> extends AbstractSet<K> {
        private final SafeMap<K, V> map;

        Keys(SafeMap<K, V> map) {
            this.map = map;
        }

        @Override
        public Spliterator<K> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), CHARACTERISTICS | Spliterator.DISTINCT);
        }

        @Override
        public Iterator<K> iterator() {
            return new ViewIterator<>(map) {
                @Override
                K element(K key, V value) {
                    return key;
                }
            };
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(Object key) {
            return map.containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return map.remove(key) != null;
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    /** The values. */
    static final class Values<K, V> extends AbstractCollection<V> {
        private final SafeMap<K, V> map;

        Values(SafeMap<K, V> map) {
            this.map = map;
        }

        @Override
        public Spliterator<V> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), CHARACTERISTICS);
        }

        @Override
        public Iterator<V> iterator() {
            return new ViewIterator<>(map) {
                @Override
                V element(K key, V value) {
                    return value;
                }
            };
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(Object value) {
            return map.containsValue(value);
        }

        @Override
        public boolean removeIf(Predicate<? super V> filter) {
            Objects.requireNonNull(filter, "filter");
            return map.entrySet().removeIf(entry -> filter.test(entry.getValue()));
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    /** The entries. */
    static final class Entries<K, V> extends AbstractSet<Map.Entry<K, V>> {
        private final SafeMap<K, V> map;

        Entries(SafeMap<K, V> map) {
            this.map = map;
        }

        @Override
        public Spliterator<Map.Entry<K, V>> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), CHARACTERISTICS | Spliterator.DISTINCT);
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new ViewIterator<>(map) {
                @Override
                Map.Entry<K, V> element(K key, V value) {
                    return new WriteThroughEntry<>(map, key, value);
                }
            };
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(Object object) {
            if (!(object instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
                return false;
            }
            V value = map.get(entry.getKey());
            return value != null && value.equals(entry.getValue());
        }

        @Override
        public boolean remove(Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && map.remove(entry.getKey(), entry.getValue());
        }

        /** Removes the entries that the filter accepts; never a value that came after its test. */
        @Override
        public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
            Objects.requireNonNull(filter, "filter");
            boolean removed = false;
            for (Map.Entry<K, V> entry : this) {
                V tested = entry.getValue();
                if (filter.test(entry)) {
                    removed |= map.remove(entry.getKey(), tested);
                }
            }
            return removed;
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    /**
     * A weakly consistent iterator: it goes from shard to shard, beginning at a random one, and asks for
     * the shard's table at each step. A map that has been cleared has other shards: then nothing was
     * there throughout, and the iteration ends.
     */
    private abstract static class ViewIterator<K, V, T> implements Iterator<T> {
        private final SafeMap<K, V> map;
        private final Shards shards;
        private final int first;
        private int shardsLeft;
        private TableCursor cursor;
        private boolean ahead;
        private @Nullable K last;

        ViewIterator(SafeMap<K, V> map) {
            this.map = map;
            shards = map.getShardsAcquire();
            shardsLeft = shards.length();
            first = ThreadLocalRandom.current().nextInt();
            cursor = cursor();
        }

        abstract T element(K key, V value);

        private Table table() {
            return shards.getTableAcquire(first + shardsLeft & (shards.length() - 1));
        }

        private TableCursor cursor() {
            return new TableCursor(table(), first);
        }

        @Override
        public boolean hasNext() {
            while (!ahead && shardsLeft > 0) {
                if (map.getShardsAcquire() != shards) {
                    shardsLeft = 0;
                    cursor = new TableCursor(shards.emptyTable(), first); // holds on to nothing
                } else {
                    ahead = cursor.advance(table());
                    if (!ahead && --shardsLeft > 0) {
                        cursor = cursor();
                    }
                }
            }
            return ahead;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ahead = false;
            K key = (K) Objects.requireNonNull(cursor.key());
            V value = (V) Objects.requireNonNull(cursor.value());
            last = key;
            return element(key, value);
        }

        @Override
        public void remove() {
            K key = last;
            if (key == null) {
                throw new IllegalStateException("no entry to remove: call next first");
            }
            last = null;
            map.remove(key);
        }
    }
}
