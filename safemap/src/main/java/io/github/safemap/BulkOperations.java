package io.github.safemap;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
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
 * The bulk methods of {@link java.util.concurrent.ConcurrentHashMap}, with its signatures, as streams over
 * the splitting spliterator. Its forms for entries are not here: those for pairs do the same.
 *
 * <p>Common to all: the functions run while nothing is held, and may use the map and change it. An
 * iteration, weakly consistent, decides which entries they are given; each is given once. If there are at
 * least {@code parallelismThreshold} entries, by estimate, the calls are spread over the common pool, in
 * parts of no fewer entries than that: 1 for as much parallelism as there is, {@code Long.MAX_VALUE} for
 * none. A function that throws ends the method, which throws the same; calls that are under way in other
 * threads go on. A null argument is refused with a {@link NullPointerException}.
 */
abstract sealed class BulkOperations<K, V> extends AbstractMap<K, V> permits SafeMap {
    /**
     * Returns the number of entries, also when it is more than an {@code int} holds.
     *
     * @return the number of entries; see {@link SafeMap#size}
     */
    public abstract long mappingCount();

    private <T> Stream<T> stream(
            long parallelismThreshold, BiFunction<? super K, ? super V, ? extends T> element) {
        SafeMap<K, V> map = (SafeMap<K, V>) this; // there is no other subclass
        return StreamSupport.stream(
                new EntrySpliterator<>(map, element, 0, parallelismThreshold),
                mappingCount() >= parallelismThreshold);
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
        return stream.<U>map(transformer).filter(Objects::nonNull);
    }

    private static <T> BinaryOperator<T> operator(
            BiFunction<? super T, ? super T, ? extends T> reducer) {
        Objects.requireNonNull(reducer, "reducer");
        return reducer::apply;
    }

    private static <K, V, U> Function<Map.Entry<K, V>, @Nullable U> onPair(
            BiFunction<? super K, ? super V, ? extends @Nullable U> function, String name) {
        Objects.requireNonNull(function, name);
        return entry -> function.apply(entry.getKey(), entry.getValue());
    }

    // ---- Pairs of key and value ----

    /**
     * Calls the action for each entry.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param action is given each key and its value
     */
    public void forEach(long parallelismThreshold, BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        entries(parallelismThreshold)
                .forEach(entry -> action.accept(entry.getKey(), entry.getValue()));
    }

    /**
     * Calls the action for what the transformer makes of each entry.
     *
     * @param <U> the type of what the transformer makes
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes something of a key and its value, or null to have it left out
     * @param action is given each result that is not null
     */
    public <U> void forEach(
            long parallelismThreshold,
            BiFunction<? super K, ? super V, ? extends @Nullable U> transformer,
            Consumer<? super U> action) {
        Objects.requireNonNull(action, "action");
        transformed(
                        entries(parallelismThreshold),
                        BulkOperations.<K, V, U>onPair(transformer, "transformer"))
                .forEach(action);
    }

    /**
     * Returns some result that is not null, and calls the function no more once there is one.
     *
     * @param <U> the type of the result
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param searchFunction is given each key and its value; returns what was looked for, or null
     * @return a result, or null if there was none
     */
    public <U> @Nullable U search(
            long parallelismThreshold,
            BiFunction<? super K, ? super V, ? extends @Nullable U> searchFunction) {
        return transformed(
                        entries(parallelismThreshold),
                        BulkOperations.<K, V, U>onPair(searchFunction, "searchFunction"))
                .findAny()
                .orElse(null);
    }

    /**
     * Combines what the transformer makes of each entry.
     *
     * @param <U> the type of what the transformer makes
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes something of a key and its value, or null to have it left out
     * @param reducer combines two of them into one, not null; in any order
     * @return the combination, or null if there was nothing to combine
     */
    public <U> @Nullable U reduce(
            long parallelismThreshold,
            BiFunction<? super K, ? super V, ? extends @Nullable U> transformer,
            BiFunction<? super U, ? super U, ? extends U> reducer) {
        return transformed(
                        entries(parallelismThreshold),
                        BulkOperations.<K, V, U>onPair(transformer, "transformer"))
                .reduce(operator(reducer))
                .orElse(null);
    }

