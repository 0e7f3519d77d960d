package io.github.safemap.core;

import io.github.safemap.core.engine.WriteThroughEntry;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Go's classic runtime map as a {@link Map} for one thread at a time. It has buckets of eight slots, tophash
 * bytes, overflow chains, a load factor of 6.5, and growth that moves two buckets with each write.
 *
 * <pre>{@code
 * GoMap<String, Integer> ages = new GoMap<>();
 * ages.put("ada", 36);
 * ages.stats().buckets();  // 1
 * }</pre>
 *
 * <p><b>It never shrinks.</b> As in Go, the buckets stay when entries are removed, and also after {@link #clear}.
 * {@code io.github.safemap.SafeMap} is the map that gives them back.
 *
 * <p><b>Cost.</b> {@link #get}, {@link #put} and {@link #remove} take constant time on average. Even the longest of
 * them move the entries of two buckets at most, but some allocate a new array of references. {@link #clear}, {@link
 * #stats} and an iteration take time in the number of buckets, however few entries there are. If the map grows to
 * <i>n</i> times its size during an iteration, each step to another bucket takes <i>n</i> times longer. Keys of equal
 * hash codes are compared one by one.
 *
 * <p><b>Order.</b> An iteration starts at a random entry, and the order differs from map to map. The map
 * may change during an iteration, through the iterator or directly, and nothing is thrown:
 *
 * <ul>
 *   <li>Each key is returned at most once.
 *   <li>A key that was there from beginning to end is returned exactly once, with its value at that step.
 *   <li>A key that is removed before {@link Iterator#next} or {@link Iterator#hasNext} reaches it is not returned.
 *   <li>A key that is added may be returned.
 * </ul>
 *
 * <p><b>Nulls.</b> Null keys and values are refused with a {@link NullPointerException}.
 *
 * <p><b>Threads.</b> One thread at a time. As in Go, a write that meets another write throws {@link
 * ConcurrentModificationException} ("concurrent map writes"), and so does a read that meets a write
 * ("concurrent map read and map write"). This is a best effort to find mistakes, not a guarantee. While {@code
 * put} or {@code remove} compare keys, the map counts as being written, so a key's {@code equals} and {@code
 * hashCode} must not use the map. Functions given to {@code compute}, {@code merge} and the like run between
 * reads and writes, and may use it.
 *
 * <p>If a {@code hashCode}, {@code equals} or function throws, the map's entries stay as they were.
 *
 * <p>The design is that of Go's {@code runtime/map.go} (up to Go 1.23) by Keith Randall and the Go
 * authors; see NOTICE.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public final class GoMap<K, V> extends AbstractMap<K, V> {
    private final WriteFlag writeFlag = new WriteFlag();
    private final GoTable table;

    /**
     * Creates an empty map with one bucket.
     *
     * @since 0.1.0
     */
    public GoMap() {
        this(0);
    }

    /**
     * Creates an empty map with room for an expected number of entries. The number of buckets is the smallest
     * power of two with at most 6.5 entries for each bucket (or 8 entries in one). If the
     * array of buckets alone would take half of the maximum heap, the hint is ignored, as Go ignores a hint
     * that exceeds its address space.
     *
     * @param sizeHint the expected number of entries
     * @throws IllegalArgumentException if the hint is negative
     * @since 0.1.0
     */
    public GoMap(int sizeHint) {
        if (sizeHint < 0) {
            throw new IllegalArgumentException("sizeHint: " + sizeHint + " is negative");
        }
        int bits = GoTable.bitsFor(sizeHint);
        boolean credible = (4L << bits) < Runtime.getRuntime().maxMemory() / 2; // a reference has 4 bytes or 8
        table = new GoTable(credible ? bits : 0);
    }

    /**
     * Creates a map with the entries of another map.
     *
     * @param entries the entries
     * @throws NullPointerException if the map is null, or has a null key or value
     * @since 0.1.0
     */
    public GoMap(Map<? extends K, ? extends V> entries) {
        this(entries.size());
        for (Map.Entry<? extends K, ? extends V> entry : entries.entrySet()) {
            put(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(Object key) {
        int hashCode = Objects.requireNonNull(key, "key").hashCode();
        writeFlag.checkRead();
        return (V) table.get(key, hashCode);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public boolean containsValue(Object value) {
        Objects.requireNonNull(value, "value");
        return values().stream().anyMatch(each -> Objects.equals(value, each)); // the same, or equal
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        int hashCode = Objects.requireNonNull(key, "key").hashCode();
        writeFlag.claim();
        try {
            return (V) table.put(key, hashCode, value);
        } finally {
            writeFlag.release();
        }
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return super.putIfAbsent(key, Objects.requireNonNull(value, "value"));
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return super.replace(key, Objects.requireNonNull(value, "value"));
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V remove(Object key) {
        int hashCode = Objects.requireNonNull(key, "key").hashCode();
        writeFlag.claim();
        try {
            return (V) table.remove(key, hashCode);
        } finally {
            writeFlag.release();
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The main buckets stay, as in Go after a loop that deletes every key.
     *
     * @since 0.1.0
     */
    @Override
    public void clear() {
        writeFlag.claim();
        try {
            table.clear();
        } finally {
            writeFlag.release();
        }
    }

    /**
     * Returns figures about the table, for diagnosis. Takes time in the number of buckets.
     *
     * @return the current figures
     * @since 0.1.0
     */
    public GoMapStats stats() {
        writeFlag.checkRead();
        return new GoMapStats(table);
    }

    /** Returns the table. For tests that check its invariants. */
    GoTable table() {
        return table;
    }

    @Override
    public Set<K> keySet() {
        return new KeyView();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new EntryView();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof Map<?, ?> map && entrySet().equals(map.entrySet()));
    }

    @Override
    public int hashCode() {
        return entrySet().hashCode();
    }

    private final class KeyView extends AbstractSet<K> {
        @Override
        public Iterator<K> iterator() {
            return new ViewIterator<>((key, value) -> key);
        }

        @Override
        public int size() {
            return table.size();
        }

        @Override
        public boolean contains(Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return GoMap.this.remove(key) != null;
        }

        @Override
        public void clear() {
            GoMap.this.clear();
        }
    }

    private final class EntryView extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new ViewIterator<>((key, value) -> new WriteThroughEntry<>(GoMap.this, key, value));
        }

        @Override
        public int size() {
            return table.size();
        }

        @Override
        public boolean contains(Object object) {
            if (!(object instanceof Map.Entry<?, ?> entry) || entry.getKey() == null) {
                return false;
            }
            V value = get(entry.getKey());
            return value != null && Objects.equals(value, entry.getValue());
        }

        @Override
        public boolean remove(Object object) {
            return contains(object) && GoMap.this.remove(((Map.Entry<?, ?>) object).getKey()) != null;
        }

        @Override
        public void clear() {
            GoMap.this.clear();
        }
    }

    /** An iterator over one of the views. It looks one entry ahead only in {@code hasNext}. */
    private final class ViewIterator<T> implements Iterator<T> {
        private final BiFunction<K, V, T> element;
        private final GoCursor cursor;
        private boolean ahead;
        private @Nullable K last;

        ViewIterator(BiFunction<K, V, T> element) {
            this.element = element;
            writeFlag.checkRead();
            cursor = new GoCursor(table, ThreadLocalRandom.current().nextInt());
        }

        @Override
        public boolean hasNext() {
            if (!ahead) {
                writeFlag.checkRead();
                ahead = cursor.advance();
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
            return element.apply(key, value);
        }

        @Override
        public void remove() {
            K key = last;
            if (key == null) {
                throw new IllegalStateException("no entry to remove: call next first");
            }
            last = null;
            GoMap.this.remove(key);
        }
    }
}
