package io.github.safemap.core.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The seed of a table, and the one hash spread: {@code hashCode} times a random odd 64-bit number,
 * the high half folded onto the low one.
 *
 * <p>Which bits serve what: the bucket index is taken from the low bits upwards, the tophash byte
 * from the seven highest. The fold lets the highest bits reach index bits 25 to 31 only, which no table
 * but one of more than 2^25 buckets uses; so entries that share a bucket still differ in their tophash.
 * A shard is chosen by the high bits of a product with a seed of its own.
 *
 * <p>Multiplication by a random odd number is Dietzfelbinger's universal hashing ("A reliable
 * randomized algorithm for the closest-pair problem", 1997). The seed keeps the iteration order of
 * one map from telling that of another, so that copying a map into another in iteration order does
 * not pile entries up; it is no defence against keys that were made with equal {@code hashCode}s.
 */
public final class HashSeed {
    private static final int TOPHASH_SHIFT = 57;

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
        return (int) (hash >>> TOPHASH_SHIFT);
    }
}
