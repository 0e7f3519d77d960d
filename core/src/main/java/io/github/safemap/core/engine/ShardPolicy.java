package io.github.safemap.core.engine;

/**
 * How many shards there are, how small their tables may be, and when they shrink.
 *
 * <p>A shard shrinks when more than {@code shrinkThreshold} of its entries have been deleted since its
 * table was built, and a smaller table would be at most half full. It then takes as many insertions
 * again as there are entries before it grows, and three quarters as many deletions before it shrinks
 * once more: however the size swings, a rebuild is paid for by as many writes as it moves entries.
 *
 * @param shardBits the logarithm of the number of shards
 * @param minBits the logarithm of the length that no shard's table falls below
 * @param growOnly whether tables shrink only when asked to
 * @param shrinkThreshold the deletions a shard that lead to no rebuild
 * @param sweeper what ends evacuations when no writes come
 */
public record ShardPolicy(
        int shardBits, int minBits, boolean growOnly, int shrinkThreshold, Sweeper sweeper) {

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
