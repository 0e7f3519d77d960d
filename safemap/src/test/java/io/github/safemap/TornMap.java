package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The broken twin of the atomicity tests: a map that is safe to share, but each of its writes looks first and
 * acts later. The first two threads that write wait for each other between the two steps, so the fault shows in
 * each run. The thread that created the map never waits.
 */
final class TornMap extends AbstractMap<Integer, Integer> implements ConcurrentMap<Integer, Integer> {
    private final Map<Integer, Integer> map = new ConcurrentHashMap<>();
    private final Thread maker = Thread.currentThread();
    private final CountDownLatch gap = new CountDownLatch(2);
    private volatile int size;

    private Integer write(Integer key, Function<Integer, Integer> change) {
        Integer old = map.get(key);
        int before = size;
        Integer now = change.apply(old);
        if (!Objects.equals(old, now) || old != null) {
            meet();
        }
        if (now == null) {
            map.remove(key);
        } else {
            map.put(key, now);
        }
        size = before + (now == null ? 0 : 1) - (old == null ? 0 : 1);
        return old;
    }

    /** Returns whether two threads have been between the steps at once. */
    boolean wasTorn() {
        return gap.getCount() == 0;
    }

    private void meet() {
        if (Thread.currentThread() == maker) {
            return;
        }
        gap.countDown();
        try {
            assertTrue(gap.await(60, TimeUnit.SECONDS), "no second thread came");
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public Integer get(Object key) {
        return map.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return map.containsKey(key);
    }

    @Override
    public Integer put(Integer key, Integer value) {
        return write(key, old -> value);
    }

    @Override
    public Integer remove(Object key) {
        return write((Integer) key, old -> null);
    }

    @Override
    public Integer putIfAbsent(Integer key, Integer value) {
        return write(key, old -> old == null ? value : old);
    }

    @Override
    public boolean remove(Object key, Object value) {
        return value.equals(write((Integer) key, old -> value.equals(old) ? null : old));
    }

    @Override
    public boolean replace(Integer key, Integer oldValue, Integer newValue) {
        return oldValue.equals(write(key, old -> oldValue.equals(old) ? newValue : old));
    }

    @Override
    public Integer replace(Integer key, Integer value) {
        return write(key, old -> old == null ? null : value);
    }

    @Override
    public Integer compute(Integer key, BiFunction<? super Integer, ? super Integer, ? extends Integer> function) {
        write(key, old -> function.apply(key, old));
        return get(key);
    }

    @Override
    public Integer computeIfAbsent(Integer key, Function<? super Integer, ? extends Integer> function) {
        write(key, old -> old == null ? function.apply(key) : old);
        return get(key);
    }

    @Override
    public Integer computeIfPresent(
            Integer key, BiFunction<? super Integer, ? super Integer, ? extends Integer> function) {
        write(key, old -> old == null ? null : function.apply(key, old));
        return get(key);
    }

    @Override
    public Integer merge(
            Integer key, Integer value, BiFunction<? super Integer, ? super Integer, ? extends Integer> function) {
        write(key, old -> old == null ? value : function.apply(old, value));
        return get(key);
    }

    @Override
    public void replaceAll(BiFunction<? super Integer, ? super Integer, ? extends Integer> function) {
        for (Integer key : map.keySet()) {
            computeIfPresent(key, function);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Integer> keySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Integer> iterator() {
                return map.keySet().iterator();
            }

            @Override
            public int size() {
                return TornMap.this.size();
            }

            @Override
            public boolean remove(Object key) {
                return TornMap.this.remove(key) != null;
            }
        };
    }

    @Override
    public Set<Entry<Integer, Integer>> entrySet() {
        return map.entrySet();
    }
}
