package io.github.safemap.core.engine;

import io.github.safemap.core.testing.Choices;
import java.util.ArrayList;
import java.util.List;

/** What tests in other packages may see of a {@link Directory}'s inside, and do to it. */
public final class DirectoryView {
    private static final int NO_KEY = 4711;

    private DirectoryView() {}

    /** Returns the shard in which a key is, or would be; to be compared by identity. */
    public static Object shardOf(Directory directory, Object key) {
        return directory.shardOf(directory.hash(key.hashCode()));
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

    /** Returns how many keys there are in each collision tree, smallest first. */
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

    /** Returns how many slots the largest shard has. */
    public static int largestShard(Directory directory) {
        return shards(directory).stream().mapToInt(Shard::slotCount).max().orElse(0);
    }

    /** Rebuilds each shard, as if its slots were used up; it may be split by that. */
    public static void rebuildAll(Directory directory) {
        rebuildAll(directory, NO_KEY);
    }

    /** The same, as if it were for a key with some hash code: keys that have it are sorted if they are many. */
    public static void rebuildAll(Directory directory, int hashCode) {
        for (Shard shard : shards(directory)) {
            Resizing.makeRoom(directory, shard, hashCode);
        }
    }

    /** Rebuilds some shard. */
    public static void rebuild(Directory directory, Choices choices) {
        Resizing.makeRoom(directory, pick(directory, choices), NO_KEY);
    }

    /** Splits some shard as if threads fought over it, if it can be. */
    public static void split(Directory directory, Choices choices) {
        Resizing.relieve(directory, pick(directory, choices));
    }

    private static Shard pick(Directory directory, Choices choices) {
        return directory.shardAt(choices.below(1 << Byte.SIZE));
    }
}
