package io.github.safemap;

import io.github.safemap.core.engine.WriteThroughEntry;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Removal of many entries, one after the other. */
final class BulkRemoval {
    private BulkRemoval() {}

    /** Removes each entry that the filter accepts, if its value is still the object that was tested. */
    static <K, V> boolean removeIf(SafeMap<K, V> map, BiPredicate<? super K, ? super V> filter) {
        EntryWalk<K, V> walk = new EntryWalk<>(map);
        boolean removed = false;
        while (walk.advance()) {
            removed |= filter.test(walk.key(), walk.value()) && walk.removeUnchanged();
        }
        return removed;
    }

    /** Removes each key that the filter accepts, whatever its value is by then. */
    static <K, V> boolean removeKeysIf(SafeMap<K, V> map, Predicate<? super K> filter) {
        EntryWalk<K, V> walk = new EntryWalk<>(map);
        boolean removed = false;
        while (walk.advance()) {
            removed |= filter.test(walk.key()) && walk.removeKey();
        }
        return removed;
    }

    /** Removes those keys that are present. */
    static boolean removeKeys(SafeMap<?, ?> map, Collection<?> keys) {
        if (isLargerSet(keys, map)) {
            return removeKeysIf(map, keys::contains);
        }
        boolean removed = false;
        for (Object key : keys) {
            removed |= map.remove(key) != null;
        }
        return removed;
    }

    /** Removes those entries that are present. */
    static <K, V> boolean removeEntries(SafeMap<K, V> map, Collection<?> entries) {
        if (isLargerSet(entries, map)) {
            return removeIf(map, (key, value) -> entries.contains(new WriteThroughEntry<>(map, key, value)));
        }
        boolean removed = false;
        for (Object entry : entries) {
            removed |= map.entrySet().remove(entry);
        }
        return removed;
    }

    /** Returns whether it is less work to look up the map's keys in the collection than the other way round. */
    private static boolean isLargerSet(Collection<?> collection, SafeMap<?, ?> map) {
        Objects.requireNonNull(collection, "collection");
        return collection instanceof Set<?> && collection.size() > map.mappingCount();
    }
}
