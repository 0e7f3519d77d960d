package io.github.safemap.core.engine;

/**
 * The settings of a map.
 *
 * @param shards the requested number of shards
 * @param minDepth the base-2 logarithm of the number of shards that a map starts with and never goes below
 * @param minSlots the fewest slots of a shard, unless it has none
 * @param growOnly whether only {@code trim} and {@code clear} make shards smaller or merge them
 * @param shrinkThreshold the deletions in a shard, since it last grew, that do not make it smaller
 */
public record ShardPolicy(int shards, int minDepth, int minSlots, boolean growOnly, int shrinkThreshold) {
    /** The base-2 logarithm of the largest number of shards to start with. */
    public static final int MAX_MIN_DEPTH = 17;

    /**
     * Returns the policy of a map.
     *
     * @param shards the least number of shards, from 1 to 65,536; rounded up to a power of two
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

    /** Returns at least a shard's share of this number of entries. */
    private static long share(long entries, int depth) {
        return (Math.min(entries, Long.MAX_VALUE - 1) >> depth) + 1;
    }

    boolean shrinksAfter(int deletions) {
        return !growOnly && deletions > shrinkThreshold;
    }

    /** Returns the number of slots for the rebuild of a shard with this number of live slots. */
    int slotsFor(int live, int slotsBefore) {
        int least = growOnly ? Math.max(minSlots, slotsBefore) : minSlots;
        return Math.max(Sizing.slotsFor(live), least);
    }
}
