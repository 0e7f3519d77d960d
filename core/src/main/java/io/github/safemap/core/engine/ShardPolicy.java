package io.github.safemap.core.engine;

/**
 * The settings of a map.
 *
 * @param shards the number of shards that was asked for
 * @param minDepth the logarithm of the number of shards that a map starts with and never goes below
 * @param minSlots the slots below which a shard that has any never falls
 * @param growOnly whether shards are rebuilt smaller, or merged, only when asked to
 * @param shrinkThreshold the deletions in a shard, since it last grew, that do not make it smaller
 */
public record ShardPolicy(int shards, int minDepth, int minSlots, boolean growOnly, int shrinkThreshold) {
    /** The greatest number of shards to start with, as a logarithm. */
    public static final int MAX_MIN_DEPTH = 17;

    /**
     * Returns the policy of a map.
     *
     * @param shards how many shards at least, from 1 to 65,536; rounded up to a power of two
     * @param expectedSize how many entries should fit without a rebuild
     */
    public static ShardPolicy of(int shards, long expectedSize, boolean growOnly, int shrinkThreshold) {
        int asked = Sizing.ceilingPowerOfTwo(shards);
        int depth = Integer.numberOfTrailingZeros(asked);
        while (depth < MAX_MIN_DEPTH && share(expectedSize, depth) > Sizing.maxSlots(1 << depth) / 2) {
            depth++;
        }
        int share = (int) Math.min(share(expectedSize, depth), Sizing.MAX_SLOTS / 2);
        int slots = expectedSize == 0 ? 0 : Sizing.slotsFor(share);
        return new ShardPolicy(asked, depth, slots, growOnly, shrinkThreshold);
    }

    /** Returns a shard's share of so many entries, rounded up. */
    private static long share(long entries, int depth) {
        return (Math.min(entries, Long.MAX_VALUE - 1) >> depth) + 1;
    }

    boolean shrinksAfter(int deletions) {
        return !growOnly && deletions > shrinkThreshold;
    }

    /** Returns how many slots a shard is rebuilt with that has so many live ones. */
    int slotsFor(int live, int slotsBefore) {
        int least = growOnly ? Math.max(minSlots, slotsBefore) : minSlots;
        return Math.max(Sizing.slotsFor(live), least);
    }
}
