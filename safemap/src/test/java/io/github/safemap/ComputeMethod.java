package io.github.safemap;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Each method in which a user function computes a key's value. */
enum ComputeMethod {
    COMPUTE(true, true) {
        @Override
        <K> void run(SafeMap<K, Integer> map, K key, UnaryOperator<@Nullable Integer> function) {
            map.compute(key, (same, old) -> function.apply(old));
        }
    },
    COMPUTE_IF_ABSENT(false, true) {
        @Override
        <K> void run(SafeMap<K, Integer> map, K key, UnaryOperator<@Nullable Integer> function) {
            map.computeIfAbsent(key, same -> function.apply(null));
        }
    },
    COMPUTE_IF_PRESENT(true, false) {
        @Override
        <K> void run(SafeMap<K, Integer> map, K key, UnaryOperator<@Nullable Integer> function) {
            map.computeIfPresent(key, (same, old) -> function.apply(old));
        }
    },
    MERGE(true, false) {
        @Override
        <K> void run(SafeMap<K, Integer> map, K key, UnaryOperator<@Nullable Integer> function) {
            map.merge(key, 0, (old, zero) -> function.apply(old));
        }
    },
    /** It does nothing to the other keys. */
    REPLACE_ALL(true, false) {
        @Override
        <K> void run(SafeMap<K, Integer> map, K key, UnaryOperator<@Nullable Integer> function) {
            map.replaceAll((each, old) -> each.equals(key) ? function.apply(old) : old);
        }
    };

    /** Whether the function is called for a present key. */
    final boolean ifPresent;

    /** Whether the function is called for an absent key. */
    final boolean ifAbsent;

    ComputeMethod(boolean ifPresent, boolean ifAbsent) {
        this.ifPresent = ifPresent;
        this.ifAbsent = ifAbsent;
    }

    /** Makes the function compute the key's value from its current one, or from null. */
    abstract <K> void run(SafeMap<K, Integer> map, K key, UnaryOperator<@Nullable Integer> function);
}
