package io.github.safemap;

import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.WriteThroughEntry;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Removal of many entries, one after the other. Where that means to go through the whole map, it is only
 * decided when all are gone whether the tables shrink, so that they are rebuilt once, for the survivors;
 * and they are rebuilt at once, which takes no longer than the way through them did.
 */
final class BulkRemoval {
    private BulkRemoval() {}

    /** Removes each entry that the filter accepts, while its value is the very object that was tested. */
    static <K, V> boolean removeIf(SafeMap<K, V> map, BiPredicate<? super K, ? super V> filter) {
        EntryWalk<K, V> walk = new EntryWalk<>(map);
        return inBulk(map, () -> {
            boolean removed = false;
            while (walk.advance()) {
                removed |= filter.test(walk.key(), walk.value()) && walk.removeUnchanged(Shards.BULK);
            }
            return removed;
        });
    }

    /** Removes each key that the filter accepts, whatever its value is by then. */
    static <K, V> boolean removeKeysIf(SafeMap<K, V> map, Predicate<? super K> filter) {
        EntryWalk<K, V> walk = new EntryWalk<>(map);
        return inBulk(map, () -> {
            boolean removed = false;
            while (walk.advance()) {
                removed |= filter.test(walk.key()) && walk.removeKey(Shards.BULK);
            }
            return removed;
        });
    }

    /** Removes those of the keys that are there. */
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

    /** Removes those of the entries that are there. */
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

    /** Returns whether to look the map's own keys up in the collection is less work than the other way. */
    private static boolean isLargerSet(Collection<?> collection, SafeMap<?, ?> map) {
        Objects.requireNonNull(collection, "collection");
        return collection instanceof Set<?> && collection.size() > map.mappingCount();
    }

    /** Goes through the map, and shrinks what is due then, also when a filter throws. */
    private static boolean inBulk(SafeMap<?, ?> map, BooleanSupplier removals) {
        try {
            return removals.getAsBoolean();
        } finally {
            map.getShardsAcquire().shrinkWhereDue();
        }
    }
}