    /**
     * Combines the {@code double} that the transformer makes of each entry.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a key and its value
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no entry
     */
    public double reduceToDouble(
            long parallelismThreshold,
            ToDoubleBiFunction<? super K, ? super V> transformer,
            double basis,
            DoubleBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        return entries(parallelismThreshold)
                .mapToDouble(entry -> transformer.applyAsDouble(entry.getKey(), entry.getValue()))
                .reduce(basis, reducer);
    }

    /**
     * Combines the {@code long} that the transformer makes of each entry.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a key and its value
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no entry
     */
    public long reduceToLong(
            long parallelismThreshold,
            ToLongBiFunction<? super K, ? super V> transformer,
            long basis,
            LongBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        return entries(parallelismThreshold)
                .mapToLong(entry -> transformer.applyAsLong(entry.getKey(), entry.getValue()))
                .reduce(basis, reducer);
    }

    /**
     * Combines the {@code int} that the transformer makes of each entry.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a key and its value
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no entry
     */
    public int reduceToInt(
            long parallelismThreshold,
            ToIntBiFunction<? super K, ? super V> transformer,
            int basis,
            IntBinaryOperator reducer) {
        Objects.requireNonNull(transformer, "transformer");
        return entries(parallelismThreshold)
                .mapToInt(entry -> transformer.applyAsInt(entry.getKey(), entry.getValue()))
                .reduce(basis, reducer);
    }

    // ---- Keys ----

    /**
     * Calls the action for each key.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param action is given each key
     */
    public void forEachKey(long parallelismThreshold, Consumer<? super K> action) {
        Objects.requireNonNull(action, "action");
        keys(parallelismThreshold).forEach(action);
    }

    /**
     * Calls the action for what the transformer makes of each key.
     *
     * @param <U> the type of what the transformer makes
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes something of a key, or null to have it left out
     * @param action is given each result that is not null
     */
    public <U> void forEachKey(
            long parallelismThreshold,
            Function<? super K, ? extends @Nullable U> transformer,
            Consumer<? super U> action) {
        Objects.requireNonNull(action, "action");
        BulkOperations.<K, U>transformed(keys(parallelismThreshold), transformer).forEach(action);
    }

    /**
     * Returns some result that is not null, and calls the function no more once there is one.
     *
     * @param <U> the type of the result
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param searchFunction is given each key; returns what was looked for, or null
     * @return a result, or null if there was none
     */
    public <U> @Nullable U searchKeys(
            long parallelismThreshold,
            Function<? super K, ? extends @Nullable U> searchFunction) {
        return BulkOperations.<K, U>transformed(keys(parallelismThreshold), searchFunction)
                .findAny()
                .orElse(null);
    }

    /**
     * Combines all keys.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param reducer combines two of them into one, not null; in any order
     * @return the combination, or null if there was no key
     */
    public @Nullable K reduceKeys(
            long parallelismThreshold, BiFunction<? super K, ? super K, ? extends K> reducer) {
        return keys(parallelismThreshold).reduce(operator(reducer)).orElse(null);
    }

    /**
     * Combines what the transformer makes of each key.
     *
     * @param <U> the type of what the transformer makes
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes something of a key, or null to have it left out
     * @param reducer combines two of them into one, not null; in any order
     * @return the combination, or null if there was nothing to combine
     */
    public <U> @Nullable U reduceKeys(
            long parallelismThreshold,
            Function<? super K, ? extends @Nullable U> transformer,
            BiFunction<? super U, ? super U, ? extends U> reducer) {
        return BulkOperations.<K, U>transformed(keys(parallelismThreshold), transformer)
                .reduce(operator(reducer))
                .orElse(null);
    }

