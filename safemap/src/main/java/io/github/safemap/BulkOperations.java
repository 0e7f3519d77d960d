package io.github.safemap;

import io.github.safemap.core.engine.Directory;
import io.github.safemap.core.engine.ShardPolicy;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The bulk methods of {@link java.util.concurrent.ConcurrentHashMap}, with the same signatures. They are streams over
 * the splitting spliterator. There are no forms for entries, because those for pairs do the same.
 *
 * <p>{@link SafeMap} says what all of them have in common, because users see that class.
 */
abstract sealed class BulkOperations<K, V> extends AbstractMap<K, V> permits SafeMap {
    /**
     * The entries. Final, so that a map is safe however it is published. The field is in this class because
     * deserialization runs the constructor of the first class that is not serializable.
     */
    final Directory directory;

    /** For deserialization, which calls this and then sets what it has read. */
    BulkOperations() {
        this(SafeMap.builder().policy());
    }

    BulkOperations(ShardPolicy policy) {
        directory = new Directory(policy);
    }

    /**
     * Returns the number of entries, even if it does not fit an {@code int}.
     *
     * @return the number of entries; see {@link SafeMap#size}
     * @since 0.1.0
     */
    public abstract long mappingCount();

    private <T> Stream<T> stream(long parallelismThreshold, BiFunction<? super K, ? super V, ? extends T> element) {
        SafeMap<K, V> map = (SafeMap<K, V>) this; // there is no other subclass
        return StreamSupport.stream(
                new EntrySpliterator<>(map, element, 0, parallelismThreshold), mappingCount() >= parallelismThreshold);
    }

    private Stream<Map.Entry<K, V>> entries(long parallelismThreshold) {
        return stream(parallelismThreshold, AbstractMap.SimpleImmutableEntry::new);
    }

    private Stream<K> keys(long parallelismThreshold) {
        return stream(parallelismThreshold, (key, value) -> key);
    }

    private Stream<V> values(long parallelismThreshold) {
        return stream(parallelismThreshold, (key, value) -> value);
    }

    private static <T, U> Stream<U> transformed(
            Stream<T> stream, Function<? super T, ? extends @Nullable U> transformer) {
        Objects.requireNonNull(transformer, "transformer");
        return stream.<U>map(transformer).filter(Objects::nonNull);
    }

    /** Searches. A flag tells threads that search other parts that there is a result. */
    private static <T, U> @Nullable U found(
            Stream<T> stream, Function<? super T, ? extends @Nullable U> searchFunction) {
        Objects.requireNonNull(searchFunction, "searchFunction");
        AtomicBoolean found = new AtomicBoolean();
        Function<T, @Nullable U> unlessFound = element -> {
            U result = found.get() ? null : searchFunction.apply(element);
            if (result != null) {
                found.set(true);
            }
            return result;
        };
        return BulkOperations.<T, U>transformed(stream, unlessFound).findAny().orElse(null);
    }

    /** Combines the elements. If the reducer returns null, its arguments are left out. */
    private static <T> @Nullable T reduced(
            Stream<T> stream, BiFunction<? super T, ? super T, ? extends @Nullable T> reducer) {
        Objects.requireNonNull(reducer, "reducer");
        BinaryOperator<@Nullable T> operator =
                (one, other) -> one == null ? other : other == null ? one : reducer.apply(one, other);
        return stream.reduce(null, operator);
    }

    private static <K, V, U> Function<Map.Entry<K, V>, @Nullable U> onPair(
            BiFunction<? super K, ? super V, ? extends @Nullable U> function, String name) {
        Objects.requireNonNull(function, name);
        return entry -> function.apply(entry.getKey(), entry.getValue());
    }

    // ---- Pairs of key and value ----

