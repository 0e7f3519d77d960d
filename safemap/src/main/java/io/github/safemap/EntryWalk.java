package io.github.safemap;

import io.github.safemap.core.engine.KeyWriter;
import io.github.safemap.core.engine.Walk;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link Walk} through a {@link SafeMap}, for iterators, spliterators and bulk removals. */
final class EntryWalk<K, V> {
    private final SafeMap<K, V> map;
    private final Walk walk;

    EntryWalk(SafeMap<K, V> map) {
        this(map, new Walk(map.directory));
    }

    private EntryWalk(SafeMap<K, V> map, Walk walk) {
        this.map = map;
        this.walk = walk;
    }

    /** Steps to the next entry, if there is one. */
    boolean advance() {
        return walk.advance();
    }

    /** Returns the key that the walk has stepped to. */
    @SuppressWarnings("unchecked")
    K key() {
        return (K) Objects.requireNonNull(walk.key());
    }

    /** Returns a value that the key had during that step. */
    @SuppressWarnings("unchecked")
    V value() {
        return (V) Objects.requireNonNull(walk.value());
    }

    /** Removes the key that the walk has stepped to, whatever its value is by now. */
    boolean removeKey() {
        return map.remove(key()) != null;
    }

    /** Removes the key that the walk has stepped to, if its value is still the same object. */
    boolean removeUnchanged() {
        return map.write(key(), new Same(value()), null, KeyWriter.Kind.REPLACE) != null;
    }

    /**
     * Gives about half of the remaining entries to another walk. The two together promise what one walk
     * promises.
     *
     * @return the other walk; null if too little remains
     */
    @Nullable EntryWalk<K, V> split() {
        Walk rest = walk.split();
        return rest == null ? null : new EntryWalk<>(map, rest);
    }

    /** An expected value that equals only itself, whatever its own {@code equals} says. */
    private record Same(Object value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }
}
