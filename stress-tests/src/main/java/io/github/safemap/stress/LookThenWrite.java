package io.github.safemap.stress;

import io.github.safemap.core.engine.Gap;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The broken twin of the atomicity tests: a map that is safe to share, but each of its writes looks first and
 * acts later.
 */
final class LookThenWrite<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
    private final Map<K, V> map = new ConcurrentHashMap<>();

    private @Nullable V write(K key, UnaryOperator<@Nullable V> change) {
        V old = map.get(key);
        V changed = change.apply(old);
        Gap.widen();
        if (changed == null) {
            map.remove(key);
        } else if (changed != old) {
            map.put(key, changed);
        }
        return old;
    }

    /** Writes, and returns the new value instead of the old one. */
    private @Nullable V rewrite(K key, UnaryOperator<@Nullable V> change) {
        Object[] changed = new Object[1];
        write(key, old -> {
            V value = change.apply(old);
            changed[0] = value;
            return value;
        });
        @SuppressWarnings("unchecked")
        V value = (V) changed[0];
        return value;
    }

    @Override
    public @Nullable V get(Object key) {
        return map.get(key);
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public @Nullable V put(K key, V value) {
        return write(key, old -> value);
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        return write(key, old -> old == null ? value : old);
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V remove(Object key) {
        return write((K) key, old -> null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean remove(Object key, Object value) {
        return value.equals(write((K) key, old -> value.equals(old) ? null : old));
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return write(key, old -> old == null ? null : value);
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        return expected.equals(write(key, old -> expected.equals(old) ? value : old));
    }

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return rewrite(key, old -> function.apply(key, old));
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        return rewrite(key, old -> old == null ? function.apply(key) : old);
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        return rewrite(key, old -> old == null ? value : function.apply(old, value));
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return map.entrySet();
    }
}
