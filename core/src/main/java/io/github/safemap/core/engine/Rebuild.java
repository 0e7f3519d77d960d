package io.github.safemap.core.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The data for copying a shard's live entries into new shards. It is read without a claim, because that calls
 * the keys' {@code hashCode}. Then the shard is claimed, and {@link #isCurrent} says whether the data still
 * holds.
 */
final class Rebuild {
    private final long began = System.nanoTime();
    private final @Nullable Object event = Recorder.rebuildBegun();
    private final Shard source;
    private final long seed;
    private final int used;
    private final int dead;

    /** The live slots. */
    private final int[] slots;

    /** The hash code of the holder in each. */
    private final int[] hashCodes;

    /** How many elements of the two arrays are valid. */
    private final int live;

    /** How many slots the copy fills. If keys move into a collision tree, these are fewer than the live ones. */
    private int copied;

    /** The existing collision tree of the hash code. */
    private @Nullable CollisionTree oldCollisionTree;

    /** The tree that was seen in it. */
    private @Nullable KeyTree oldTree;

    /** The new collision tree. */
    private @Nullable CollisionTree collisions;

    /** By live slot: the cell of a key that moves into the new tree, or null. */
    private AtomicReference<Object> @Nullable [] cells;

    /** Reads a shard. Calls the keys' {@code hashCode}, which may throw. */
    Rebuild(Shard source, long seed) {
        this.source = source;
        this.seed = seed;
        used = source.control().getUsedAcquire();
        dead = source.control().getDeadAcquire(); // before the slots are read
        slots = new int[used];
        hashCodes = new int[used];
        live = source.readLiving(slots, hashCodes);
        copied = live;
    }

    Shard source() {
        return source;
    }

    /** Returns how many slots the copy fills. */
    int copied() {
        return copied;
    }

    /** Returns in how many of them this bit of the place is set. */
    int copiedWith(int bit) {
        // A first collision tree takes a slot of its own. An old one is among the live slots.
        int with = collisions != null && oldCollisionTree == null ? bitOf(collisions.hash(), bit) : 0;
        for (int i = 0; i < live; i++) {
            with += cells == null || cells[i] == null ? bitOf(hash(i), bit) : 0;
        }
        return with;
    }

    private static int bitOf(long hash, int bit) {
        return HashSeed.placeBits(hash) >>> bit & 1;
    }

    private long hash(int i) {
        return HashSeed.spread(hashCodes[i], seed);
    }

    /**
     * Returns whether the hash codes are those of all live slots. The caller has claimed the shard. It must
     * have had no insertion since the read and, if a tree was made, no removal either.
     */
    boolean isCurrent() {
        Control control = source.control();
        return control.getUsedAcquire() == used && (cells == null || isTreeCurrent(cells));
    }

