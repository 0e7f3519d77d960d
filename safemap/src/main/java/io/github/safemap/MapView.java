package io.github.safemap;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A live view of a {@link SafeMap}: what its views have in common.
 *
 * <p>The inherited {@code toArray} methods go by an iteration and trust no size: the array is made
 * larger or cut as the iteration finds more or fewer elements.
 *
 * @param <K> the type of the map's keys
 * @param <V> the type of the map's values
 * @param <T> the type of the elements
 */
abstract class MapView<K, V, T> extends AbstractCollection<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The map that is seen. */
    final SafeMap<K, V> map;

    MapView(SafeMap<K, V> map) {
        this.map = map;
    }

    /** Returns what the view shows of an entry. */
    abstract T element(K key, V value);

    /**
     * Returns a weakly consistent iterator, of the order that all of them have: see {@link SafeMap}. Its
     * {@code remove} removes the key,
     * whatever its value is by then.
     *
     * @return the iterator
     */
    @Override
    public Iterator<T> iterator() {
        return new ViewIterator<>(this);
    }

    /**
     * Returns a weakly consistent spliterator, which splits evenly: by ranges of hashes.
     *
     * @return a spliterator that is {@code CONCURRENT}, {@code NONNULL}, and {@code DISTINCT} if this is
     *     a set
     */
    @Override
    public Spliterator<T> spliterator() {
        int distinct = this instanceof Set<?> ? Spliterator.DISTINCT : 0;
        return new EntrySpliterator<>(map, this::element, distinct, 0);
    }

    /**
     * Calls the action for each element that an iteration finds, in this thread.
     *
     * @param action is given each element; runs while nothing is held, and may use the map
     * @throws NullPointerException if the action is null
     */
    @Override
    public void forEach(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        EntryWalk<K, V> walk = new EntryWalk<>(map);
        while (walk.advance()) {
            action.accept(element(walk.key(), walk.value()));
        }
    }

    /**
     * Returns the size of the map.
     *
     * @return the number of entries; see {@link SafeMap#size}
     */
    @Override
    public int size() {
        return map.size();
    }

    /**
     * Returns whether the map is empty.
     *
     * @return whether there is no entry; see {@link SafeMap#isEmpty}
     */
    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    /**
     * Returns whether each element of a collection is here. They are looked up one after the other.
     *
     * @param elements the elements; null is here never
     * @return whether all were found
     * @throws NullPointerException if the collection is null
     */
    @Override
    public boolean containsAll(Collection<?> elements) {
        Objects.requireNonNull(elements, "elements");
        for (Object element : elements) {
            if (element == null || !contains(element)) {
                return false;
            }
        }
        return true;
    }

    /** Clears the map, at one moment; see {@link SafeMap#clear}. */
    @Override
    public void clear() {
        map.clear();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        if (map == null) {
            throw new InvalidObjectException("a view without a map");
        }
    }

    /** For a stream in which a view's class does not extend this one: then {@link #map} would be null. */
    private void readObjectNoData() throws InvalidObjectException {
        throw new InvalidObjectException("a view without a map");
    }

    /**
     * A view that is a set.
     *
     * @param <K> the type of the map's keys
     * @param <V> the type of the map's values
     * @param <T> the type of the elements
     */
    abstract static class OfSet<K, V, T> extends MapView<K, V, T> implements Set<T> {
        private static final long serialVersionUID = 1L;

        OfSet(SafeMap<K, V> map) {
            super(map);
        }

        @Override
        public Spliterator<T> spliterator() {
            return super.spliterator();
        }

        /**
         * Compares this set with another. If one of them is changed meanwhile the answer may be one that
         * was never right.
         */
        @Override
        public boolean equals(@Nullable Object other) {
            return other == this || (other instanceof Set<?> set && set.size() == size() && containsAllOf(set));
        }

        private boolean containsAllOf(Set<?> set) {
            try {
                return containsAll(set);
            } catch (ClassCastException | NullPointerException incomparable) {
                return false;
            }
        }

        /** Returns the sum of the elements' hash codes. */
        @Override
        public int hashCode() {
            int sum = 0;
            for (T element : this) {
                sum += element.hashCode();
            }
            return sum;
        }
    }

    private static final class ViewIterator<K, V, T> implements Iterator<T> {
        private final MapView<K, V, T> view;
        private final EntryWalk<K, V> walk;
        private boolean ahead;
        private @Nullable K last;

        ViewIterator(MapView<K, V, T> view) {
            this.view = view;
            walk = new EntryWalk<>(view.map);
        }

        @Override
        public boolean hasNext() {
            ahead = ahead || walk.advance();
            return ahead;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            ahead = false;
            K key = walk.key();
            last = key;
            return view.element(key, walk.value());
        }

        @Override
        public void remove() {
            K key = last;
            if (key == null) {
                throw new IllegalStateException("no entry to remove: call next first");
            }
            last = null;
            view.map.remove(key);
        }
    }
}