    /**
     * Combines the {@code double} that the transformer makes of each key.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a key
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no key
     */
    public double reduceKeysToDouble(
            long parallelismThreshold,
            ToDoubleFunction<? super K> transformer,
            double basis,
            DoubleBinaryOperator reducer) {
        return keys(parallelismThreshold).mapToDouble(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code long} that the transformer makes of each key.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a key
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no key
     */
    public long reduceKeysToLong(
            long parallelismThreshold,
            ToLongFunction<? super K> transformer,
            long basis,
            LongBinaryOperator reducer) {
        return keys(parallelismThreshold).mapToLong(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code int} that the transformer makes of each key.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a key
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no key
     */
    public int reduceKeysToInt(
            long parallelismThreshold,
            ToIntFunction<? super K> transformer,
            int basis,
            IntBinaryOperator reducer) {
        return keys(parallelismThreshold).mapToInt(transformer).reduce(basis, reducer);
    }

    // ---- Values ----

    /**
     * Calls the action for each value.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param action is given each value
     */
    public void forEachValue(long parallelismThreshold, Consumer<? super V> action) {
        Objects.requireNonNull(action, "action");
        values(parallelismThreshold).forEach(action);
    }

    /**
     * Calls the action for what the transformer makes of each value.
     *
     * @param <U> the type of what the transformer makes
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes something of a value, or null to have it left out
     * @param action is given each result that is not null
     */
    public <U> void forEachValue(
            long parallelismThreshold,
            Function<? super V, ? extends @Nullable U> transformer,
            Consumer<? super U> action) {
        Objects.requireNonNull(action, "action");
        BulkOperations.<V, U>transformed(values(parallelismThreshold), transformer).forEach(action);
    }

    /**
     * Returns some result that is not null, and calls the function no more once there is one.
     *
     * @param <U> the type of the result
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param searchFunction is given each value; returns what was looked for, or null
     * @return a result, or null if there was none
     */
    public <U> @Nullable U searchValues(
            long parallelismThreshold,
            Function<? super V, ? extends @Nullable U> searchFunction) {
        return BulkOperations.<V, U>transformed(values(parallelismThreshold), searchFunction)
                .findAny()
                .orElse(null);
    }

    /**
     * Combines all values.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param reducer combines two of them into one, not null; in any order
     * @return the combination, or null if there was no value
     */
    public @Nullable V reduceValues(
            long parallelismThreshold, BiFunction<? super V, ? super V, ? extends V> reducer) {
        return values(parallelismThreshold).reduce(operator(reducer)).orElse(null);
    }

    /**
     * Combines what the transformer makes of each value.
     *
     * @param <U> the type of what the transformer makes
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes something of a value, or null to have it left out
     * @param reducer combines two of them into one, not null; in any order
     * @return the combination, or null if there was nothing to combine
     */
    public <U> @Nullable U reduceValues(
            long parallelismThreshold,
            Function<? super V, ? extends @Nullable U> transformer,
            BiFunction<? super U, ? super U, ? extends U> reducer) {
        return BulkOperations.<V, U>transformed(values(parallelismThreshold), transformer)
                .reduce(operator(reducer))
                .orElse(null);
    }

    /**
     * Combines the {@code double} that the transformer makes of each value.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a value
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no value
     */
    public double reduceValuesToDouble(
            long parallelismThreshold,
            ToDoubleFunction<? super V> transformer,
            double basis,
            DoubleBinaryOperator reducer) {
        return values(parallelismThreshold).mapToDouble(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code long} that the transformer makes of each value.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a value
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no value
     */
    public long reduceValuesToLong(
            long parallelismThreshold,
            ToLongFunction<? super V> transformer,
            long basis,
            LongBinaryOperator reducer) {
        return values(parallelismThreshold).mapToLong(transformer).reduce(basis, reducer);
    }

    /**
     * Combines the {@code int} that the transformer makes of each value.
     *
     * @param parallelismThreshold the number of entries from which on threads share the work
     * @param transformer makes a number of a value
     * @param basis what combines with any number to that number
     * @param reducer combines two numbers into one; in any order
     * @return the combination; the basis if there was no value
     */
    public int reduceValuesToInt(
            long parallelismThreshold,
            ToIntFunction<? super V> transformer,
            int basis,
            IntBinaryOperator reducer) {
        return values(parallelismThreshold).mapToInt(transformer).reduce(basis, reducer);
    }
}