    /** Returns whether each key of the new tree is still in the old tree, or in a slot and not reserved. */
    private boolean isTreeCurrent(AtomicReference<Object>[] fresh) {
        if (source.control().getDeadAcquire() != dead
                || (oldCollisionTree != null && oldCollisionTree.getTreeAcquire() != oldTree)) {
            return false;
        }
        for (int i = 0; i < live; i++) {
            if (fresh[i] != null && source.getHolderAcquire(slots[i]) instanceof Reservation) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies the live entries of the claimed shard to a new shard, or to two: then this bit of the place decides
     * to which one. Calls no user code.
     */
    void copy(Shard[] fresh, int bit) {
        int last = fresh.length - 1;
        int all = 0;
        int ones = 0;
        for (int i = 0; i < live; i++) {
            Object holder = source.getHolderAcquire(slots[i]);
            if (holder != null && !isCopiedToTree(i, holder)) { // null: it has died since
                long hash = hash(i);
                int one = bitOf(hash, bit) & last; // no branch: half of the time the processor would guess wrong
                fresh[one].fill(hash, copyOf(holder), source.getValueAcquire(slots[i]));
                all++;
                ones += one;
            }
        }
        if (collisions != null) {
            int one = bitOf(collisions.hash(), bit) & last;
            fresh[one].fill(collisions.hash(), collisions, null);
            all++;
            ones += one;
        }
        fresh[0].control().addUsed(all - ones);
        fresh[last].control().addUsed(ones);
    }

    /**
     * Returns the object to put into the new shard for an object of the old one. For a collision tree it is a
     * copy, because a key that is removed from the new shard later must stay in the old shard for its readers.
     * Otherwise it is the object itself.
     */
    private static Object copyOf(Object holder) {
        return holder.getClass() == CollisionTree.class ? ((CollisionTree) holder).copy() : holder;
    }

    /** Returns the nanoseconds since the reading began. */
    long nanos() {
        return System.nanoTime() - began;
    }

    /** Records the rebuild in Flight Recorder, if a recording is on. */
    void record(RebuildKind kind, Shard[] old, Shard[] fresh, int copied) {
        if (event != null) {
            Recorder.rebuilt(event, kind, slotsOf(old), slotsOf(fresh), copied);
        }
    }

    private static int slotsOf(Shard[] shards) {
        int slots = 0;
        for (Shard shard : shards) {
            slots += shard.slotCount();
        }
        return slots;
    }

    // ---- Collision trees ----

    /**
     * Prepares a tree for the keys of one hash code and one class, if there are many comparable ones, or if there
     * already is a tree. {@link #copy} moves them. If {@code compareTo} cannot distinguish a key from another, the
     * key stays in its slot. Calls {@code compareTo} and {@code equals}.
     */
    @SuppressWarnings({"unchecked", "rawtypes"})
    void gather(int hashCode) {
        KeyTree tree = treeFor(hashCode);
        if (tree == null) {
            return;
        }
        AtomicReference<Object>[] fresh = new AtomicReference[live];
        int moved = 0;
        for (int i = 0; i < live; i++) {
            Object key = holderWith(hashCode, i);
            if (key != null && key.getClass() == tree.type()) {
                KeyTree.Place place = tree.find(key);
                if (place.isSortable()) {
                    fresh[i] = new AtomicReference<>();
                    tree = place.with(key, fresh[i]);
                    moved++;
                }
            }
        }
        if (moved > 0) {
            copied -= moved - (oldCollisionTree == null ? 1 : 0);
            cells = fresh;
            collisions = new CollisionTree(hashCode, HashSeed.spread(hashCode, seed), tree);
        }
    }

    /**
     * Returns how many of the live slots have this hash code. Without a branch: the compiler leaves out one that was
     * never taken, and the first two keys of one hash code would make it throw the code away.
     */
    private int liveWith(int hashCode) {
        int with = live;
        for (int i = 0; i < live; i++) {
            int difference = hashCodes[i] ^ hashCode;
            with -= (difference | -difference) >>> 31; // 1 if it is not 0
        }
        return with;
    }

    /** Returns the object in a live slot, if it has this hash code. */
    private @Nullable Object holderWith(int hashCode, int i) {
        return hashCodes[i] == hashCode ? source.getHolderAcquire(slots[i]) : null;
    }

    /** Returns the tree for the keys of a hash code: the existing one, a new one, or null. */
    private @Nullable KeyTree treeFor(int hashCode) {
        if (liveWith(hashCode) < Sizing.COLLISIONS && !source.hasCollisionTree()) {
            return null;
        }
        int keys = 0;
        for (int i = 0; i < live; i++) {
            Object holder = holderWith(hashCode, i);
            if (holder instanceof CollisionTree present) {
                oldCollisionTree = present;
                oldTree = present.getTreeAcquire();
                return oldTree;
            }
            keys += holder == null || Marker.is(holder) ? 0 : 1;
        }
        return keys < Sizing.COLLISIONS ? null : newTreeFor(hashCode);
    }

    /** Returns an empty tree for a comparable class that has many of the keys, or null if there is none. */
    private @Nullable KeyTree newTreeFor(int hashCode) {
        Map<Class<?>, Integer> keys = new HashMap<>();
        for (int i = 0; i < live; i++) {
            Object holder = holderWith(hashCode, i);
            if (holder != null
                    && !Marker.is(holder)
                    && keys.merge(holder.getClass(), 1, Integer::sum) == Sizing.COLLISIONS
                    && KeyTree.isComparable(holder.getClass())) {
                return KeyTree.empty(holder.getClass());
            }
        }
        return null;
    }

    /**
     * Returns whether the key in a slot of the claimed shard is in the new collision tree, and stores its value
     * there.
     */
    private boolean isCopiedToTree(int i, Object holder) {
        if (collisions == null || cells == null) {
            return false;
        }
        AtomicReference<Object> cell = cells[i];
        if (cell != null) {
            cell.setPlain(Objects.requireNonNull(source.getValueAcquire(slots[i]))); // not reserved: it has one
        }
        return cell != null || holder == oldCollisionTree;
    }
}
