package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * When a shard is rebuilt, and as what: the one mechanism by which a map grows, shrinks, splits and merges
 * its shards, and rids them of dead slots. Each rebuild copies what lives into fresh shards and puts them
 * in the place of the old one, which is never changed again.
 *
 * <p>First the hash codes are read, and the fresh shards made: that calls code of the user's and needs
 * memory, so nothing is claimed meanwhile and nothing has changed if it fails. Then the old shard is
 * claimed and copied.
 */
public final class Resizing {
    /** So often a rebuild that makes a tree is tried before it leaves the keys in their slots. */
    private static final int TREE_TRIES = 3;

    private Resizing() {}

    /**
     * Makes room in a shard whose slots are used up, for a key with some hash code. When this returns the
     * caller looks again: the shard has been replaced, by this thread or another.
     *
     * @throws OutOfMemoryError if there is no memory for larger shards; then nothing has changed
     */
    static void makeRoom(Directory directory, Shard shard, int hashCode) {
        for (int tries = 0; !shard.control().isRetired(); tries++) {
            Rebuild rebuild = new Rebuild(shard, directory.seed());
            if (tries < TREE_TRIES) {
                rebuild.gather(hashCode);
            }
            int slots = directory.policy().slotsFor(rebuild.live(), shard.slotCount());
            boolean done = slots > directory.maxSlots()
                    && directory.hasRoomFor(shard.depth() + 1)
                    && split(directory, rebuild);
            if (done || replace(directory, rebuild, Math.max(slots, Sizing.MIN_SLOTS))) {
                return;
            }
        }
    }

    /** Splits a shard for which many writers had to wait, if that parts its keys. Optional: never fails. */
    static void relieve(Directory directory, Shard shard) {
        Control control = shard.control();
        int depth = shard.depth() + 1;
        try {
            directory.rebuilds().countContended(control.contended());
            control.setContended(0);
            if (control.live() > 1
                    && depth <= Sizing.CONTENDED_DEPTH
                    && directory.hasRoomFor(depth)
                    && split(directory, new Rebuild(shard, directory.seed()))) {
                directory.setContendedDepthOpaque(Math.max(depth, directory.getContendedDepthOpaque()));
            }
        } catch (Throwable e) {
            // No memory, or a key's hashCode throws: the map goes on as it is.
        }
    }

    /**
     * Makes a shard smaller after a removal, or one with its buddy, if few of its slots live. Optional:
     * never fails.
     */
    static void shrink(Directory directory, Shard shard) {
        Control control = shard.control();
        if (!Sizing.isSparse(control.live(), shard.slotCount())
                || !directory.policy().shrinksAfter(control.deletions())) {
            return;
        }
        try {
            if (!merge(directory, shard)) {
                fit(directory, shard);
            }
        } catch (Throwable e) {
            // No memory, or a key's hashCode throws: the map goes on as it is, and tries again after as
            // many deletions more. Of two threads that count at the same time one may be forgotten.
            control.setDeletions(0);
        }
    }

    private static void fit(Directory directory, Shard shard) {
        ShardPolicy policy = directory.policy();
        int before = shard.slotCount();
        if (policy.slotsFor(shard.control().live(), before) < before) {
            Rebuild rebuild = new Rebuild(shard, directory.seed());
            int slots = policy.slotsFor(rebuild.live(), before); // of what is copied: some may have come since
            if (slots < before) {
                replace(directory, rebuild, slots);
            }
        }
    }

    /** Rebuilds all shards as small as they can be, and merges those that fit into one. */
    public static void trim(Directory directory) {
        StackRoom.require(directory.length());
        directory.setContendedDepthOpaque(0);
        Shard[] shards = directory.getPlacesAcquire();
        for (int i = 0; i < shards.length; i++) {
            Shard shard = directory.shardAt(i);
            if (shard.bits() == i) { // its first place: it may stand in many
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
                Math.max(Sizing.slotsToFit(rebuild.live()), directory.policy().minSlots());
        if (slots < shard.slotCount()
                || (slots == shard.slotCount() && shard.control().dead() > 0)) {
            replace(directory, rebuild, slots);
        }
    }

    // ---- The steps. Each returns whether the shard has been replaced, by this thread or another. ----

    private static boolean replace(Directory directory, Rebuild rebuild, int slots) {
        Shard old = rebuild.source();
        Shard fresh = new Shard(slots, old.depth(), old.bits(), old.counts());
        if (slots <= old.slotCount()) {
            fresh.control().setDeletions(old.control().deletions());
        }
        fresh.control().setContended(old.control().contended());
        RebuildKind kind = slots > old.slotCount()
                ? RebuildKind.GROWTH
                : slots < old.slotCount() ? RebuildKind.SHRINKING : RebuildKind.CLEANING;
        return exchange(directory, kind, rebuild, null, new Shard[] {fresh});
    }

    private static boolean split(Directory directory, Rebuild rebuild) {
        Shard old = rebuild.source();
        int ones = rebuild.liveWith(HashSeed.bitOfPlace(old.depth()));
        int zeros = rebuild.live() - ones;
        if (zeros == 0 || ones == 0) {
            return false; // it would part nothing
        }
        int depth = old.depth() + 1;
        ShardPolicy policy = directory.policy();
        int half = old.slotCount() >> 1;
        Shard zero = new Shard(policy.slotsFor(zeros, half), depth, old.bits(), old.counts());
        int bits = old.bits() | 1 << old.depth();
        Shard one = new Shard(policy.slotsFor(ones, half), depth, bits, old.counts());
        return exchange(directory, RebuildKind.SPLIT, rebuild, null, new Shard[] {zero, one});
    }

    /** Merges a shard with its buddy, unless they are too full, or writers fight over them. */
    private static boolean merge(Directory directory, Shard shard) {
        Shard buddy = directory.buddyOf(shard);
        if (buddy == null) {
            return false;
        }
        int live = shard.control().live() + buddy.control().live();
        if (live > Sizing.mostToMerge(directory.maxSlots())) {
            return false;
        }
        Rebuild rebuild = new Rebuild(shard, directory.seed());
        Rebuild other = new Rebuild(buddy, directory.seed());
        int slots = directory.policy().slotsFor(rebuild.live() + other.live(), 0);
        int depth = shard.depth() - 1;
        Shard fresh = new Shard(slots, depth, shard.bits() & (1 << depth) - 1, shard.counts());
        fresh.control().setDeletions(shard.control().deletions());
        return exchange(directory, RebuildKind.MERGE, rebuild, other, new Shard[] {fresh});
    }

    /**
     * Claims the shards, copies them, and puts the fresh ones in their place. Nothing that is called under
     * the claims may fail but for the memory of a longer directory.
     *
     * @param other the buddy that is merged with the shard, or null; given up if it is busy
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
        boolean done = false;
        boolean cleared = false;
        try {
            if (rebuild.isCurrent() && (other == null || other.isCurrent())) {
                Shard last = fresh[fresh.length - 1];
                long bit = HashSeed.bitOfPlace(source.depth());
                rebuild.copy(fresh[0], last, bit);
                if (other != null) {
                    other.copy(last, last, bit);
                }
                copied = liveIn(fresh);
                done = directory.exchange(old, fresh);
                cleared = !done;
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
                    counts.countContended(shard.control().contended());
                }
            }
            counts.rebuilt(kind, copied, rebuild.nanos());
            rebuild.record(kind, old, fresh, copied);
            if (directory.length() != places) {
                Recorder.directory(places, directory.length());
            }
        }
        return done || cleared;
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
