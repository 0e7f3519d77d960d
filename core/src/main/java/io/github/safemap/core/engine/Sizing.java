package io.github.safemap.core.engine;

/**
 * How large shards are, and when they change: every number of the engine that can be tuned, with where it
 * comes from.
 */
final class Sizing {
    /** The fewest slots of a shard that has any: one bucket. */
    static final int MIN_SLOTS = 8;

    /**
     * The most slots of a shard that could be split instead: what one rebuild copies, in some 15
     * microseconds. Twice as many would save half a byte an entry, and double the longest pause.
     */
    static final int MAX_SLOTS = 512;

    /**
     * The most bits of the hash that the directory uses; beyond it, shards grow instead. 2^22 shards of
     * 350 entries are 1.4 thousand million.
     */
    static final int MAX_DEPTH = 22;

    /** A directory is at most so many times as long as there are shards, or shards grow instead. */
    static final int PLACES_PER_SHARD = 4;

    /**
     * So many keys of one hash code are worth a tree: below, comparing them one by one costs about what
     * the way down the tree does.
     */
    static final int COLLISIONS = 16;

    /** A shard is split when so many claims of it had to wait. */
    static final int CONTENDED = 32;

    /**
     * A shard is split for contention up to this depth, which gives some 64 shards a processor: then two
     * writers of random keys meet once in a hundred writes.
     */
    static final int CONTENDED_DEPTH =
            6 + Integer.SIZE - Integer.numberOfLeadingZeros(Runtime.getRuntime().availableProcessors() - 1);

    private Sizing() {}

    /**
     * Returns the most slots that a shard may have before it is split, in a directory of some length. A
     * small map has small shards, so that writers soon have several of them; a large one has large ones,
     * whose fixed part costs less.
     */
    static int maxSlots(int places) {
        return places < 16 ? 128 : places < 64 ? 256 : MAX_SLOTS;
    }

    /**
     * Returns the number of slots to rebuild a shard with: from a quarter to half of them will be live, so
     * that about as many insertions follow before the next rebuild as this one copies. A shard that is
     * used up at 7/8 doubles so.
     */
    static int slotsFor(int live) {
        return live == 0 ? 0 : Math.max(MIN_SLOTS, ceilingPowerOfTwo(2 * live));
    }

    /** Returns the fewest slots that so many entries fit into. */
    static int slotsToFit(int live) {
        if (live == 0) {
            return 0;
        }
        int slots = Math.max(MIN_SLOTS, ceilingPowerOfTwo(live));
        return live <= leastLimit(slots) ? slots : 2 * slots;
    }

    /**
     * Returns how many slots of a shard are used before it is rebuilt: at most 7/8, so that each way ends,
     * and at least 13/16. Where in between depends on the shard, since evenly filled shards would else
     * all be split at the same time, and memory rise in steps.
     */
    static int limit(int slots, int prefix) {
        int most = slots - (slots >> 3);
        int range = slots >> 4;
        return range < 8 ? most : most - (((prefix * 0x9E3779B9) >>> 8) & (range - 1));
    }

    private static int leastLimit(int slots) {
        int range = slots >> 4;
        return slots - (slots >> 3) - (range < 8 ? 0 : range - 1);
    }

    /**
     * Returns whether deletions have left a shard so empty that it is rebuilt smaller, or merged with its
     * buddy: a quarter is live. After that half is, so half of those must go, or three quarters as many
     * come, before it is rebuilt again.
     */
    static boolean isSparse(int live, int slots) {
        return live <= slots >> 2 && slots > 0;
    }

    /**
     * Returns how many entries two buddies have at most that are merged: 3/8 of the slots of the greatest
     * shard, which is split again when half of them live.
     */
    static int mostToMerge(int maxSlots) {
        return (maxSlots * 3) >> 3;
    }

    static int ceilingPowerOfTwo(int number) {
        return number <= 1 ? 1 : Integer.highestOneBit(number - 1) << 1;
    }
}
