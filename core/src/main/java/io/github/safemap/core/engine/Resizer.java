package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * Decides when a shard is rebuilt and what it becomes. This is the only mechanism that grows, shrinks, splits,
 * merges or cleans shards. A rebuild copies the live entries into new shards and puts these in the place of the
 * old shard, which never changes again.
 *
 * <p>First it reads the hash codes and allocates the new shards. That calls user code and needs memory, so it
 * may fail; nothing is claimed yet, and nothing has changed. Then it claims and copies the old shard.
 */
public final class Resizer {
    private Resizer() {}

    /**
     * Makes room for a key with this hash code in a shard without usable slots. When this returns, this thread
     * or another has replaced the shard, and the caller must search again.
     *
     * @throws OutOfMemoryError if there is no memory for larger shards; then nothing has changed
     */
    static void makeRoom(Directory directory, Shard shard, int hashCode) {
        for (int tries = 0; !shard.control().isRetired(); tries++) {
            Rebuild rebuild = new Rebuild(shard, directory.seed());
            if (tries < Sizing.TREE_TRIES) {
                rebuild.gather(hashCode);
            }
            int slots = slotsFor(directory, rebuild.copied(), shard.slotCount());
            boolean done = slots > directory.maxSlots()
                    && directory.hasRoomFor(shard.depth() + 1)
                    && split(directory, rebuild);
            if (done || replace(directory, rebuild, slots)) {
                return;
            }
        }
    }

    /**
     * Splits a shard that many writers had to wait for, if that separates its keys. Optional, so it never
     * fails.
     */
    static void relieve(Directory directory, Shard shard) {
        Control control = shard.control();
        int depth = shard.depth() + 1;
        try {
            directory.rebuilds().countContended(control.getContendedOpaque());
            control.setContendedOpaque(0);
            if (control.live() > 1
                    && depth <= Sizing.MAX_CONTENDED_DEPTH
                    && directory.hasRoomFor(depth)
                    && split(directory, new Rebuild(shard, directory.seed()))) {
                directory.keepSplit(shard.bits(), depth);
            }
        } catch (Throwable e) {
            // No memory, or a key's hashCode throws: the map stays as it is.
        }
    }

    /**
     * After a removal, makes a shard smaller, or merges it with its buddy, if few of its slots are live.
     * Optional, so it never fails.
     */
    static void shrink(Directory directory, Shard shard) {
        Control control = shard.control();
        if (!Sizing.isSparse(control.live(), shard.slotCount())
                || !directory.policy().shrinksAfter(control.getDeletionsOpaque())) {
            return;
        }
        try {
            if (!merge(directory, shard)) {
                fit(directory, shard);
            }
        } catch (Throwable e) {
            // No memory, or a key's hashCode throws: the map stays as it is, and tries again after the same
            // number of deletions. A deletion that another thread counts now may be lost.
            control.setDeletionsOpaque(0);
        }
    }

    /**
     * Makes a shard smaller, but keeps one bucket. Otherwise a map in which one key comes and goes would be
     * rebuilt each time.
     */
    private static void fit(Directory directory, Shard shard) {
        int before = shard.slotCount();
        if (slotsFor(directory, shard.control().live(), before) < before) {
            Rebuild rebuild = new Rebuild(shard, directory.seed());
            // Counted again: entries may have come since.
            int slots = slotsFor(directory, rebuild.copied(), before);
            if (slots < before) {
                replace(directory, rebuild, slots);
            }
        }
    }

    /** Returns the slots for so many live entries, one bucket at least. */
    private static int slotsFor(Directory directory, int live, int before) {
        return Math.max(Sizing.MIN_SLOTS, directory.policy().slotsFor(live, before));
    }

    /** Rebuilds all shards as small as they can be, and merges those that fit into one. */
    public static void trim(Directory directory) {
        StackRoom.require((int) directory.seed());
        directory.setContendedDepthOpaque(0);
        Shard[] shards = directory.getPlacesAcquire();
        for (int i = 0; i < shards.length; i++) {
            Shard shard = directory.shardAt(i);
            if (shard.bits() == i) { // its first place: it may be in many
                trim(directory, shard);
            }
        }
    }

    private static void trim(Directory directory, Shard untrimmed) {
        Shard shard = untrimmed;
        while (merge(directory, shard)) {
            shard = directory.shardAt(shard.bits());
        }
        Rebuild rebuild = new Rebuild(shard, directory.seed());
        int slots =
                Math.max(Sizing.slotsToFit(rebuild.copied()), directory.policy().minSlots());
        if (slots < shard.slotCount()
                || (slots == shard.slotCount() && shard.control().getDeadAcquire() > 0)) {
            replace(directory, rebuild, slots);
        }
    }

    // ---- The steps. Each returns whether the shard is no longer in the directory. ----

