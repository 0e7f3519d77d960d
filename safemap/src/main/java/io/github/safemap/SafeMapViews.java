package io.github.safemap;

import io.github.safemap.core.engine.WriteThroughEntry;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The views of a {@link SafeMap}'s values and entries. Their bulk removals remove an entry only while its
 * value is the object that was tested.
 */
final class SafeMapViews {
    private SafeMapViews() {}

    /**
     * The values.
     *
     * @param <K> the type of the map's keys
     * @param <V> the type of the map's values
     */
    static final class Values<K, V> extends MapView<K, V, V> {
        private static final long serialVersionUID = 1L;

        Values(SafeMap<K, V> map) {
            super(map);
        }

        @Override
        V element(K key, V value) {
            return value;
        }

        @Override
        public boolean contains(Object value) {
            return map.containsValue(value);
        }

        /** Removes one entry with this value, unless the entry has another value by then. */
        @Override
        public boolean remove(@Nullable Object value) {
            EntryWalk<K, V> walk = new EntryWalk<>(map);
            while (value != null && walk.advance()) {
                if (Objects.equals(value, walk.value()) && walk.removeUnchanged()) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean removeIf(Predicate<? super V> filter) {
            Objects.requireNonNull(filter, "filter");
            return map.removeIf((key, value) -> filter.test(value));
        }

        @Override
        public boolean removeAll(Collection<?> values) {
            Objects.requireNonNull(values, "values");
            return map.removeIf((key, value) -> values.contains(value));
        }

        @Override
        public boolean retainAll(Collection<?> values) {
            Objects.requireNonNull(values, "values");
            return map.removeIf((key, value) -> !values.contains(value));
        }
    }

    /**
     * The entries.
     *
     * @param <K> the type of the map's keys
     * @param <V> the type of the map's values
     */
    static final class Entries<K, V> extends MapView.OfSet<K, V, Map.Entry<K, V>> {
        private static final long serialVersionUID = 1L;

        Entries(SafeMap<K, V> map) {
            super(map);
        }

        @Override
        Map.Entry<K, V> element(K key, V value) {
            return new WriteThroughEntry<>(map, key, value);
        }

        @Override
        public boolean contains(@Nullable Object object) {
            if (!(object instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
                return false;
            }
            V value = map.get(entry.getKey());
            return value != null && Objects.equals(value, entry.getValue());
        }

        @Override
        public boolean remove(@Nullable Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && map.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
            Objects.requireNonNull(filter, "filter");
            return map.removeIf((key, value) -> filter.test(element(key, value)));
        }

        @Override
        public boolean removeAll(Collection<?> entries) {
            return BulkRemoval.removeEntries(map, entries);
        }

        @Override
        public boolean retainAll(Collection<?> entries) {
            Objects.requireNonNull(entries, "entries");
            return map.removeIf((key, value) -> !entries.contains(element(key, value)));
        }
    }
}
