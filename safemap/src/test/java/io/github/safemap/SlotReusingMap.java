package io.github.safemap;

import io.github.safemap.core.engine.Waiting;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The broken twin of tests that read beside writers: it gives the slot of a removed key to the next key, although
 * a reader may still look at it. A reader of a key that comes and goes waits until that has happened, so the
 * fault shows in each run.
 */
final class SlotReusingMap<K, V> extends AbstractMap<K, V> {
    private final Map<K, AtomicReference<Entry<K, V>>> slots = new ConcurrentHashMap<>();

    /** The last one is reused first. So keys that come in the order in which they went get other slots. */
    private final Deque<AtomicReference<Entry<K, V>>> free = new ArrayDeque<>();

    private final Predicate<Object> comesAndGoes;

    /**
     * Creates an empty map.
     *
     * @param comesAndGoes whether a key is inserted and removed, again and again, until the test is over
     */
    SlotReusingMap(Predicate<Object> comesAndGoes) {
        this.comesAndGoes = comesAndGoes;
    }

    @Override
    public V get(Object key) {
        boolean waits = comesAndGoes.test(key);
        if (waits) {
            Waiting.until(() -> slots.containsKey(key));
        }
        AtomicReference<Entry<K, V>> slot = slots.get(key);
        if (slot == null) {
            return null;
        }
        if (waits) {
            Waiting.until(() -> !slot.get().getKey().equals(key));
        }
        return slot.get().getValue();
    }

    @Override
    public synchronized V put(K key, V value) {
        AtomicReference<Entry<K, V>> slot = slots.get(key);
        V old = slot == null ? null : slot.get().getValue();
        if (slot == null) {
            slot = free.isEmpty() ? new AtomicReference<>() : free.pop();
        }
        slot.set(Map.entry(key, value));
        slots.put(key, slot);
        return old;
    }

    @Override
    public synchronized V remove(Object key) {
        AtomicReference<Entry<K, V>> slot = slots.remove(key);
        if (slot == null) {
            return null;
        }
        free.push(slot);
        return slot.get().getValue();
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        throw new UnsupportedOperationException();
    }
}
