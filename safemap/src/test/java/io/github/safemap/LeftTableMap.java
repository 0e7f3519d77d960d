package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.Waiting;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The broken twin of tests that resize: a map whose entries move to a new table at each {@link #trim} and {@link
 * #clear}. Once, it makes a mistake. Then its thread waits until another thread has come, so the fault shows in
 * each run. Otherwise it is right: all writes are synchronized.
 */
final class LeftTableMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
    /** The mistakes. */
    enum Fault {
        /** {@code trim} publishes a new table before it fills it, and a reader misses a key. */
        EMPTY_TABLE,
        /** {@code put} counts a key, but stores it into a table that another thread has just left. */
        LOST_STORE
    }

    private final Fault fault;
    private final Predicate<Object> keys;
    private volatile Map<K, V> table = new ConcurrentHashMap<>();
    private int count;
    private final CountDownLatch missed = new CountDownLatch(1);
    private final AtomicBoolean lost = new AtomicBoolean();

    /**
     * Creates an empty map.
     *
     * @param keys which keys the mistake must be made with; for {@code EMPTY_TABLE}, keys that are there throughout
     */
    LeftTableMap(Fault fault, Predicate<Object> keys) {
        this.fault = fault;
        this.keys = keys;
    }

    /** Moves the entries to a new table. */
    synchronized void trim() {
        Map<K, V> old = table;
        Map<K, V> fresh = new ConcurrentHashMap<>();
        if (fault == Fault.EMPTY_TABLE && missed.getCount() > 0) {
            table = fresh;
            try {
                assertTrue(missed.await(60, TimeUnit.SECONDS), "no reader came");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        fresh.putAll(old);
        table = fresh;
    }

    @Override
    public synchronized void clear() {
        count -= table.size();
        table = new ConcurrentHashMap<>();
    }

    @Override
    public V put(K key, V value) {
        if (fault == Fault.LOST_STORE && keys.test(key) && lost.compareAndSet(false, true)) {
            Map<K, V> left = table;
            Waiting.until(() -> table != left);
            left.put(key, value);
            count(1);
            return null;
        }
        return store(key, value);
    }

    private synchronized V store(K key, V value) {
        V old = table.put(key, value);
        count += old == null ? 1 : 0;
        return old;
    }

    private synchronized void count(int entries) {
        count += entries;
    }

    @Override
    public synchronized V remove(Object key) {
        V old = table.remove(key);
        count -= old == null ? 0 : 1;
        return old;
    }

    @Override
    public synchronized V putIfAbsent(K key, V value) {
        V old = table.get(key);
        return old == null ? store(key, value) : old;
    }

    @Override
    public synchronized boolean remove(Object key, Object value) {
        return value != null && value.equals(table.get(key)) && remove(key) != null;
    }

    @Override
    public synchronized boolean replace(K key, V oldValue, V newValue) {
        return oldValue.equals(table.get(key)) && table.put(key, newValue) != null;
    }

    @Override
    public synchronized V replace(K key, V value) {
        return table.containsKey(key) ? table.put(key, value) : null;
    }

    @Override
    public V get(Object key) {
        V value = table.get(key);
        if (value == null && keys.test(key)) {
            missed.countDown();
        }
        return value;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public synchronized int size() {
        return count;
    }

    /** Returns a copy. */
    @Override
    public Set<Entry<K, V>> entrySet() {
        Map<K, V> copy = new HashMap<>(table);
        if (copy.isEmpty()) {
            missed.countDown();
        }
        return copy.entrySet();
    }
}
