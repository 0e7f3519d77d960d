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
 * A live view of a {@link SafeMap}: what all its views have in common.
 *
 * <p>The inherited {@code toArray} methods iterate and do not rely on a size. They enlarge or cut the array
 * if the iteration finds more or fewer elements.
 *
 * @param <K> the type of the map's keys
 * @param <V> the type of the map's values
 * @param <T> the type of the elements
 */
abstract class MapView<K, V, T> extends AbstractCollection<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The map behind the view. */
    final SafeMap<K, V> map;

    MapView(SafeMap<K, V> map) {
        this.map = map;
    }

    /** Returns what the view shows of an entry. */
    abstract T element(K key, V value);

    /**
     * Returns a weakly consistent iterator, in the order that {@link SafeMap} describes. Its
     * {@code remove} removes the key, whatever its value is by then.
     *
     * @return the iterator
     * @since 0.1.0
     */
    @Override
    public Iterator<T> iterator() {
        return new ViewIterator<>(this);
    }

    /**
     * Returns a weakly consistent spliterator. It splits evenly, by ranges of hashes.
     *
     * @return a spliterator that is {@code CONCURRENT}, {@code NONNULL}, and {@code DISTINCT} if this is
     *     a set
     * @since 0.1.0
     */
    @Override
    public Spliterator<T> spliterator() {
        int distinct = this instanceof Set<?> ? Spliterator.DISTINCT : 0;
        return new EntrySpliterator<>(map, this::element, distinct, 0);
    }

    /**
     * Calls the action for each element that an iteration finds, in this thread.
     *
     * @param action gets each element; runs while nothing is claimed, and may use the map
     * @throws NullPointerException if the action is null
     * @since 0.1.0
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
     * @since 0.1.0
     */
    @Override
    public int size() {
        return map.size();
    }

    /**
     * Returns whether the map is empty.
     *
     * @return whether there is no entry; see {@link SafeMap#isEmpty}
     * @since 0.1.0
     */
    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    /**
     * Returns whether each element of a collection is present. Looks them up one after the other.
     *
     * @param elements the elements; null is never present
     * @return whether all were found
     * @throws NullPointerException if the collection is null
     * @since 0.1.0
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

    /**
     * Clears the map, at one moment; see {@link SafeMap#clear}.
     *
     * @since 0.1.0
     */
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

    /** Called if a view's class does not extend this one in the stream. Then {@link #map} would be null. */
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
         * Compares this set with another. If one of them changes meanwhile, the answer may be one that
         * was never right.
         *
         * @since 0.1.0
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

        /**
         * Returns the sum of the elements' hash codes.
         *
         * @since 0.1.0
         */
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