    /**
     * Calls the action for each entry.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param action gets each key and its value
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public void forEach(long parallelismThreshold, BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        entries(parallelismThreshold).forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    /**
     * Calls the action for the transformer's result of each entry.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the transformer's results
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a result of a key and its value, or null to leave it out
     * @param action gets each result that is not null
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> void forEach(
            long parallelismThreshold,
            BiFunction<? super K, ? super V, ? extends @Nullable U> transformer,
            Consumer<? super U> action) {
        Objects.requireNonNull(action, "action");
        transformed(entries(parallelismThreshold), BulkOperations.<K, V, U>onPair(transformer, "transformer"))
                .forEach(action);
    }

    /**
     * Returns a result that is not null. Once there is one, begins no more calls of the function.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the result
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param searchFunction gets each key and its value; returns a result, or null to go on
     * @return a result, or null if there was none
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> @Nullable U search(
            long parallelismThreshold, BiFunction<? super K, ? super V, ? extends @Nullable U> searchFunction) {
        return BulkOperations.<Map.Entry<K, V>, U>found(
                entries(parallelismThreshold), BulkOperations.<K, V, U>onPair(searchFunction, "searchFunction"));
    }

    /**
     * Combines the transformer's results of each entry.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the transformer's results
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a result of a key and its value, or null to leave it out
     * @param reducer combines two of them into one, in any order; returns null to leave both out
     * @return the combination, or null if there was nothing to combine
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> @Nullable U reduce(
            long parallelismThreshold,
            BiFunction<? super K, ? super V, ? extends @Nullable U> transformer,
            BiFunction<? super U, ? super U, ? extends @Nullable U> reducer) {
        return reduced(
                transformed(entries(parallelismThreshold), BulkOperations.<K, V, U>onPair(transformer, "transformer")),
                reducer);
    }

    /**
     * Combines the {@code double} that the transformer makes of each entry.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a key and its value
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no entry
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public double reduceToDouble(
            long parallelismThreshold,
            ToDoubleBiFunction<? super K, ? super V> transformer,
            double basis,
            DoubleBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return entries(parallelismThreshold)
                .mapToDouble(entry -> transformer.applyAsDouble(entry.getKey(), entry.getValue()))
                .reduce(basis, reducer);
    }

    /**
     * Combines the {@code long} that the transformer makes of each entry.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a key and its value
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no entry
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public long reduceToLong(
            long parallelismThreshold,
            ToLongBiFunction<? super K, ? super V> transformer,
            long basis,
            LongBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return entries(parallelismThreshold)
                .mapToLong(entry -> transformer.applyAsLong(entry.getKey(), entry.getValue()))
                .reduce(basis, reducer);
    }

    /**
     * Combines the {@code int} that the transformer makes of each entry.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a key and its value
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no entry
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public int reduceToInt(
            long parallelismThreshold,
            ToIntBiFunction<? super K, ? super V> transformer,
            int basis,
            IntBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return entries(parallelismThreshold)
                .mapToInt(entry -> transformer.applyAsInt(entry.getKey(), entry.getValue()))
                .reduce(basis, reducer);
    }

    // ---- Keys ----

    /**
     * Calls the action for each key.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param action gets each key
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public void forEachKey(long parallelismThreshold, Consumer<? super K> action) {
        Objects.requireNonNull(action, "action");
        keys(parallelismThreshold).forEach(action);
    }

    /**
     * Calls the action for the transformer's result of each key.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the transformer's results
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a result of a key, or null to leave it out
     * @param action gets each result that is not null
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> void forEachKey(
            long parallelismThreshold,
            Function<? super K, ? extends @Nullable U> transformer,
            Consumer<? super U> action) {
        Objects.requireNonNull(action, "action");
        BulkOperations.<K, U>transformed(keys(parallelismThreshold), transformer)
                .forEach(action);
    }

    /**
     * Returns a result that is not null. Once there is one, begins no more calls of the function.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the result
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param searchFunction gets each key; returns a result, or null to go on
     * @return a result, or null if there was none
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> @Nullable U searchKeys(
            long parallelismThreshold, Function<? super K, ? extends @Nullable U> searchFunction) {
        return BulkOperations.<K, U>found(keys(parallelismThreshold), searchFunction);
    }

    /**
     * Combines all keys.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param reducer combines two of them into one, in any order; returns null to leave both out
     * @return the combination, or null if there was no key
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public @Nullable K reduceKeys(
            long parallelismThreshold, BiFunction<? super K, ? super K, ? extends @Nullable K> reducer) {
        return reduced(keys(parallelismThreshold), reducer);
    }

    /**
     * Combines the transformer's results of each key.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the transformer's results
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a result of a key, or null to leave it out
     * @param reducer combines two of them into one, in any order; returns null to leave both out
     * @return the combination, or null if there was nothing to combine
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> @Nullable U reduceKeys(
            long parallelismThreshold,
            Function<? super K, ? extends @Nullable U> transformer,
            BiFunction<? super U, ? super U, ? extends @Nullable U> reducer) {
        return reduced(BulkOperations.<K, U>transformed(keys(parallelismThreshold), transformer), reducer);
    }

    /**
     * Combines the {@code double} that the transformer makes of each key.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a key
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no key
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public double reduceKeysToDouble(
            long parallelismThreshold,
            ToDoubleFunction<? super K> transformer,
            double basis,
            DoubleBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return keys(parallelismThreshold).mapToDouble(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code long} that the transformer makes of each key.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a key
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no key
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public long reduceKeysToLong(
            long parallelismThreshold, ToLongFunction<? super K> transformer, long basis, LongBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return keys(parallelismThreshold).mapToLong(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code int} that the transformer makes of each key.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a key
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no key
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public int reduceKeysToInt(
            long parallelismThreshold, ToIntFunction<? super K> transformer, int basis, IntBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return keys(parallelismThreshold).mapToInt(transformer).reduce(basis, reducer);
    }

    // ---- Values ----

    /**
     * Calls the action for each value.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param action gets each value
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public void forEachValue(long parallelismThreshold, Consumer<? super V> action) {
        Objects.requireNonNull(action, "action");
        values(parallelismThreshold).forEach(action);
    }

    /**
     * Calls the action for the transformer's result of each value.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the transformer's results
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a result of a value, or null to leave it out
     * @param action gets each result that is not null
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> void forEachValue(
            long parallelismThreshold,
            Function<? super V, ? extends @Nullable U> transformer,
            Consumer<? super U> action) {
        Objects.requireNonNull(action, "action");
        BulkOperations.<V, U>transformed(values(parallelismThreshold), transformer)
                .forEach(action);
    }

    /**
     * Returns a result that is not null. Once there is one, begins no more calls of the function.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the result
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param searchFunction gets each value; returns a result, or null to go on
     * @return a result, or null if there was none
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> @Nullable U searchValues(
            long parallelismThreshold, Function<? super V, ? extends @Nullable U> searchFunction) {
        return BulkOperations.<V, U>found(values(parallelismThreshold), searchFunction);
    }

    /**
     * Combines all values.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param reducer combines two of them into one, in any order; returns null to leave both out
     * @return the combination, or null if there was no value
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public @Nullable V reduceValues(
            long parallelismThreshold, BiFunction<? super V, ? super V, ? extends @Nullable V> reducer) {
        return reduced(values(parallelismThreshold), reducer);
    }

    /**
     * Combines the transformer's results of each value.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param <U> the type of the transformer's results
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a result of a value, or null to leave it out
     * @param reducer combines two of them into one, in any order; returns null to leave both out
     * @return the combination, or null if there was nothing to combine
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public <U> @Nullable U reduceValues(
            long parallelismThreshold,
            Function<? super V, ? extends @Nullable U> transformer,
            BiFunction<? super U, ? super U, ? extends @Nullable U> reducer) {
        return reduced(BulkOperations.<V, U>transformed(values(parallelismThreshold), transformer), reducer);
    }

    /**
     * Combines the {@code double} that the transformer makes of each value.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a value
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no value
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public double reduceValuesToDouble(
            long parallelismThreshold,
            ToDoubleFunction<? super V> transformer,
            double basis,
            DoubleBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return values(parallelismThreshold).mapToDouble(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code long} that the transformer makes of each value.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a value
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no value
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public long reduceValuesToLong(
            long parallelismThreshold, ToLongFunction<? super V> transformer, long basis, LongBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return values(parallelismThreshold).mapToLong(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code int} that the transformer makes of each value.
     * {@link SafeMap} says what all bulk methods have in common.
     *
     * @param parallelismThreshold from this number of entries on, threads share the work
     * @param transformer makes a number of a value
     * @param basis the neutral number: combined with any number it gives that number
     * @param reducer combines two numbers into one, in any order
     * @return the combination; the basis if there was no value
     * @throws NullPointerException if a function is null
     * @since 0.1.0
     */
    public int reduceValuesToInt(
            long parallelismThreshold, ToIntFunction<? super V> transformer, int basis, IntBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        Objects.requireNonNull(reducer, "reducer");
        return values(parallelismThreshold).mapToInt(transformer).reduce(basis, reducer);
    }
}
