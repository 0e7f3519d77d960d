package io.github.safemap;

import io.github.safemap.core.engine.KeyWriter;
import io.github.safemap.core.engine.Rehearsal;
import io.github.safemap.core.engine.Resizer;
import io.github.safemap.core.engine.ShardPolicy;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A thread-safe map that gives its memory back after mass deletes. No operation stops to copy a large table.
 *
 * <pre>{@code
 * SafeMap<String, Session> sessions = new SafeMap<>();
 * sessions.put(id, session);
 * sessions.computeIfAbsent(id, Session::load).touch();
 * sessions.removeIf((key, value) -> value.isOver());  // and their memory is free
 * }</pre>
 *
 * <p>Use it like {@link java.util.concurrent.ConcurrentHashMap}. {@link #builder} makes one with other
 * settings.
 *
 * <p><b>Single keys.</b> Each method of {@link Map} and {@link ConcurrentMap} that names one key is
 * atomic. What a thread did before it put a value <i>happens-before</i> what another thread does after it got
 * that value.
 *
 * <p><b>Reads</b> take no lock, write to no shared memory, and wait for nobody.
 *
 * <p><b>Writes</b> claim the <i>shard</i> of their key: a small table of at most 512 slots (more only if so
 * many keys, not comparable, have one hash code, or in a map of some thousand million entries). They
 * claim it for a few stores, or while they copy it. Writers of other shards do not wait. {@code hashCode} and
 * {@code equals} are called before anything is claimed. They may throw, and they may use the map, with three
 * limits. A value's {@code equals} must not write its own key. If a key's {@code equals} puts another new key
 * into its own shard at every call, its write never ends. And while a key's {@code hashCode} throws, its shard
 * cannot be copied: a new key that needs room there is refused with the same exception, but everything else
 * goes on.
 *
 * <p><b>Functions</b> given to {@code compute}, {@code computeIfAbsent}, {@code computeIfPresent} and
 * {@code merge} are called at most once in each call. Meanwhile only <i>their key</i> is reserved. Its readers
 * see the old value. Its writers park, and get the key in the order in which they came, but one that waits alone
 * may be overtaken. An interrupt does not end their wait, and is kept. A function may read and change any other
 * key, and may take its time. An {@link IllegalStateException} that names the key is thrown if a write would wait for
 * itself (a function writes its own key), or if threads would wait for each other's keys in a circle.
 * If a function throws, its entry stays as it was. {@code computeIfAbsent} of a present key
 * costs as much as {@link #get}.
 *
 * <p><b>Memory.</b> A shard without usable slots is replaced by a larger one, or by two. A shard is replaced by
 * a smaller one, or merged with its neighbour, if at most a quarter of its slots are live after more than
 * {@link SafeMapBuilder#shrinkThreshold} deletions. The write that makes this due does it: there is no executor
 * and no thread, and nothing is left for later. An emptied shard keeps one bucket. A shard that many threads
 * write is split too. The map does not refer to a removed key or value. Nothing refers to the content of a
 * cleared or dropped map, but an iterator keeps at most one shard.
 *
 * <p><b>Equal hash codes.</b> Keys that share a hash code are compared one by one. If there are 16 or more, and
 * their class implements {@code Comparable} of itself, they are sorted. Then the number of comparisons in an
 * operation is about the logarithm of their number. Their {@code compareTo} should agree with {@code equals}.
 *
 * <p><b>The whole map.</b> {@link #clear} is atomic, and takes time that does not depend on the number of
 * entries. {@link #size} and {@link #isEmpty} are exact while nobody writes. Otherwise the size is never less than
 * the number of entries at some moment of the call, so a thread that has just put an entry does not see an empty map.
 * {@link #containsValue}, {@link #putAll}, {@link #replaceAll}, {@link #forEach}, {@code equals}, {@code
 * hashCode} and {@code toString} go from entry to entry, and may see or miss concurrent changes.
 *
 * <p><b>Iterators</b> are weakly consistent, however much the map grows, shrinks or is cleared meanwhile:
 *
 * <ul>
 *   <li>They never throw {@link java.util.ConcurrentModificationException}.
 *   <li>They return no key twice, and each key that was there from beginning to end exactly once.
 *   <li>They do not return a key that was removed before they came to it.
 *   <li>After a clear they continue with the new entries.
 *   <li>While the map does not change, all of them have the same order. So do its views, {@code forEach},
 *       {@code toArray}, {@code toString} and sequential streams. Each map has another order.
 * </ul>
 *
 * <p>Spliterators, and so parallel streams, promise the same for all their parts together, except for the
 * order. {@code removeIf}, on the map and on its views of values and entries, removes an entry only while its
 * value is the object that was tested. {@link #snapshot} returns a copy.
 *
 * <p><b>Values</b> are always compared by identity first, then by {@code equals}.
 *
 * <p><b>Bulk methods</b> (those with a {@code parallelismThreshold}) are an iteration, perhaps in parts: each
 * entry is given to a function once. Nothing is claimed while the functions run, so they may use and change the
 * map. If the map has about {@code parallelismThreshold} entries or more, the calls are spread over the common
 * pool, or over the fork-join pool that the caller runs in. A part has at least that many entries. So 1 gives
 * as much parallelism as possible, and {@code Long.MAX_VALUE} none. If a function throws, the method ends and
 * throws the same. If another thread ran the function, it may throw an exception of the same class with the
 * original as its cause. Work that other threads have already begun goes on.
 *
 * <p><b>Nulls</b>, as keys, values or functions, are refused with a {@link NullPointerException} that
 * names the argument.
 *
 * <p>The buckets come from Go's classic map ({@code runtime/map.go}), and the directory of small tables from
 * its newer one. The idea to count deletions and move the survivors comes from go-zero's {@code SafeMap}.
 * {@code docs/consistency.md} says what each method promises, and {@code docs/memory-model.md} has the argument
 * that it is correct.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public final class SafeMap<K, V> extends BulkOperations<K, V> implements ConcurrentMap<K, V>, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The settings, without {@code expectedSize}.
     *
     * @serialField shards int the requested number of shards, rounded up to a power of two
     * @serialField shrinkThreshold int the number of deletions in a shard that do not make it smaller
     * @serialField growOnly boolean whether shards never become smaller by themselves
     */
    @SuppressWarnings("UnusedVariable") // serialization reads it
    private static final ObjectStreamField[] serialPersistentFields = SerializedForm.fields();

    static {
        Rehearsal.run();
    }

    /**
     * Creates an empty map with the default settings. The first map of a JVM takes some milliseconds longer to
     * create than the others: it loads the classes that operations need, so that no operation has to.
     *
     * @since 0.1.0
     */
    public SafeMap() {
        this(builder().policy());
    }

    /**
     * Creates a map with the default settings and the entries of another map. It grows entry by entry, and does
     * not rely on the other map's {@code size}.
     *
     * @param entries the entries, as their {@code forEach} gives them, even if they change meanwhile
     * @throws NullPointerException if the map is null, or has a null key or value
     * @since 0.1.0
     */
    public SafeMap(Map<? extends K, ? extends V> entries) {
        this();
        putAll(entries);
    }

    SafeMap(ShardPolicy policy) {
        super(policy);
    }

    /**
     * Returns a builder for a map with other settings.
     *
     * @return the builder
     * @since 0.1.0
     */
    public static SafeMapBuilder builder() {
        return new SafeMapBuilder();
    }

    /**
     * Returns the value of a key. Takes no lock, writes nothing, and waits for nobody. While a function
     * computes the key, this is the old value.
     *
     * @param key the key
     * @return its value, or null if it has none
     * @throws NullPointerException if the key is null
     * @since 0.1.0
     */
    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V get(Object key) {
        return (V) directory.get(key, hashCodeOf(key));
    }

    private static int hashCodeOf(Object key) {
        return Objects.requireNonNull(key, "key").hashCode();
    }

    @SuppressWarnings("unchecked")
    @Nullable V write(Object key, @Nullable Object expected, @Nullable Object value, KeyWriter.Kind kind) {
        return (V) KeyWriter.write(directory, key, hashCodeOf(key), expected, value, kind);
    }

    /**
     * Returns the value of a key, or the default. Costs as much as {@link #get}.
     *
     * @param key the key
     * @param defaultValue what to return if the key is absent
     * @return the value or the default
     * @throws NullPointerException if the key is null
     * @since 0.1.0
     */
    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = get(key);
        return value == null ? defaultValue : value;
    }

    /**
     * Returns whether a key is present. Costs as much as {@link #get}, and waits for nobody.
     *
     * @param key the key
     * @return whether it has a value
     * @throws NullPointerException if the key is null
     * @since 0.1.0
     */
    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    /**
     * Returns whether some key has a value. This is an iteration, and may see or miss concurrent changes.
     *
     * @param value the value
     * @return whether the iteration found an equal value
     * @throws NullPointerException if the value is null
     * @since 0.1.0
     */
    @Override
    public boolean containsValue(Object value) {
        Objects.requireNonNull(value, "value");
        EntryWalk<K, V> walk = new EntryWalk<>(this);
        while (walk.advance()) {
            if (Objects.equals(value, walk.value())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives a key a value, atomically.
     *
     * @param key the key
     * @param value the value
     * @return the value that it had, or null
     * @throws NullPointerException if the key or the value is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, KeyWriter.Kind.PUT);
    }

    /**
     * Gives a key a value unless it has one, atomically. If it has one, this costs little more than
     * {@link #get}.
     *
     * @param key the key
     * @param value the value
     * @return the value that it had, or null if it has the new value now
     * @throws NullPointerException if the key or the value is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, KeyWriter.Kind.PUT_IF_ABSENT);
    }

    /**
     * Removes a key, atomically. Afterwards the map refers to neither key nor value.
     *
     * @param key the key
     * @return the value that it had, or null
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public @Nullable V remove(Object key) {
        return write(key, null, null, KeyWriter.Kind.REPLACE);
    }

    /**
     * Removes a key if its value equals the given one, atomically.
     *
     * @param key the key
     * @param value the value that it must have; null equals no value
     * @return whether it had that value and was removed
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public boolean remove(Object key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        return value != null && write(key, value, null, KeyWriter.Kind.REPLACE) != null;
    }

    /**
     * Gives a key another value if it has one, atomically.
     *
     * @param key the key
     * @param value the value
     * @return the value that it had, or null if it had none and still has none
     * @throws NullPointerException if the key or the value is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, KeyWriter.Kind.REPLACE);
    }

    /**
     * Gives a key another value if its value equals the given one, atomically.
     *
     * @param key the key
     * @param oldValue the value that it must have
     * @param newValue the value that it gets then
     * @return whether it had that value and now has the new one
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        return write(key, oldValue, newValue, KeyWriter.Kind.REPLACE) != null;
    }

    /**
     * Gives a key the value that a function makes, unless the key has one, atomically. If it has one, the function
     * is not called, and this costs as much as {@link #get}, even while another thread computes the key.
     *
     * <p>Otherwise the function is called once, while only this key is reserved. Readers of the key see no
     * value, writers of the key wait, and everything else goes on. The function may use the map, but not write
     * this key. If the map is cleared meanwhile, the result is dropped. If the function throws, this throws the
     * same, and the entry stays as it was.
     *
     * <p>By their types neither the function nor this method returns null. The types of {@code
     * ConcurrentHashMap} say the same (in JSpecify's annotated JDK), so that callers can use the result at
     * once. If a function returns null nevertheless, the key stays without a value.
     *
     * @param key the key
     * @param mappingFunction gets the key, and makes the value
     * @return the value that the key has now; null only if the function returned null
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    @SuppressWarnings("NullAway") // null only if the function returns null, which its type leaves out
    public V computeIfAbsent(K key, Function<? super K, ? extends V> mappingFunction) {
        Objects.requireNonNull(mappingFunction, "mappingFunction");
        V present = get(key);
        return present != null
                ? present
                : compute(key, old -> mappingFunction.apply(key), KeyWriter.Kind.PUT_IF_ABSENT);
    }

    /**
     * Replaces a key's value by what a function makes of it, or removes the key, atomically. If
     * the key is absent, the function is not called.
     *
     * <p>Otherwise the function is called once, while only this key is reserved. Readers of the key see the old
     * value, writers of the key wait, and everything else goes on. The function may use the map, but not write
     * this key. If the map is cleared meanwhile, the result is dropped. If the function throws, this throws the
     * same, and the entry stays as it was.
     *
     * @param key the key
     * @param remappingFunction gets the key and its value; makes the new value, or null to remove the key
     * @return the value that the key has now, or null if it has none
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public @Nullable V computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(key, old -> remappingFunction.apply(key, Objects.requireNonNull(old)), KeyWriter.Kind.REPLACE);
    }

    /**
     * Gives a key the value that a function makes from its value, or from null if it has none; or removes the key;
     * atomically.
     *
     * <p>The function is called once, while only this key is reserved. Readers of the key see the old value or
     * none, writers of the key wait, and everything else goes on. The function may use the map, but not write
     * this key. If the map is cleared meanwhile, the result is dropped. If the function throws, this throws the
     * same, and the entry stays as it was.
     *
     * @param key the key
     * @param remappingFunction gets the key and its value, or null if it has none; makes the new value, or
     *     null for none
     * @return the value that the key has now, or null if it has none
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(key, old -> remappingFunction.apply(key, old), KeyWriter.Kind.PUT);
    }

    /**
     * Gives an absent key a value. If the key is present, gives it what a function makes of the old and the
     * given value, or removes it. Atomic. If the key is absent, the function is not called.
     *
     * <p>Otherwise the function is called once, while only this key is reserved. Readers of the key see the old
     * value, writers of the key wait, and everything else goes on. The function may use the map, but not write
     * this key. If the map is cleared meanwhile, the result is dropped. If the function throws, this throws the
     * same, and the entry stays as it was.
     *
     * @param key the key
     * @param value the value of the key if it has none, and otherwise the function's second argument
     * @param remappingFunction gets the old value and the given one; makes the new value, or null to
     *     remove the key
     * @return the value that the key has now, or null if it has none
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread is computing this key, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return (V) KeyWriter.compute(
                directory,
                key,
                hashCodeOf(key),
                old -> old == null ? value : remappingFunction.apply((V) old, value),
                KeyWriter.Kind.PUT);
    }

    @SuppressWarnings("unchecked")
    private @Nullable V compute(Object key, Function<@Nullable V, @Nullable V> function, KeyWriter.Kind kind) {
        return (V) KeyWriter.compute(directory, key, hashCodeOf(key), old -> function.apply((V) old), kind);
    }

    /**
     * Gives each key the value that the function makes of its current one. This calls {@link #computeIfPresent}
     * for each key that an iteration finds. It is atomic for each key, not for the map. If the function throws,
     * this ends and throws the same; keys before that one have their new values.
     *
     * @param function gets each key and its value, and returns the new value; is called once for each
     *     key, while the key is reserved
     * @throws NullPointerException if the function is null or returns null
     * @throws IllegalStateException if the calling thread is computing one of the keys, or would wait in a circle
     * @since 0.1.0
     */
    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        EntryWalk<K, V> walk = new EntryWalk<>(this);
        while (walk.advance()) {
            computeIfPresent(
                    walk.key(), (key, value) -> Objects.requireNonNull(function.apply(key, value), "new value"));
        }
    }

    /**
     * Calls the action for each entry that an iteration finds, in this thread. If the action throws, this ends and
     * throws the same.
     *
     * @param action gets each key and its value; runs while nothing is claimed, and may use the map
     * @throws NullPointerException if the action is null
     * @since 0.1.0
     */
    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        EntryWalk<K, V> walk = new EntryWalk<>(this);
        while (walk.advance()) {
            action.accept(walk.key(), walk.value());
        }
    }

    /**
     * Removes the entries that the filter accepts. This is atomic for each entry: it is removed only while its
     * value is the object that was tested. If another value has replaced that object meanwhile, even an equal
     * one, the entry stays. A removal waits for a function that computes its key. If the filter throws, this
     * ends and throws the same; entries that it accepted before have been removed.
     *
     * @param filter gets each key and its value; runs while nothing is claimed, and may use the map
     * @return whether an entry was removed
     * @throws NullPointerException if the filter is null
     * @throws IllegalStateException if the calling thread is computing a key that is to be removed, or would wait
     *     in a circle
     * @since 0.1.0
     */
    public boolean removeIf(BiPredicate<? super K, ? super V> filter) {
        Objects.requireNonNull(filter, "filter");
        return BulkRemoval.removeIf(this, filter);
    }

    /**
     * Puts the entries of another map, one after the other. This is atomic for each entry, not for all.
     *
     * @param entries the entries, as their {@code forEach} gives them
     * @throws NullPointerException if the map is null, or has a null key or value; entries before that one
     *     are put
     * @throws IllegalStateException as {@link #put} does; entries before that one are put
     * @since 0.1.0
     */
    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        Objects.requireNonNull(entries, "entries").forEach(this::put);
    }

    /**
     * Returns the number of entries, at most {@link Integer#MAX_VALUE}. {@link #mappingCount} has no
     * limit.
     *
     * @return the number; while others write, never less than the number at some moment of the call
     * @since 0.1.0
     */
    @Override
    public int size() {
        return (int) Math.min(mappingCount(), Integer.MAX_VALUE);
    }

    @Override
    public long mappingCount() {
        return directory.size();
    }

    /**
     * Returns whether there is no entry. Returns {@code true} only if that was so at some moment of the call.
     *
     * @return whether the map is empty
     * @since 0.1.0
     */
    @Override
    public boolean isEmpty() {
        return mappingCount() == 0;
    }

    /**
     * Removes all entries at one moment. Gives back all memory, except for the {@linkplain
     * SafeMapBuilder#shards shards} that the map started with. The time depends only on their number. A running
     * {@code compute} is ordered before this, and its result is dropped. Running iterations
     * continue with the new entries.
     *
     * @since 0.1.0
     */
    @Override
    public void clear() {
        directory.clear();
    }

    /**
     * Gives back the memory that the shards do not need for their current entries, without waiting for
     * more deletions. Takes time in the number of entries. Other threads go on meanwhile. If a key's
     * {@code hashCode} throws, this ends and throws the same.
     *
     * @since 0.1.0
     */
    public void trim() {
        Resizer.trim(directory);
    }

    /**
     * Returns figures about the shards, for monitoring. Locks nothing. Takes time in the size of the map: one load
     * for eight slots.
     *
     * @return the current figures, approximately
     * @since 0.1.0
     */
    public SafeMapStats stats() {
        return new SafeMapStats(directory);
    }

    /**
     * Returns an unmodifiable copy. Each shard is copied at one moment.
     *
     * <p>So of two changes in one shard, the copy never has the second without the first. <i>Across shards</i>
     * it may, because shards are copied one after the other. In any case the copy has everything that was done
     * before the call, and nothing that was done after its return. A map of more than 112 entries, or one that
     * many threads have written, usually has several shards, whatever number it started with. If the map is
     * cleared meanwhile, the copy may have some entries from before the clear and some from after.
     *
     * <p>Readers go on meanwhile. Writers of a shard wait while its entries are copied, at most about
     * 450. Writers of other shards do not wait. The copy takes the memory of a {@link
     * java.util.HashMap}. For a key that is being computed it has the old value.
     *
     * @return the copy, without an order
     * @since 0.1.0
     */
    public Map<K, V> snapshot() {
        return Snapshot.of(directory);
    }

    /**
     * Returns a live view of the keys that does not support adding. Its {@code removeIf}, {@code
     * removeAll} and {@code retainAll} remove a key whatever its value is by then.
     *
     * @return the view
     * @since 0.1.0
     */
    @Override
    public KeySetView<K, V> keySet() {
        return new KeySetView<>(this, null);
    }

    /**
     * Returns a live view of the keys that supports adding.
     *
     * @param mappedValue the value of added keys
     * @return the view
     * @throws NullPointerException if the value is null
     * @since 0.1.0
     */
    public KeySetView<K, V> keySet(V mappedValue) {
        return new KeySetView<>(this, Objects.requireNonNull(mappedValue, "mappedValue"));
    }

    /**
     * Creates a set: the keys of a new map with the default settings. For other settings, use {@link
     * #keySet(Object) keySet(true)} of a map from the {@link #builder}.
     *
     * @param <T> the type of the elements
     * @return an empty set
     * @since 0.1.0
     */
    public static <T> KeySetView<T, Boolean> newKeySet() {
        return newKeySet(0);
    }

    /**
     * Creates a set: the keys of a new map with this {@linkplain SafeMapBuilder#expectedSize expected
     * size}.
     *
     * @param <T> the type of the elements
     * @param expectedSize the expected number of elements
     * @return an empty set
     * @throws IllegalArgumentException if the number is negative
     * @since 0.1.0
     */
    public static <T> KeySetView<T, Boolean> newKeySet(int expectedSize) {
        SafeMap<T, Boolean> map = builder().expectedSize(expectedSize).build();
        return map.keySet(Boolean.TRUE);
    }

    /**
     * Returns a live view of the values. Its {@code remove}, {@code removeIf}, {@code removeAll} and
     * {@code retainAll} remove an entry only while its value is the object that was tested. Its
     * iterator's {@code remove} removes the key, whatever its value is by then.
     *
     * @return the view
     * @since 0.1.0
     */
    @Override
    public Collection<V> values() {
        return new SafeMapViews.Values<>(this);
    }

    /**
     * Returns a live view of the entries. Its {@code removeIf} and {@code retainAll} remove an entry only
     * while its value is the object that was tested. Its {@code remove} and {@code removeAll} do so only
     * while the value equals the given one; {@code removeAll} of a set that is larger than the map only while it is
     * the object that was tested. Its iterator's {@code remove} does so whatever the value is by then.
     *
     * <p>An entry that the view returns keeps its key and value of that moment. Its {@code setValue}
     * atomically replaces the value in the map, whatever that is by then, and returns the value that the
     * entry had. If the key has been removed, it stays removed.
     *
     * @return the view
     * @since 0.1.0
     */
    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new SafeMapViews.Entries<>(this);
    }

    /**
     * Returns whether another map has equal entries. Values are compared by identity first, then by {@code
     * equals}. If one of the maps changes meanwhile, the answer may be one that was never right.
     *
     * @since 0.1.0
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof Map<?, ?> map && entrySet().equals(map.entrySet()));
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /**
     * Writes the settings, and the entries that an iteration finds.
     *
     * @serialData each key followed by its value; then null
     * @param out the stream
     * @throws IOException if a key or value cannot be written
     */
    private void writeObject(ObjectOutputStream out) throws IOException {
        SerializedForm.write(out, this, directory.policy());
    }

    /**
     * Reads the settings and the entries.
     *
     * @param in the stream
     * @throws IOException if a setting is not allowed, a value is null, a key comes twice, or the stream
     *     is otherwise broken
     * @throws ClassNotFoundException if there is no class for a key or value
     */
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        directory.restart(SerializedForm.readPolicy(in));
        SerializedForm.readEntries(in, this);
    }
}
