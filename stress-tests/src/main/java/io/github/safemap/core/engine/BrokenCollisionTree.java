package io.github.safemap.core.engine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes of keys in a collision tree, each with a mistake, in a map of one shard. */
public final class BrokenCollisionTree {
    private static final int SLOTS = 32;

    private BrokenCollisionTree() {}

    private static int find(Shard shard, Directory directory, Object key) {
        int at = shard.find(key, directory.hash(key.hashCode()));
        if (at == Shard.ABSENT || !(shard.getHolderAcquire(at) instanceof CollisionTree)) {
            throw new IllegalStateException("the key is not in a collision tree: " + key);
        }
        return at;
    }

    private static CollisionTree treeAt(Shard shard, int at) {
        return (CollisionTree) Objects.requireNonNull(shard.getHolderAcquire(at));
    }

    /** Replaces a key's value, and returns the value that it saw before it claimed the shard. */
    public static @Nullable Object putUnasked(Directory directory, Object key, Object value) {
        Shard shard = directory.shardAt(0);
        AtomicReference<Object> cell =
                treeAt(shard, find(shard, directory, key)).cellOf(key);
        Object old = cell.getAcquire();
        Gap.widen();
        BrokenSlots.claim(shard);
        cell.setRelease(value);
        shard.control().giveBack();
        return old;
    }

    /** Removes a key with a tree that it built before it claimed the shard, whatever tree is there by then. */
    public static @Nullable Object removeUnasked(Directory directory, Object key) {
        Shard shard = directory.shardAt(0);
        CollisionTree collisions = treeAt(shard, find(shard, directory, key));
        KeyTree.Place place = collisions.getTreeAcquire().find(key);
        KeyTree rest = place.without();
        Gap.widen();
        BrokenSlots.claim(shard);
        Object old = place.cell().getPlain();
        collisions.setTreeRelease(rest);
        shard.control().giveBack();
        shard.counts().countRemoved();
        return old;
    }

    /**
     * Computes a key in the collision tree, and stores the result there even if the key has changed or left
     * since.
     */
    public static Object computeUnasked(Directory directory, Object key, UnaryOperator<Object> function) {
        Shard shard = directory.shardAt(0);
        int at = shard.find(key, directory.hash(key.hashCode()));
        AtomicReference<Object> cell =
                at == Shard.ABSENT || !(shard.getHolderAcquire(at) instanceof CollisionTree collisions)
                        ? null
                        : collisions.cellOf(key);
        if (cell == null) { // removed already
            Object value = function.apply(null);
            KeyWriter.write(directory, key, key.hashCode(), null, value, KeyWriter.Kind.PUT);
            return value;
        }
        Object value = function.apply(cell.getAcquire());
        Gap.widen();
        BrokenSlots.claim(shard);
        cell.setRelease(value);
        shard.control().giveBack();
        return value;
    }

    /** Computes a key, but takes it out of the collision tree before it is in a slot of its own. */
    public static void computeTakingFirst(Directory directory, Object key, UnaryOperator<Object> function) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        CollisionTree collisions = treeAt(shard, find(shard, directory, key));
        KeyTree.Place place = collisions.getTreeAcquire().find(key);
        KeyTree rest = place.without();
        Object old = place.cell().getPlain();
        Reservation reservation = new Reservation(key, key.hashCode());
        reservation.setValue(old);
        BrokenSlots.claim(shard);
        collisions.setTreeRelease(rest);
        Gap.widen();
        shard.append(hash, reservation, old);
        shard.control().giveBack();
        shard.settle(reservation, hash, function.apply(old));
        reservation.pass();
    }

    /** Moves the keys in slots into the collision tree without a claim of the shard. */
    public static void enlargeUnclaimed(Directory directory, Object key) {
        Enlargement work = new Enlargement(directory, key);
        work.copy();
        Gap.widen();
        work.exchange();
    }

    /**
     * Claims the shard, but does not check whether a key has been removed or reserved since it was read.
     *
     * @param written whether the other thread has done so; waited for, but not for ever
     */
    public static void enlargeUnasked(Directory directory, Object key, BooleanSupplier written) {
        Enlargement work = new Enlargement(directory, key);
        Gap.await(written);
        if (work.old.control().claim()) {
            work.copy();
            work.exchange();
        }
    }

    /**
     * Rebuilds the shard, and the new shard uses the collision tree of the old one. So a key that the tree
     * loses later is lost for readers of the old shard too.
     */
    public static void rebuildSharing(Directory directory) {
        Shard old = directory.shardAt(0);
        BrokenSlots.claim(old);
        Shard fresh = new Shard(SLOTS, old.depth(), old.bits(), old.counts());
        for (int at = 0; at < 2 * old.slotCount(); at += 2) {
            Object holder = old.getHolderAcquire(at);
            if (holder != null) {
                fresh.fill(directory.hash(Marker.hashCodeOf(holder)), holder, old.getValueAcquire(at));
                fresh.control().addUsed(1);
            }
        }
        directory.rebuilds();
        directory.exchange(new Shard[] {old}, new Shard[] {fresh});
        old.control().retire();
    }

    private static final class Enlargement {
        final Directory directory;
        final Shard old;
        final Rebuild rebuild;
        final Shard fresh;

        Enlargement(Directory directory, Object key) {
            this.directory = directory;
            old = directory.shardOf(directory.hash(key.hashCode()));
            rebuild = new Rebuild(old, directory.seed());
            rebuild.gather(key.hashCode());
            fresh = new Shard(SLOTS, old.depth(), old.bits(), old.counts());
        }

        void copy() {
            rebuild.copy(new Shard[] {fresh}, 0);
        }

        void exchange() {
            directory.rebuilds();
            directory.exchange(new Shard[] {old}, new Shard[] {fresh});
            old.control().retire();
        }
    }
}
