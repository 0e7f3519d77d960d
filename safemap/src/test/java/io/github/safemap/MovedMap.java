package io.github.safemap;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The broken twin of the model tests: a {@link SafeMap} in a wrapper. The wrapper is right until the shards
 * have been rebuilt a few times. Then it makes one mistake.
 */
final class MovedMap<K, V> extends AbstractMap<K, V> {
    /** The mistakes. */
    enum Fault {
        /** One update of a present key is lost. */
        LOSES_AN_UPDATE,
        /** One removal is reported but not done. */
        LOSES_A_REMOVAL,
        /** An iterator that has seen a move returns its last key again. */
        ITERATES_TWICE,
        /** An iterator that has seen a move skips a key. */
        ITERATOR_SKIPS
    }

    private static final int MOVES = 3;

    private final SafeMap<K, V> map;
    private final Fault fault;
    private boolean made;

    MovedMap(SafeMap<K, V> map, Fault fault) {
        this.map = map;
        this.fault = fault;
    }

    /** Returns whether to make the mistake now. It is made once. */
    private boolean isDue(Fault kind) {
        return fault == kind && !made && observedMoves() >= MOVES;
    }

    private long observedMoves() {
        SafeMapStats stats = map.stats();
        return stats.growths() + stats.cleanings() + stats.shrinks() + stats.splits() + stats.merges();
    }

    @Override
    public V get(Object key) {
        return map.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return map.containsKey(key);
    }

    @Override
    public V put(K key, V value) {
        V present = map.get(key);
        if (present != null && !present.equals(value) && isDue(Fault.LOSES_AN_UPDATE)) {
            made = true;
            return present;
        }
        return map.put(key, value);
    }

    @Override
    public V remove(Object key) {
        V present = map.get(key);
        if (present != null && isDue(Fault.LOSES_A_REMOVAL)) {
            made = true;
            return present;
        }
        return map.remove(key);
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<K, V>> iterator() {
                return new FaultyIterator(map.entrySet().iterator());
            }

            @Override
            public int size() {
                return map.size();
            }

            @Override
            public void clear() {
                map.clear();
            }
        };
    }

    private final class FaultyIterator implements Iterator<Map.Entry<K, V>> {
        private final Iterator<Map.Entry<K, V>> entries;
        private final long movesBefore = observedMoves();
        private Map.Entry<K, V> returned;

        FaultyIterator(Iterator<Map.Entry<K, V>> entries) {
            this.entries = entries;
        }

        private boolean errs(Fault kind) {
            if (returned == null || observedMoves() == movesBefore || !isDue(kind)) {
                return false;
            }
            made = true;
            return true;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Map.Entry<K, V> next() {
            if (errs(Fault.ITERATES_TWICE)) {
                return returned;
            }
            Map.Entry<K, V> entry = entries.next();
            if (entries.hasNext() && errs(Fault.ITERATOR_SKIPS)) {
                entry = entries.next();
            }
            returned = entry;
            return entry;
        }

        @Override
        public void remove() {
            entries.remove();
        }
    }
}
