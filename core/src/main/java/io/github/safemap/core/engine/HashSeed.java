package io.github.safemap.core.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The seed of a table, and the one hash spread: {@code hashCode} times a random odd 64-bit number,
 * the high half folded onto the low one.
 *
 * <p>Which bits serve what: the bucket index is taken from the low 32 bits, the tophash byte from
 * bits 40 to 46, a shard from the top bits downwards. The three do not overlap, so entries that
 * share a shard, or a bucket, still differ in the rest.
 *
 * <p>Multiplication by a random odd number is Dietzfelbinger's universal hashing ("A reliable
 * randomized algorithm for the closest-pair problem", 1997). The seed keeps the iteration order of
 * one map from telling that of another, so that copying a map into another in iteration order does
 * not pile entries up; it is no defence against keys that were made with equal {@code hashCode}s.
 */
public final class HashSeed {
    private static final int TOPHASH_SHIFT = 40;
    private static final int TOPHASH_MASK = 0x7f;

    private HashSeed() {}

    /** Returns a new random seed: an odd number. */
    public static long random() {
        return ThreadLocalRandom.current().nextLong() | 1;
    }

    /** Returns the hash of a key that has this {@code hashCode} in a table of this seed. */
    public static long spread(int hashCode, long seed) {
        long product = hashCode * seed;
        return product ^ (product >>> 32);
    }

    /** Returns the index of a hash's main bucket among {@code mask + 1}. */
    static int bucketIndex(long hash, int mask) {
        return (int) hash & mask;
    }

    /** Returns the seven bits that a tophash byte keeps. */
    static int tophashBits(long hash) {
        return (int) (hash >>> TOPHASH_SHIFT) & TOPHASH_MASK;
    }
}
