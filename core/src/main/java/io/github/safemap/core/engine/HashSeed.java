package io.github.safemap.core.engine;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The seed of a map's tables, and the one hash spread.
 *
 * <p>{@code hashCode} is multiplied by the seed, a random odd 64-bit number. Then the high half of the product
 * is folded onto the low half, and the result is multiplied by a fixed odd number. One product is not enough:
 * it turns sequential hash codes into an arithmetic sequence, and one seed in fifty puts four times the fair
 * share into some bucket. The fold breaks the sequence, and the second product spreads the result over all
 * higher bits.
 *
 * <p>The bits of a hash: the seven highest are the tophash byte. In {@code GoMap} bits 32 to 56 are the bucket.
 * In the concurrent engine bits 28 to 49 are the place in a {@link Directory}, and the bits from 50 on are the
 * bucket of a {@link Shard}. So keys that share a shard still differ in the other bits. The lowest bits are not
 * used: with one seed in a hundred, sequential hash codes have only few values there.
 *
 * <p>Multiplication by a random odd number is Dietzfelbinger's universal hashing ("A reliable randomized
 * algorithm for the closest-pair problem", 1997); the fixed number is Knuth's, 2^64 divided by the golden
 * ratio. Because of the seed, maps have different iteration orders, so copying one map into another in
 * iteration order does not pile up entries. The seed does not help against keys with deliberately equal {@code
 * hashCode}s.
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

    /** Returns the hash of a key with this {@code hashCode} in a table with this seed. */
    public static long spread(int hashCode, long seed) {
        long product = hashCode * seed;
        return (product ^ (product >>> Integer.SIZE)) * GOLDEN;
    }

    /** Returns 32 bits. Their low bits are the bucket index, in a table of any length. */
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

    /** Returns bits whose low ones are the place in a directory of any length. */
    static int placeBits(long hash) {
        return (int) (hash >>> PLACE_SHIFT);
    }

    /** Returns the index of a hash's bucket among {@code mask + 1} of a shard. */
    static int shardBucketIndex(long hash, int mask) {
        return (int) (hash >>> SHARD_BUCKET_SHIFT) & mask;
    }
}
