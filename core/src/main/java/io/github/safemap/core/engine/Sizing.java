package io.github.safemap.core.engine;

/**
 * Every tunable number of the engine, with its derivation: how large shards are, when they change, and how long
 * a thread waits before it parks.
 */
final class Sizing {
    /** The fewest slots of a shard that is not empty: one bucket. */
    static final int MIN_SLOTS = 8;

    /**
     * The most slots of a shard that could be split instead: what one rebuild copies, in some 20
     * microseconds. Twice as many would save a third of a byte an entry, and double the pause.
     */
    static final int MAX_SLOTS = 512;

    /**
     * The most bits of the hash that the directory uses; beyond it, shards grow instead. 2^22 shards of
     * 350 entries are 1.4 thousand million.
     */
    static final int MAX_DEPTH = 22;

    /** The most places for each shard. Beyond it, shards grow instead of splitting. */
    static final int PLACES_PER_SHARD = 4;

    /**
     * From this number of keys of one hash code on, a tree is worth it. Below it, comparing them one by one
     * costs about as much as the way down the tree.
     */
    static final int COLLISIONS = 16;

    /** A shard is split after this many of its claims had to wait. */
    static final int CONTENDED = 32;

    /**
     * The largest depth of a split for contention. It gives some 64 shards for each processor. Then two writers
     * of random keys meet once in a hundred writes.
     */
    static final int MAX_CONTENDED_DEPTH =
            6 + Integer.SIZE - Integer.numberOfLeadingZeros(Runtime.getRuntime().availableProcessors() - 1);

    /** How often a rebuild that makes a tree is tried before it leaves the keys in their slots. */
    static final int TREE_TRIES = 3;

    /** How often the size is summed up again while removals come. */
    static final int SIZE_TRIES = 16;

    /** The longest circle of waiting threads that is searched for. */
    static final int MAX_CIRCLE = 1 << 16;

    /** From this number of slots on, padding a control is worth its bytes: at most half a byte for each slot. */
    static final int PADDED_SLOTS = 256;

    /** So often a waiting thread looks again at once: about as long as a few stores or a short function take. */
    static final int SPINS = 64;

    /**
     * So often a thread that waits for a shard then yields: longer than a rebuild takes. If the shard is still
     * claimed, its claimer has lost its processor.
     */
    static final int CLAIM_YIELDS = 448;

    /** So often a thread that waits for a key then yields: parking and waking cost about as much. */
    static final int KEY_YIELDS = 32;

    /** The first wait for a claimer that has lost its processor. Each further one is twice as long. */
    static final long SHORTEST_PARK_NANOS = 10_000;

    /** The longest such wait: about a time slice. */
    static final long LONGEST_PARK_NANOS = 1_000_000;

    private Sizing() {}

    /**
     * Returns the most slots that a shard may have before it is split, in a directory of this length. A small
     * map has small shards, so that writers soon have several of them. A large map has large shards, because
     * their fixed part costs less.
     */
    static int maxSlots(int places) {
        return places < 16 ? 128 : places < 64 ? 256 : MAX_SLOTS;
    }

    /**
     * Returns the number of slots for a rebuilt shard. A quarter to half of them will be live. So about as many
     * insertions fit before the next rebuild as this one copies. A shard that is used up at 7/8 doubles this
     * way.
     */
    static int slotsFor(int live) {
        return live == 0 ? 0 : Math.max(MIN_SLOTS, ceilingPowerOfTwo(2 * live));
    }

    /** Returns the fewest slots that this number of entries fits into. */
    static int slotsToFit(int live) {
        if (live == 0) {
            return 0;
        }
        int slots = Math.max(MIN_SLOTS, ceilingPowerOfTwo(live));
        return live <= leastLimit(slots) ? slots : 2 * slots;
    }

    /**
     * Returns how many slots of a shard are used before it is rebuilt: at most 7/8, so that each way ends, and
     * at least 13/16. The exact number depends on the shard. Otherwise evenly filled shards would all split at
     * the same time, and memory would rise in steps.
     */
    static int limit(int slots, int bits) {
        return slots - (slots >> 3) - ((bits * 0x9E3779B9) >>> 8 & spread(slots));
    }

    private static int leastLimit(int slots) {
        return slots - (slots >> 3) - spread(slots);
    }

    /** Returns by how much the limits of shards of one size differ at most: a mask. */
    private static int spread(int slots) {
        return slots < 128 ? 0 : (slots >> 4) - 1;
    }

    /**
     * Returns whether a shard is so empty, after deletions, that it must shrink or merge with its buddy: at
     * most a quarter is live. Afterwards half is live. So half of the entries must go, or three quarters as
     * many must come, before the next rebuild.
     */
    static boolean isSparse(int live, int slots) {
        return live <= slots >> 2 && slots > 0;
    }

    /**
     * Returns the most entries of two buddies that are merged: 3/8 of the slots of the largest shard. It splits
     * again when half of its slots are live.
     */
    static int mostToMerge(int maxSlots) {
        return (maxSlots * 3) >> 3;
    }

    static int ceilingPowerOfTwo(int number) {
        return number <= 1 ? 1 : Integer.highestOneBit(number - 1) << 1;
    }
}
