package io.github.safemap;

import io.github.safemap.core.engine.ShardPolicy;
import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.Table;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A thread-safe map that gives its memory back after mass deletes.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class SafeMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
    private final ShardPolicy policy;

    @SuppressWarnings("unused") // through SHARDS
    private Shards shards;

    /** Creates an empty map with the default settings. */
    public SafeMap() {
        this(builder().policy());
    }

    SafeMap(ShardPolicy policy) {
        this.policy = policy;
        this.shards = new Shards(policy);
    }

    /**
     * Returns a builder, for a map with other settings than the default ones.
     *
     * @return the builder
     */
    public static SafeMapBuilder builder() {
        return new SafeMapBuilder();
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(Object key) {
        return (V) getShardsAcquire().get(key, hashCodeOf(key));
    }

    private static int hashCodeOf(Object key) {
        return Objects.requireNonNull(key, "key").hashCode();
    }

    @SuppressWarnings("unchecked")
    private @Nullable V write(
            Object key, @Nullable Object expected, @Nullable Object value, int mode) {
        return (V) getShardsAcquire().write(key, hashCodeOf(key), expected, value, mode);
    }

    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = get(key);
        return value == null ? defaultValue : value;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public boolean containsValue(Object value) {
        return super.containsValue(Objects.requireNonNull(value, "value"));
    }

    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, Shards.INSERT + Shards.REPLACE);
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, Shards.INSERT);
    }

    @Override
    public @Nullable V remove(Object key) {
        return write(key, null, null, Shards.REPLACE);
    }

    @Override
    public boolean remove(Object key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        return value != null && write(key, value, null, Shards.REPLACE) != null;
    }

    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, Shards.REPLACE);
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        return write(key, oldValue, newValue, Shards.REPLACE) != null;
    }

    @Override
    public @Nullable V computeIfAbsent(
            K key, Function<? super K, ? extends @Nullable V> mappingFunction) {
        Objects.requireNonNull(mappingFunction, "mappingFunction");
        V present = get(key);
        return present != null
                ? present
                : compute(key, old -> mappingFunction.apply(key), Shards.INSERT);
    }

    @Override
    public @Nullable V computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(
                key,
                old -> remappingFunction.apply(key, Objects.requireNonNull(old)),
                Shards.REPLACE);
    }

    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(
                key, old -> remappingFunction.apply(key, old), Shards.INSERT + Shards.REPLACE);
    }

    @Override
    public @Nullable V merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(
                key,
                old -> old == null ? value : remappingFunction.apply(old, value),
                Shards.INSERT + Shards.REPLACE);
    }

    @SuppressWarnings("unchecked")
    private @Nullable V compute(Object key, Function<@Nullable V, @Nullable V> function, int mode) {
        return (V)
                getShardsAcquire()
                        .compute(key, hashCodeOf(key), old -> function.apply((V) old), mode);
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        for (Entry<K, V> entry : entrySet()) {
            computeIfPresent(
                    entry.getKey(),
                    (key, value) -> Objects.requireNonNull(function.apply(key, value), "new value"));
        }
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        for (Entry<K, V> entry : entrySet()) {
            action.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public int size() {
        return (int) Math.min(mappingCount(), Integer.MAX_VALUE);
    }

    /**
     * Returns the number of entries, also when it is more than an {@code int} holds.
     *
     * @return the number of entries
     */
    public long mappingCount() {
        return getShardsAcquire().size();
    }

    @Override
    public boolean isEmpty() {
        return mappingCount() == 0;
    }

    /** Removes every entry and gives back the tables. */
    @Override
    public void clear() {
        setShardsRelease(new Shards(policy));
    }

    /**
     * Gives back what memory the tables do not need for the entries they have now, without waiting for
     * deletions to add up. Takes time in the size of the tables; other threads go on meanwhile.
     */
    public void trim() {
        getShardsAcquire().trim();
    }

    @Override
    public Set<K> keySet() {
        return new SafeMapViews.Keys<>(this);
    }

    @Override
    public Collection<V> values() {
        return new SafeMapViews.Values<>(this);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new SafeMapViews.Entries<>(this);
    }

    /** Returns the number of shards, for iterators. */
    int shardCount() {
        return 1 << policy.shardBits();
    }

    /** Returns the oldest table of a shard as it is now, for iterators. */
    Table table(int shard) {
        return getShardsAcquire().getTableAcquire(shard);
    }

    Shards getShardsAcquire() {
        return (Shards) SHARDS.getAcquire(this);
    }

    private void setShardsRelease(Shards fresh) {
        SHARDS.setRelease(this, fresh);
    }

    private static final VarHandle SHARDS;

    static {
        try {
            SHARDS = MethodHandles.lookup().findVarHandle(SafeMap.class, "shards", Shards.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
