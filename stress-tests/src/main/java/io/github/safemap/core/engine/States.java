package io.github.safemap.core.engine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings the directory of a small unshared map into states that would otherwise take many writes. So each
 * sample can have a new map.
 */
public final class States {
    /** From this number of keys of one hash code on, a rebuild makes a collision tree. */
    public static final int COLLISIONS = Sizing.COLLISIONS;

    /** Any odd number with which {@code Maps.twin} has an odd place. */
    private static final long SEED = 0x5851_F42D_4C95_7F39L;

    private States() {}

    /** Makes an empty directory put keys where {@link #bitsOf} says. */
    public static void fixSeed(Directory directory) {
        Open.setSeed(directory, SEED);
    }

    /** Returns the lowest bits of a key's hash, which determine its place, in a directory with the fixed seed. */
    public static int bitsOf(Object key, int bits) {
        return HashSeed.placeBits(HashSeed.spread(key.hashCode(), SEED)) & (1 << bits) - 1;
    }

    /** Returns the number of places. It is the number of shards if each has one place. */
    public static int places(Directory directory) {
        return directory.length();
    }

    /** Returns whether the used slots of a key's shard are within its limit. */
    public static boolean hasRoom(Directory directory, Object key) {
        Shard shard = shardOf(directory, key);
        return shard.control().getUsedAcquire() <= Sizing.limit(shard.slotCount(), shard.bits());
    }

    /** Makes the next write into a key's shard split it, as if many writers had had to wait. */
    public static void contend(Directory directory, Object key) {
        shardOf(directory, key).control().setContendedOpaque(Sizing.CONTENDED);
    }

    /** Splits a key's shard. The halves may be merged again. */
    public static void split(Directory directory, Object key) {
        Resizer.relieve(directory, shardOf(directory, key));
        directory.setContendedDepthOpaque(0);
    }

    /** Merges a key's shard with its buddy into one with this number of slots. */
    public static void merge(Directory directory, Object key, int slots) {
        Shard old = shardOf(directory, key);
        Shard buddy = Objects.requireNonNull(directory.buddyOf(old));
        int depth = old.depth() - 1;
        Shard fresh = new Shard(slots, depth, old.bits() & (1 << depth) - 1, old.counts());
        new Rebuild(old, directory.seed()).copy(new Shard[] {fresh}, 0);
        new Rebuild(buddy, directory.seed()).copy(new Shard[] {fresh}, 0);
        exchange(directory, fresh, old, buddy);
    }

    /** Rebuilds a key's shard with this number of slots. */
    public static void rebuild(Directory directory, Object key, int slots) {
        Shard old = shardOf(directory, key);
        Rebuild rebuild = new Rebuild(old, directory.seed());
        Shard fresh = new Shard(slots, old.depth(), old.bits(), old.counts());
        rebuild.copy(new Shard[] {fresh}, 0);
        exchange(directory, fresh, old);
    }

    /**
     * Fills the only shard of an empty map with keys of one hash code, each with its index as its value.
     *
     * @param colliding the number of keys in a collision tree, which takes one slot; the others have slots of
     *     their own
     */
    public static void plant(Directory directory, Comparable<?>[] keys, int colliding, int others, int slots) {
        Shard old = directory.shardAt(0);
        int hashCode = keys[0].hashCode();
        long hash = directory.hash(hashCode);
        Shard fresh = new Shard(slots, old.depth(), old.bits(), old.counts());
        if (colliding > 0) {
            KeyTree tree = KeyTree.empty(keys[0].getClass());
            for (int i = 0; i < colliding; i++) {
                tree = tree.find(keys[i]).with(keys[i], new AtomicReference<>(i));
            }
            fresh.fill(hash, new CollisionTree(hashCode, hash, tree), null);
            fresh.control().addUsed(1);
        }
        for (int i = colliding; i < colliding + others; i++) {
            fresh.fill(hash, keys[i], i);
            fresh.control().addUsed(1);
        }
        for (int i = 0; i < colliding + others; i++) {
            fresh.counts().countInserted();
        }
        exchange(directory, fresh, old);
    }

    private static void exchange(Directory directory, Shard fresh, Shard... old) {
        directory.rebuilds();
        for (Shard shard : old) {
            BrokenSlots.claim(shard);
        }
        if (!directory.exchange(old, new Shard[] {fresh})) {
            throw new IllegalStateException("somebody else has the map");
        }
        for (Shard shard : old) {
            shard.control().retire();
        }
    }

    private static Shard shardOf(Directory directory, Object key) {
        return directory.shardOf(directory.hash(key.hashCode()));
    }
}
