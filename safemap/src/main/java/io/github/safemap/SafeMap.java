package io.github.safemap;

import io.github.safemap.core.engine.Rehearsal;
import io.github.safemap.core.engine.Resizing;
import io.github.safemap.core.engine.ShardPolicy;
import io.github.safemap.core.engine.Writing;
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
 * A thread-safe map that gives its memory back after mass deletes, and whose pauses do not grow with it.
 *
 * <pre>{@code
 * SafeMap<String, Session> sessions = new SafeMap<>();
 * sessions.put(id, session);
 * sessions.computeIfAbsent(id, Session::load).touch();
 * sessions.removeIf((key, value) -> value.isOver());  // and their memory is free
 * }</pre>
 *
 * <p>It is used like {@link java.util.concurrent.ConcurrentHashMap}. {@link #builder} makes one with other
 * settings.
 *
 * <p><b>Single keys.</b> Each method of {@link Map} and {@link ConcurrentMap} that names one key is
 * atomic. What a thread did before it put a value <i>happens-before</i> what another does after it got
 * that value.
 *
 * <p><b>Reads</b> take no lock, write to no shared memory, and wait for nobody.
 *
 * <p><b>Writes</b> claim the <i>shard</i> that the key is in: a small table of at most 512 slots.
 * They claim it for a few stores, or while they copy it; writers of other shards do not wait. {@code hashCode}
 * and {@code equals} are called before anything is claimed, and may throw, or use the map. (An {@code equals}
 * that puts another new key into its own shard whenever it is called keeps a write from ever ending. As long as
 * a key's {@code hashCode} throws, its shard cannot be copied: a new key that needs room there is refused with
 * what was thrown, and all else goes on.)
 *
 * <p><b>Functions</b> given to {@code compute}, {@code computeIfAbsent}, {@code computeIfPresent} and
 * {@code merge} are called at most once in each call, while only <i>their key</i> is reserved: readers of it
 * see the old value, and everything else goes on. Writers of the key wait, parked, and get it in the order in
 * which they came; an interrupt does not end their wait, and is kept. A function may read and change any other
 * key, and may take its time. If it would have to wait for itself (it writes to its own key), or threads
 * would wait for each other's keys in a circle, an {@link IllegalStateException} that names the key is
 * thrown. A function that throws leaves its entry as it was. {@code computeIfAbsent} of a key that is there
 * costs what {@link #get} does.
 *
 * <p><b>Memory.</b> A shard whose slots are used up is replaced by a larger one, or by two; one of which no more
 * than a quarter of the slots live, after more than {@link SafeMapBuilder#shrinkThreshold} deletions, by a
 * smaller one, or together with its neighbour by one. The write that makes this due does it: there is no
 * executor, no thread, and nothing that is left for later. A shard over which threads fight is divided, too. A
 * removed key or value is not held on to, nor is what a map held that was cleared or dropped; an iterator keeps
 * one shard's worth at most.
 *
 * <p><b>Equal hash codes.</b> Keys that share a hash code are compared one by one. If there are 16 or more,
 * and their class implements {@code Comparable} of itself, they are sorted, and an operation compares with
 * about the logarithm of their number; their {@code compareTo} should agree with {@code equals}.
 *
 * <p><b>The whole map.</b> {@link #clear} is atomic, and takes time that does not depend on the number of
 * entries. {@link #size} and {@link #isEmpty} are exact while nobody writes, and never say less than what
 * was there at some moment of the call; a thread that has just put an entry does not see an empty map.
 * {@link #containsValue}, {@link #putAll}, {@link #replaceAll}, {@link #forEach}, {@code equals}, {@code
 * hashCode} and {@code toString} go from entry to entry, and may see or miss what is changed meanwhile.
 *
 * <p><b>Iterators</b> are weakly consistent: they never throw {@link
 * java.util.ConcurrentModificationException}, return a key at most once, one that was there from
 * beginning to end exactly once, and one that was removed before they came to it not at all, however much
 * the map grows, shrinks or is cleared meanwhile. After a clear they go on with what has come since. While the
 * map does not change they all take the same order, and so do its views, {@code forEach}, {@code toArray},
 * {@code toString} and sequential streams; it is another order in each map. Spliterators, and so parallel
 * streams, promise the same for all their parts together, but for the order. {@code removeIf}, of the map and of
 * its views of values and entries, never removes a value that came after its test, unless it is the very
 * object that was tested. For a copy there is {@link #snapshot}.
 *
 * <p><b>Values</b> are compared by identity first, then by {@code equals}, wherever they are compared.
 *
 * <p><b>Bulk methods</b> (those with a {@code parallelismThreshold}) are an iteration, perhaps in parts: each
 * entry is given to a function once. The functions run while nothing is held, and may use the map and change
 * it. If there are at least {@code parallelismThreshold} entries, by estimate, the calls are spread over the
 * common pool, or the fork-join pool that the caller runs in, in parts of no fewer entries than that: 1 for as
 * much parallelism as there is, {@code Long.MAX_VALUE} for none. What a function throws ends the method,
 * which throws it, or from another thread's part perhaps one of the same class with it as the cause; what
 * other threads have been given to do goes on.
 *
 * <p><b>Nulls</b>, as keys, values or functions, are refused with a {@link NullPointerException} that
 * names the argument.
 *
 * <p>The buckets are those of Go's classic map ({@code runtime/map.go}), the directory of small tables that of
 * its newer one; the idea of counting deletions and moving the survivors is that of go-zero's {@code SafeMap}.
 * {@code docs/memory-model.md} has the argument that it is right, {@code docs/consistency.md} what each method
 * promises.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public final class SafeMap<K, V> extends BulkOperations<K, V> implements ConcurrentMap<K, V>, Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * The settings, but {@code expectedSize}.
     *
     * @serialField shards int the number of shards that was asked for, rounded up to a power of two
     * @serialField shrinkThreshold int the deletions a shard that do not make it smaller
     * @serialField growOnly boolean whether shards never become smaller by themselves
     */
    @SuppressWarnings("UnusedVariable") // serialization reads it
    private static final ObjectStreamField[] serialPersistentFields = SerializedForm.fields();

    static {
        Rehearsal.run();
    }

    /** Creates an empty map with the default settings. */
    public SafeMap() {
        this(builder().policy());
    }

    /**
     * Creates a map with the default settings and the entries of another. It grows with the entries that come,
     * whatever the other map's {@code size} says.
     *
     * @param entries the entries; what their {@code forEach} gives, also if they are changed meanwhile
     * @throws NullPointerException if the map is null, or a key or value in it
     */
    public SafeMap(Map<? extends K, ? extends V> entries) {
        this();
        putAll(entries);
    }

    SafeMap(ShardPolicy policy) {
        super(policy);
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
     * Returns the value of a key. Takes no lock, writes nothing, and waits for nobody; while a function
     * computes the key, the value is the old one.
     *
     * @param key the key
     * @return its value, or null if it has none
     * @throws NullPointerException if the key is null
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
    @Nullable V write(Object key, @Nullable Object expected, @Nullable Object value, Writing.Kind kind) {
        return (V) Writing.write(directory, key, hashCodeOf(key), expected, value, kind);
    }

    /**
     * Returns the value of a key, or else the default. Costs what {@link #get} does.
     *
     * @param key the key
     * @param defaultValue what to return if the key is not there
     * @return the value or the default
     * @throws NullPointerException if the key is null
     */
    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = get(key);
        return value == null ? defaultValue : value;
    }

    /**
     * Returns whether a key is there. Costs what {@link #get} does, and waits for nobody.
     *
     * @param key the key
     * @return whether it has a value
     * @throws NullPointerException if the key is null
     */
    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    /**
     * Returns whether some key has a value. Takes an iteration, which may see or miss what is changed
     * meanwhile.
     *
     * @param value the value
     * @return whether the iteration found one that equals it
     * @throws NullPointerException if the value is null
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
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, Writing.Kind.PUT);
    }

    /**
     * Gives a key a value unless it has one, atomically. If it has one, this costs little more than
     * {@link #get}.
     *
     * @param key the key
     * @param value the value
     * @return the value that it had, or null if it has the new one now
     * @throws NullPointerException if the key or the value is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, Writing.Kind.PUT_IF_ABSENT);
    }

    /**
     * Removes a key, atomically. The map refers to neither key nor value afterwards.
     *
     * @param key the key
     * @return the value that it had, or null
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public @Nullable V remove(Object key) {
        return write(key, null, null, Writing.Kind.REPLACE);
    }

    /**
     * Removes a key if its value equals the given one, atomically.
     *
     * @param key the key
     * @param value the value that it must have; null is equal to none
     * @return whether it had that value, and is gone
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public boolean remove(Object key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        return value != null && write(key, value, null, Writing.Kind.REPLACE) != null;
    }

    /**
     * Gives a key another value if it has one, atomically.
     *
     * @param key the key
     * @param value the value
     * @return the value that it had, or null if it had none and has none now
     * @throws NullPointerException if the key or the value is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        return write(key, null, value, Writing.Kind.REPLACE);
    }

    /**
     * Gives a key another value if its value equals the given one, atomically.
     *
     * @param key the key
     * @param oldValue the value that it must have
     * @param newValue the value that it gets then
     * @return whether it had that value, and has the new one
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        return write(key, oldValue, newValue, Writing.Kind.REPLACE) != null;
    }

    /**
     * Gives a key the value that a function makes, unless it has one; atomically. If it has one, the function
     * is not called, and this costs what {@link #get} does, also while another thread computes the key.
     *
     * <p>Otherwise it is called once, while this key alone is reserved: readers of it see none, writers of it wait,
     * everything else goes on. It may use the map, but not write this key; the map may be cleared meanwhile,
     * and then the result is dropped. What it throws is thrown, and the entry stays as it was.
     *
     * <p>The types say that neither the function nor this returns null, as those of {@code ConcurrentHashMap} do
     * (in JSpecify's annotated JDK), so that the result can be used at once. A function that returns null
     * nevertheless leaves the key without a value.
     *
     * @param key the key
     * @param mappingFunction is given the key; makes the value
     * @return the value that the key has now; null only if the function returned null
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    @SuppressWarnings("NullAway") // null only if the function returns null, which its type leaves out
    public V computeIfAbsent(K key, Function<? super K, ? extends V> mappingFunction) {
        Objects.requireNonNull(mappingFunction, "mappingFunction");
        V present = get(key);
        return present != null ? present : compute(key, old -> mappingFunction.apply(key), Writing.Kind.PUT_IF_ABSENT);
    }

    /**
     * Gives a key that has a value the one that a function makes of it, or removes the key; atomically. If
     * the key is not there, the function is not called.
     *
     * <p>Otherwise it is called once, while this key alone is reserved: readers of it see the old value,
     * writers of it wait, everything else goes on. It may use the map, but not write this key; the map may be
     * cleared meanwhile, and then the result is dropped. What it throws is thrown, and the entry stays as it
     * was.
     *
     * @param key the key
     * @param remappingFunction is given the key and its value; makes the next one, or null to remove the key
     * @return the value that the key has now, or null if it has none
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public @Nullable V computeIfPresent(
            K key, BiFunction<? super K, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(key, old -> remappingFunction.apply(key, Objects.requireNonNull(old)), Writing.Kind.REPLACE);
    }

    /**
     * Gives a key the value that a function makes of the one that it has or has not, or removes the key;
     * atomically.
     *
     * <p>The function is called once, while this key alone is reserved: readers of it see the old value or
     * none, writers of it wait, everything else goes on. It may use the map, but not write this key; the map may
     * be cleared meanwhile, and then the result is dropped. What it throws is thrown, and the entry stays as it
     * was.
     *
     * @param key the key
     * @param remappingFunction is given the key and its value, or null if it has none; makes the next one, or
     *     null for none
     * @return the value that the key has now, or null if it has none
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    public @Nullable V compute(
            K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return compute(key, old -> remappingFunction.apply(key, old), Writing.Kind.PUT);
    }

    /**
     * Gives a key a value, or, if it has one, what a function makes of the two, or removes the key;
     * atomically. If the key is not there, the function is not called.
     *
     * <p>Otherwise it is called once, while this key alone is reserved: readers of it see the old value,
     * writers of it wait, everything else goes on. It may use the map, but not write this key; the map may be
     * cleared meanwhile, and then the result is dropped. What it throws is thrown, and the entry stays as it
     * was.
     *
     * @param key the key
     * @param value the value of the key if it has none, and otherwise the function's second argument
     * @param remappingFunction is given the old value and the given one; makes the next one, or null to
     *     remove the key
     * @return the value that the key has now, or null if it has none
     * @throws NullPointerException if an argument is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing this key
     */
    @Override
    @SuppressWarnings("unchecked")
    public @Nullable V merge(
            K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> remappingFunction) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return (V) Writing.compute(
                directory,
                key,
                hashCodeOf(key),
                old -> old == null ? value : remappingFunction.apply((V) old, value),
                Writing.Kind.PUT);
    }

    @SuppressWarnings("unchecked")
    private @Nullable V compute(Object key, Function<@Nullable V, @Nullable V> function, Writing.Kind kind) {
        return (V) Writing.compute(directory, key, hashCodeOf(key), old -> function.apply((V) old), kind);
    }

    /**
     * Gives each key the value that the function makes of its present one: {@link #computeIfPresent} for
     * each key that an iteration finds. Atomic for each key, not for the map. What the function throws ends
     * this and is thrown; keys before that one have their new values.
     *
     * @param function is given each key and its value, and returns the next one; is called once for each
     *     key, while that is reserved
     * @throws NullPointerException if the function is null or returns null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing one of
     *     the keys
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
     * Calls the action for each entry that an iteration finds, in this thread. What it throws ends this and
     * is thrown.
     *
     * @param action is given each key and its value; runs while nothing is held, and may use the map
     * @throws NullPointerException if the action is null
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
     * Removes the entries that the filter accepts. Atomic for each: an entry goes only while its value is
     * the very object that was tested; if another has replaced it meanwhile, also an equal one, it stays. A
     * removal waits for a function that is computing its key. What the filter throws ends this and is thrown;
     * entries that it has accepted before have gone.
     *
     * @param filter is given each key and its value; runs while nothing is held, and may use the map
     * @return whether an entry has gone
     * @throws NullPointerException if the filter is null
     * @throws IllegalStateException if the calling thread, or one that waits for it, is computing a key
     *     that is to go
     */
    public boolean removeIf(BiPredicate<? super K, ? super V> filter) {
        Objects.requireNonNull(filter, "filter");
        return BulkRemoval.removeIf(this, filter);
    }

    /**
     * Puts each entry of another map, one after the other: atomic for each, not for all.
     *
     * @param entries the entries; what their {@code forEach} gives
     * @throws NullPointerException if the map is null, or a key or value in it; entries before that one
     *     are put
     * @throws IllegalStateException as {@link #put} does; entries before that one are put
     */
    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        Objects.requireNonNull(entries, "entries").forEach(this::put);
    }

    /**
     * Returns the number of entries, at most {@link Integer#MAX_VALUE}: {@link #mappingCount} has no
     * limit.
     *
     * @return the number; while others write, never less than there were at some moment of the call
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
     * Returns whether there is no entry. It says so only if that was true at some moment of the call.
     *
     * @return whether the map is empty
     */
    @Override
    public boolean isEmpty() {
        return mappingCount() == 0;
    }

    /**
     * Removes every entry, at one moment, and gives back all memory but that of the {@linkplain
     * SafeMapBuilder#shards shards} that the map started with. Takes time in their number only. A call of
     * {@code compute} that is under way is ordered before it, and its result dropped. Iterations that are under
     * way go on with what comes afterwards.
     */
    @Override
    public void clear() {
        directory.clear();
    }

    /**
     * Gives back what memory the shards do not need for the entries they have now, without waiting for
     * deletions to add up. Takes time in the number of entries; other threads go on meanwhile. What a key's
     * {@code hashCode} throws ends this and is thrown.
     */
    public void trim() {
        Resizing.trim(directory);
    }

    /**
     * Returns figures about the shards, for monitoring. Locks nothing. Takes time in the size of the map: a load
     * for each eight slots.
     *
     * @return the figures of about now
     */
    public SafeMapStats stats() {
        return new SafeMapStats(directory);
    }

    /**
     * Returns a copy that does not change, in which each shard is as it was at one moment.
     *
     * <p>So of two changes to keys of one shard, the second is not in the copy without the first. <i>Across
     * shards</i>, which are copied one after the other, that is not so, but everything that was done before the
     * call is in the copy, and nothing that was done after it has returned. A map of more than some sixty
     * entries, or one that threads have fought over, has several shards, whatever number it started with. If
     * the map is cleared meanwhile, part of what was there before may be in the copy, and part of what has come
     * since.
     *
     * <p>Readers go on meanwhile. Writers of a shard wait while its entries are copied, about 450 at
     * most; writers of other shards do not. The copy takes the memory of a {@link
     * java.util.HashMap}. Of a key that is being computed it has the old value.
     *
     * @return the copy: unmodifiable, without an order
     */
    public Map<K, V> snapshot() {
        return Snapshot.of(directory);
    }

    /**
     * Returns a live view of the keys, to which none can be added. Its {@code removeIf}, {@code
     * removeAll} and {@code retainAll} remove a key whatever its value is by then.
     *
     * @return the view
     */
    @Override
    public KeySetView<K, V> keySet() {
        return new KeySetView<>(this, null);
    }

    /**
     * Returns a live view of the keys, to which others can be added.
     *
     * @param mappedValue the value of keys that are added
     * @return the view
     * @throws NullPointerException if the value is null
     */
    public KeySetView<K, V> keySet(V mappedValue) {
        return new KeySetView<>(this, Objects.requireNonNull(mappedValue, "mappedValue"));
    }

    /**
     * Creates a set: the keys of a new map with the default settings. For other settings, {@link
     * #keySet(Object) keySet(true)} of a map from the {@link #builder}.
     *
     * @param <T> the type of the elements
     * @return an empty set
     */
    public static <T> KeySetView<T, Boolean> newKeySet() {
        return newKeySet(0);
    }

    /**
     * Creates a set: the keys of a new map of this {@linkplain SafeMapBuilder#expectedSize expected
     * size}.
     *
     * @param <T> the type of the elements
     * @param expectedSize the expected number of elements
     * @return an empty set
     * @throws IllegalArgumentException if the number is negative
     */
    public static <T> KeySetView<T, Boolean> newKeySet(int expectedSize) {
        SafeMap<T, Boolean> map = builder().expectedSize(expectedSize).build();
        return map.keySet(Boolean.TRUE);
    }

    /**
     * Returns a live view of the values. Its {@code remove}, {@code removeIf}, {@code removeAll} and
     * {@code retainAll} remove an entry only while its value is the very object that was tested; its
     * iterator's {@code remove} removes the key whatever its value is by then.
     *
     * @return the view
     */
    @Override
    public Collection<V> values() {
        return new SafeMapViews.Values<>(this);
    }

    /**
     * Returns a live view of the entries. Its {@code removeIf} and {@code retainAll} remove an entry only
     * while its value is the very object that was tested, its {@code remove} and {@code removeAll} only
     * while that equals the given one, its iterator's {@code remove} whatever it is by then.
     *
     * <p>An entry that the view returns keeps key and value as they were then. Its {@code setValue}
     * replaces the value in the map, atomically, whatever it is by then, and returns the one that the
     * entry had; if the key has been removed it stays removed.
     *
     * @return the view
     */
    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new SafeMapViews.Entries<>(this);
    }

    /**
     * Returns whether another map has equal entries. Values are compared by identity first, then by {@code
     * equals}. If one of the maps is changed meanwhile the answer may be one that was never right.
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
     * Writes the settings and what an iteration finds.
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
