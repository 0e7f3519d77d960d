package io.github.safemap.core.engine;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How many shards there are, how small their tables may be, and when they shrink.
 *
 * <p>A shard shrinks when more than {@code shrinkThreshold} of its entries have been deleted since its
 * table was built, and a smaller table would be at most half full. It then takes as many insertions
 * again as there are entries before it grows, and half as many deletions before it shrinks once more:
 * however the size swings, the entries that rebuilds move are a small multiple of the writes.
 *
 * @param shardBits the logarithm of the number of shards
 * @param minBits the logarithm of the length that no shard's table falls below
 * @param growOnly whether tables shrink only when asked to
 * @param shrinkThreshold the deletions a shard that lead to no rebuild
 * @param executor runs what ends evacuations when no writes come; null for nothing
 */
public record ShardPolicy(
        int shardBits,
        int minBits,
        boolean growOnly,
        int shrinkThreshold,
        @Nullable Executor executor) {

    /** Returns a shard's share of so many entries, rounded up. */
    public static long share(long entries, int shardBits) {
        return ((entries - 1) >> shardBits) + 1; // of none, none: the shift keeps the sign
    }

    long share(long entries) {
        return share(entries, shardBits);
    }

    boolean shrinksAfter(int deletions) {
        return !growOnly && deletions > shrinkThreshold;
    }

    /** Returns the logarithm of the length of the table in which so many entries fill half. */
    int shrunkBits(int live) {
        return Math.max(minBits, Growth.bitsFor(2L * live));
    }

    /** Returns the logarithm of the length of the smallest table for so many entries. */
    int trimmedBits(int live) {
        return Math.max(minBits, Growth.bitsFor(live));
    }
}
