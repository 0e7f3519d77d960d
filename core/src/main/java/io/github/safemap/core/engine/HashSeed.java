package io.github.safemap.core.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The seed of a map's tables, and the one hash spread.
 *
 * <p>{@code hashCode} is multiplied by the seed, a random odd 64-bit number, then the high half of the
 * product is folded onto the low one, and the result multiplied by a fixed odd number. One product
 * would not do: it takes hash codes in sequence to numbers in sequence, and one seed in fifty puts four
 * times its share into some bucket; the fold breaks the sequence, and the second product carries what
 * it mixed up into all the higher bits.
 *
 * <p>Which bits serve what: bits 32 to 56 are the bucket index of up to 2^25 buckets, the seven highest
 * the tophash byte, and 16 to 31 the shard. So entries that share a shard or a bucket
 * still differ in the rest.
 *
 * <p>Multiplication by a random odd number is Dietzfelbinger's universal hashing ("A reliable
 * randomized algorithm for the closest-pair problem", 1997); the fixed number is Knuth's, 2^64 divided
 * by the golden ratio. The seed keeps the iteration order of one map from telling that of another, so
 * that copying a map into another in iteration order does not pile entries up; it is no defence against
 * keys that were made with equal {@code hashCode}s.
 */
public final class HashSeed {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final int TOPHASH_SHIFT = 57;
    private static final int INDEX_SHIFT = 32;
    private static final int SHARD_SHIFT = 16;

    private HashSeed() {}

    /** Returns a new random seed: an odd number. */
    public static long random() {
        return ThreadLocalRandom.current().nextLong() | 1;
    }

    /** Returns the hash of a key that has this {@code hashCode} in a table of this seed. */
    public static long spread(int hashCode, long seed) {
        long product = hashCode * seed;
        return (product ^ (product >>> INDEX_SHIFT)) * GOLDEN;
    }

    /** Returns the 32 bits whose low ones are the bucket index, in a table of whatever length. */
    static int indexBits(long hash) {
        return (int) (hash >>> INDEX_SHIFT);
    }

    /** Returns the index of a hash's main bucket among {@code mask + 1}. */
    static int bucketIndex(long hash, int mask) {
        return indexBits(hash) & mask;
    }

    /** Returns the seven bits that a tophash byte keeps. */
    static long tophashBits(long hash) {
        return hash >>> TOPHASH_SHIFT;
    }

    /** Returns the shard of a hash among {@code mask + 1}. */
    static int shardIndex(long hash, int mask) {
        return (int) hash >>> SHARD_SHIFT & mask;
    }
}
