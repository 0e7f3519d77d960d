package io.github.safemap.benchmarks;

import java.util.HexFormat;

/**
 * The kinds of key. Each makes the key of an index afresh: two calls give objects that are equal
 * but not the same, and different indexes give different keys.
 */
public enum KeyKind {
    /** {@code Long} with well mixed bits. */
    LONG {
        @Override
        public Object key(int index) {
            return mix(index);
        }
    },
    /** {@code String} of 16 hex digits. */
    STRING {
        @Override
        public Object key(int index) {
            return HEX.toHexDigits(mix(index));
        }
    },
    /** Consecutive {@code Integer}s, from 1,000 on: smaller ones could be cached, and the same. */
    INTEGER {
        @Override
        public Object key(int index) {
            return Math.addExact(index, 1000);
        }
    };

    private static final HexFormat HEX = HexFormat.of();

    /** Returns a new object that is the key of {@code index}, 0 or more. */
    public abstract Object key(int index);

    /**
     * Returns the keys of {@code order}, made in that order, so that who walks the array walks
     * memory forwards, too. Each key's hash code has been computed: a {@code String} caches it, and
     * its first look-up would cost more than the later ones.
     */
    public Object[] keys(int[] order) {
        Object[] keys = new Object[order.length];
        for (int i = 0; i < order.length; i++) {
            Object key = key(order[i]);
            key.hashCode();
            keys[i] = key;
        }
        return keys;
    }

    /** Stafford's variant 13 of the 64-bit finalizer: one to one, so the keys are all different. */
    private static long mix(int index) {
        long z = (index + 1L) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
