package io.github.safemap.core.engine;

import io.github.safemap.core.testing.Choices;
import java.util.ArrayList;
import java.util.List;

/** Access to the inside of a {@link Directory}, for tests in other packages. */
public final class DirectoryView {
    private static final int NO_KEY = 4711;

    private DirectoryView() {}

    /** Returns the shard of a key, present or absent, for comparison by identity. */
    public static Object shardOf(Directory directory, Object key) {
        return Directories.shardOf(directory, key);
    }

    /** Returns how many bits of the hash the keys in the shard of a key share. */
    public static int depthOf(Directory directory, Object key) {
        return Directories.shardOf(directory, key).depth();
    }

    /** Makes the shard of a key one that many writers had to wait for. */
    public static void contend(Directory directory, Object key) {
        Directories.shardOf(directory, key).control().setContendedOpaque(Sizing.CONTENDED);
    }

    /** Returns all shards, each once, for {@link #requireInUseOrRetired}. */
    public static List<?> allShards(Directory directory) {
        return shards(directory);
    }

    /** Checks of shards that were in a directory that each one is still there, or that nobody can change it. */
    public static void requireInUseOrRetired(Directory directory, List<?> earlier) {
        List<Shard> now = shards(directory);
        for (Object each : earlier) {
            Shard shard = (Shard) each;
            if (!now.contains(shard) && !shard.control().isRetired()) {
                throw new AssertionError("a replaced shard is not retired");
            }
        }
    }

    /** Returns all shards, each once. */
    static List<Shard> shards(Directory directory) {
        Shard[] places = directory.getPlacesAcquire();
        List<Shard> shards = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Shard shard = Directory.getPlaceAcquire(places, i);
            if (shard.bits() == i) {
                shards.add(shard);
            }
        }
        return shards;
    }

    /** Returns the number of keys in each collision tree, smallest first. */
    public static List<Integer> collisionTrees(Directory directory) {
        List<Integer> sizes = new ArrayList<>();
        for (Shard shard : shards(directory)) {
            for (int slot = 0; slot < shard.slotCount(); slot++) {
                if (shard.getHolderAcquire(slot << 1) instanceof CollisionTree collisions) {
                    sizes.add(collisions.getTreeAcquire().size());
                }
            }
        }
        sizes.sort(null);
        return sizes;
    }

    /** Returns the number of slots of the largest shard. */
    public static int largestShard(Directory directory) {
        return shards(directory).stream().mapToInt(Shard::slotCount).max().orElse(0);
    }

    /** Rebuilds each shard as if it had no unused slots. That may split it. */
    public static void rebuildAll(Directory directory) {
        rebuildAll(directory, NO_KEY);
    }

    /** The same for a key with this hash code. If many keys have it, they are sorted. */
    public static void rebuildAll(Directory directory, int hashCode) {
        for (Shard shard : shards(directory)) {
            Resizer.makeRoom(directory, shard, hashCode);
        }
    }

    /** Rebuilds some shard. */
    public static void rebuild(Directory directory, Choices choices) {
        Resizer.makeRoom(directory, pick(directory, choices), NO_KEY);
    }

    /** Splits some shard, if possible, as if many writers had had to wait for it. */
    public static void split(Directory directory, Choices choices) {
        Resizer.relieve(directory, pick(directory, choices));
    }

    private static Shard pick(Directory directory, Choices choices) {
        return directory.shardAt(choices.below(1 << Byte.SIZE));
    }
}