    private static boolean replace(Directory directory, Rebuild rebuild, int slots) {
        Shard old = rebuild.source();
        Shard fresh = new Shard(slots, old.depth(), old.bits(), old.counts());
        if (slots <= old.slotCount()) {
            fresh.control().setDeletionsOpaque(old.control().getDeletionsOpaque());
        }
        fresh.control().setContendedOpaque(old.control().getContendedOpaque());
        RebuildKind kind = slots > old.slotCount()
                ? RebuildKind.GROWTH
                : slots < old.slotCount() ? RebuildKind.SHRINKING : RebuildKind.CLEANING;
        return exchange(directory, kind, rebuild, null, new Shard[] {fresh});
    }

    private static boolean split(Directory directory, Rebuild rebuild) {
        Shard old = rebuild.source();
        int ones = rebuild.copiedWith(old.depth());
        int zeros = rebuild.copied() - ones;
        if (zeros == 0 || ones == 0) {
            return false; // it would separate nothing
        }
        int depth = old.depth() + 1;
        ShardPolicy policy = directory.policy();
        int half = old.slotCount() >> 1;
        Shard zero = new Shard(policy.slotsFor(zeros, half), depth, old.bits(), old.counts());
        int bits = old.bits() | 1 << old.depth();
        Shard one = new Shard(policy.slotsFor(ones, half), depth, bits, old.counts());
        return exchange(directory, RebuildKind.SPLIT, rebuild, null, new Shard[] {zero, one});
    }

    /** Merges a shard with its buddy, unless they are too full or contended. */
    private static boolean merge(Directory directory, Shard shard) {
        Shard buddy = directory.buddyOf(shard);
        if (buddy == null) {
            return false;
        }
        int most = Sizing.mostToMerge(directory.maxSlots());
        if (shard.control().live() + buddy.control().live() > most) {
            return false;
        }
        Rebuild rebuild = new Rebuild(shard, directory.seed());
        Rebuild other = new Rebuild(buddy, directory.seed());
        int live = rebuild.copied() + other.copied();
        if (live > most) {
            return false; // more have come since they were counted
        }
        int slots = directory.policy().slotsFor(live, 0);
        int depth = shard.depth() - 1;
        Shard fresh = new Shard(slots, depth, shard.bits() & (1 << depth) - 1, shard.counts());
        fresh.control().setDeletionsOpaque(shard.control().getDeletionsOpaque());
        return exchange(directory, RebuildKind.MERGE, rebuild, other, new Shard[] {fresh});
    }

    /**
     * Claims the shards, copies them, and puts the new ones in their place. Under the claims, only
     * allocations may fail: of a longer directory, or of the copy of a collision tree. Then nothing has changed.
     *
     * @param other the buddy to merge with the shard, or null; the merge is given up if the buddy is claimed
     */
    private static boolean exchange(
            Directory directory, RebuildKind kind, Rebuild rebuild, @Nullable Rebuild other, Shard[] fresh) {
        Shard source = rebuild.source();
        boolean counted = source.slotCount() > 0 || other != null; // the first slots of a shard are no rebuild
        if (counted) {
            directory.rebuilds(); // while nothing is claimed: that may need memory
        }
        Shard[] old = other == null ? new Shard[] {source} : new Shard[] {source, other.source()};
        Control control = source.control();
        int places = directory.length();
        if (!control.claim()) {
            return true;
        }
        if (other != null && !other.source().control().tryClaim()) {
            control.giveBack();
            return false;
        }
        int copied = 0;
        boolean current = false;
        boolean done = false;
        try {
            current = rebuild.isCurrent() && (other == null || other.isCurrent());
            if (current) {
                rebuild.copy(fresh, source.depth());
                if (other != null) {
                    other.copy(fresh, source.depth());
                }
                copied = liveIn(fresh);
                done = directory.exchange(old, fresh);
            }
        } finally {
            for (Shard shard : old) {
                release(shard.control(), done);
            }
        }
        if (done && counted) {
            RebuildCounts counts = directory.rebuilds();
            if (old.length != fresh.length) { // otherwise the fresh shard goes on counting
                for (Shard shard : old) {
                    counts.countContended(shard.control().getContendedOpaque());
                }
            }
            counts.rebuilt(kind, copied, rebuild.nanos());
            rebuild.record(kind, old, fresh, copied);
            if (directory.length() != places) {
                Recorder.directory(places, directory.length());
            }
        }
        return current; // exchanged, or the map has been cleared
    }

    private static int liveIn(Shard[] shards) {
        int live = 0;
        for (Shard shard : shards) {
            live += shard.control().live();
        }
        return live;
    }

    private static void release(Control control, boolean done) {
        if (done) {
            control.retire();
        } else {
            control.giveBack();
        }
    }
}
