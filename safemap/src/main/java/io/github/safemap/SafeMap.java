package io.github.safemap;

import io.github.safemap.core.engine.ShardPolicy;
import io.github.safemap.core.engine.Shards;
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
 * A thread-safe map that gives its memory back after mass deletes, and whose pauses do not grow with it.
 *
 * <p><b>Single keys.</b> Each method of {@link Map} and {@link ConcurrentMap} that names one key is
 * atomic. What a thread did before it put a value <i>happens-before</i> what another does after it got
 * that value.
 *
 * <p><b>Reads</b> take no lock, write to no shared memory, and wait for nobody. A read that meets a
 * change of its bucket looks again.
 *
 * <p><b>Writes</b> hold one bucket of a few entries, for tens of nanoseconds; writers of other buckets
 * do not wait. {@code hashCode} and {@code equals} are called before anything is held, and may throw, or
 * use the map. (An {@code equals} that adds and removes entries of its own bucket whenever it is called
 * keeps a write from ever ending.)
 *
 * <p><b>Equal hash codes.</b> Keys that share a hash code are compared one by one. If there are 32 or more, and
 * their class implements {@code Comparable} of itself, they are sorted, and an operation compares with about
 * the logarithm of their number; their {@code compareTo} should agree with {@code equals}.
 *
 * <p><b>Functions</b> given to {@code compute}, {@code computeIfAbsent}, {@code computeIfPresent} and
 * {@code merge} are called at most once in each call, while only <i>their key</i> is held: readers of it
 * see the old value, writers of it wait, parked, and everything else goes on. A function may read and
 * change any other key, and may take its time. If it would have to wait for itself (it writes to its own
 * key), or threads would wait for each other's keys in a circle, an {@link IllegalStateException} that
 * names the key is thrown. A function that throws leaves its entry as it was. {@code computeIfAbsent} of
 * a key that is there costs what {@link #get} does.
 *
 * <p><b>Memory.</b> The entries are spread over shards, 16 unless set otherwise, each with a table of its
 * own that comes with its first entry, grows at 6.5 entries a bucket, and shrinks: when more than {@link
 * SafeMapBuilder#shrinkThreshold} entries have been deleted since it was built, by whichever method, and
 * what survives would fill no more than half of a smaller table, it is rebuilt to fit. Growing and
 * shrinking move the entries of a few buckets with each write to the shard; what writes leave undone is
 * done on an executor ({@link SafeMapBuilder#executor}). A removed key or value is not held on to.
 *
 * <p><b>The whole map.</b> {@link #clear} is atomic, and takes time that does not depend on the number of
 * entries. {@link #size} and {@link #isEmpty} are exact while nobody writes, and never say less than what
 * was there at some moment of the call; a thread that has just put an entry does not see an empty map.
 * {@link #containsValue}, {@link #putAll}, {@link #replaceAll}, {@link #forEach}, {@code equals} and
 * {@code toString} go from entry to entry, and may see or miss what is changed meanwhile.
 *
 * <p><b>Iterators</b> are weakly consistent: they never throw {@link
 * java.util.ConcurrentModificationException}, return a key at most once, one that was there from
 * beginning to end exactly once, and one that was removed before they came to it not at all, however much
 * the map grows, shrinks or is cleared meanwhile. The order is random. {@code removeIf} of a view never
 * removes a value that came after its test.
 *
 * <p><b>Nulls</b>, as keys, values or functions, are refused with a {@link NullPointerException} that
 * names the argument.
 *
 * <p>The table is Go's classic map ({@code runtime/map.go}); the idea of counting deletions and moving
 * the survivors is that of go-zero's {@code SafeMap}. {@code docs/memory-model.md} has the argument that
 * it is right, {@code docs/consistency.md} what each method promises.
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

    /**
     * {@inheritDoc}
     *
     * <p>Takes no lock, writes nothing, and waits for nobody.
     *
     * @throws NullPointerException if the key is null
     */
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

    /**
     * {@inheritDoc}
     *
     * @throws NullPointerException if the key or the value is null
     * @throws IllegalStateException if a function that is computing this key, or one in a circle of such
     *     functions, makes the call
     */
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

    /**
     * {@inheritDoc}
     *
     * <p>The function runs while only this key is held, and only if the key is not there. It is called once at most.
     *
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the key is held by the calling thread, or by one that waits for a
     *     key which the calling thread holds
     */
    @Override
    public @Nullable V computeIfAbsent(
            K key, Function<? super K, ? extends @Nullable V> mappingFunction) {
        Objects.requireNonNull(mappingFunction, "mappingFunction");
        V present = get(key);
        return present != null
                ? present
                : compute(key, old -> mappingFunction.apply(key), Shards.INSERT);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The function runs while only this key is held, and only if the key is there. It is called once at most.
     *
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the key is held by the calling thread, or by one that waits for a
     *     key which the calling thread holds
     */
    @Override
    public @Nullable V computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(
                key,
                old -> remappingFunction.apply(key, Objects.requireNonNull(old)),
                Shards.REPLACE);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The function runs while only this key is held. It is called once at most.
     *
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the key is held by the calling thread, or by one that waits for a
     *     key which the calling thread holds
     */
    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(
                key, old -> remappingFunction.apply(key, old), Shards.INSERT + Shards.REPLACE);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The function runs while only this key is held, and only if the key is there. It is called once at most.
     *
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the key is held by the calling thread, or by one that waits for a
     *     key which the calling thread holds
     */
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

    /**
     * Removes every entry, at one moment, and gives back the tables. Takes constant time. A call of
     * {@code compute} that is under way is ordered before it, and its result dropped.
     */
    @Override
    public void clear() {
        setShardsVolatile(new Shards(policy));
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

    Shards getShardsAcquire() {
        return (Shards) SHARDS.getAcquire(this);
    }

    private void setShardsVolatile(Shards fresh) {
        SHARDS.setVolatile(this, fresh);
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
