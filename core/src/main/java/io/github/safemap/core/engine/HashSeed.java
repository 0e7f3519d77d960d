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
 * <p>Which bits of a hash serve what: the seven highest are the tophash byte. In {@code GoMap} bits 32 to 56
 * are the bucket. In the concurrent engine bits 28 to 49 are the place in a {@link Directory}, and those from
 * 50 on the bucket of a {@link Shard}: so keys that share a shard still differ in the rest. The lowest bits
 * serve nothing: one seed in a hundred puts sequences of hash codes into few values of them.
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
    private static final int PLACE_SHIFT = 28;
    private static final int SHARD_BUCKET_SHIFT = 50;

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
    public static int indexBits(long hash) {
        return (int) (hash >>> INDEX_SHIFT);
    }

    /** Returns the index of a hash's main bucket among {@code mask + 1}. */
    public static int bucketIndex(long hash, int mask) {
        return indexBits(hash) & mask;
    }

    /** Returns the seven bits that a tophash byte keeps. */
    public static long tophashBits(long hash) {
        return hash >>> TOPHASH_SHIFT;
    }

    /** Returns the bits whose low ones are the place in a directory, of whatever length. */
    static int placeBits(long hash) {
        return (int) (hash >>> PLACE_SHIFT);
    }

    /** Returns the bit of a hash that is one of {@link #placeBits}. */
    static long bitOfPlace(int bit) {
        return 1L << (PLACE_SHIFT + bit);
    }

    /** Returns the index of a hash's bucket among {@code mask + 1} of a shard. */
    static int shardBucketIndex(long hash, int mask) {
        return (int) (hash >>> SHARD_BUCKET_SHIFT) & mask;
    }
}
