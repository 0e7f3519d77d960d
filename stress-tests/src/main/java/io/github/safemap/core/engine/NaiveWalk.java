package io.github.safemap.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The broken twin of {@link Walk}. At each step it takes the shard that is in the place now, and goes along its
 * slots by their index. It does not remember which of them were full. Another method reads the keys in slots
 * and those in collision trees one after the other.
 */
public final class NaiveWalk {
    private NaiveWalk() {}

    /** Passes on the keys in slots of a map of one shard, and then those in collision trees. */
    public static void treeKeys(Directory directory, Consumer<Object> action) {
        Shard shard = directory.shardAt(0);
        List<CollisionTree> collisionTrees = new ArrayList<>();
        for (int at = 0; at < 2 * shard.slotCount(); at += 2) {
            Object holder = shard.getHolderAcquire(at);
            if (holder instanceof CollisionTree collisions) {
                collisionTrees.add(collisions);
            } else if (holder != null) {
                action.accept(holder instanceof Reservation reservation ? reservation.key() : holder);
            }
        }
        Gap.widen();
        for (CollisionTree collisions : collisionTrees) {
            collisions.getTreeAcquire().forEach((key, cell) -> action.accept(key));
        }
    }

    /** Passes on the keys that it meets. */
    public static void keys(Directory directory, Consumer<Object> action) {
        for (int place = 0; place < directory.length(); place++) {
            for (int at = 0; ; at += 2) {
                Shard shard = directory.shardAt(place);
                if (at >= 2 * shard.slotCount()) {
                    break;
                }
                Object holder = shard.getHolderAcquire(at);
                if (holder != null && !Marker.is(holder)) {
                    action.accept(holder);
                }
            }
        }
    }
}
