package io.github.safemap.core.engine;

/**
 * Rebuilds, each with a mistake. They enlarge or split the shard of a key, or merge two buddies. Apart from the
 * mistake they work like {@link Resizer}: if another rebuild came first, they do nothing.
 */
public final class BrokenRebuild {
    private static final int SLOTS = 32;

    private BrokenRebuild() {}

    /** What to do with a key's shard. */
    public enum Kind {
        GROWTH,
        SPLIT,
        MERGE
    }

    /** The old shards, what the rebuild knows about them, and the new shards. */
    private record Work(Rebuild[] rebuilds, Shard[] old, Shard[] fresh) {
        static Work of(Directory directory, Object key, Kind kind) {
            Shard shard = directory.shardOf(directory.hash(key.hashCode()));
            directory.rebuilds();
            Shard[] old = kind == Kind.MERGE
                    ? new Shard[] {shard, directory.shardAt(shard.bits() ^ 1 << (shard.depth() - 1))}
                    : new Shard[] {shard};
            Rebuild[] rebuilds = new Rebuild[old.length];
            for (int i = 0; i < old.length; i++) {
                rebuilds[i] = new Rebuild(old[i], directory.seed());
            }
            int depth = shard.depth();
            Shard[] fresh = switch (kind) {
                case GROWTH -> new Shard[] {new Shard(SLOTS, depth, shard.bits(), shard.counts())};
                case SPLIT ->
                    new Shard[] {
                        new Shard(SLOTS, depth + 1, shard.bits(), shard.counts()),
                        new Shard(SLOTS, depth + 1, shard.bits() | 1 << depth, shard.counts())
                    };
                case MERGE ->
                    new Shard[] {new Shard(SLOTS, depth - 1, shard.bits() & (1 << depth - 1) - 1, shard.counts())};
            };
            return new Work(rebuilds, old, fresh);
        }

        boolean claim() {
            return old[0].control().claim();
        }

        boolean isCurrent() {
            for (Rebuild rebuild : rebuilds) {
                if (!rebuild.isCurrent()) {
                    return false;
                }
            }
            return true;
        }

        void copy() {
            for (Rebuild rebuild : rebuilds) {
                rebuild.copy(fresh, old[0].depth());
            }
        }

        void retire() {
            for (Shard shard : old) {
                shard.control().retire();
            }
        }
    }

    /** Stores the new shards in the directory before it fills them. There is no other writer. */
    public static void tooEarly(Directory directory, Object key, Kind kind) {
        Work work = Work.of(directory, key, kind);
        work.claim();
        directory.exchange(work.old, work.fresh);
        Gap.widen();
        work.copy();
        work.retire();
    }

    /** Claims nothing, so a write after the copy is lost. */
    public static void unclaimed(Directory directory, Object key, Kind kind) {
        Work work = Work.of(directory, key, kind);
        if (work.isCurrent()) {
            work.copy();
            Gap.widen();
            directory.exchange(work.old, work.fresh);
            work.retire();
        }
    }

    /**
     * Gives the old shard back, but does not retire it. A thread that has already found it still writes into
     * it.
     */
    public static void unretired(Directory directory, Object key, Kind kind) {
        Work work = Work.of(directory, key, kind);
        if (!work.claim()) {
            return;
        }
        if (work.isCurrent()) {
            work.copy();
            directory.exchange(work.old, work.fresh);
        }
        work.old[0].control().giveBack();
    }

    /** Does not check whether a slot was used since the hash codes were read. */
    public static void unasked(Directory directory, Object key, Kind kind) {
        Work work = Work.of(directory, key, kind);
        Gap.widen();
        if (!work.claim()) {
            return;
        }
        work.copy();
        directory.exchange(work.old, work.fresh);
        work.retire();
    }

    /** Merges, but claims only the shard and not its buddy. */
    public static void unclaimedBuddy(Directory directory, Object key) {
        Work work = Work.of(directory, key, Kind.MERGE);
        if (!work.claim()) {
            return;
        }
        if (work.isCurrent()) {
            work.copy();
            Gap.widen();
            directory.exchange(work.old, work.fresh);
            work.retire();
        } else {
            work.old[0].control().giveBack();
        }
    }

    /** Copies a reservation's key instead of the reservation, so its owner no longer finds it. */
    public static void withoutReservations(Directory directory, Object key) {
        Work work = Work.of(directory, key, Kind.GROWTH);
        if (!work.claim()) {
            return;
        }
        Shard old = work.old[0];
        if (!work.isCurrent()) {
            old.control().giveBack();
            return;
        }
        for (int at = 0; at < 2 * old.slotCount(); at += 2) {
            Object holder = old.getHolderAcquire(at);
            Object value = old.getValueAcquire(at);
            if (holder != null && value != null) {
                long hash = directory.hash(Marker.hashCodeOf(holder));
                work.fresh[0].fill(hash, holder instanceof Reservation of ? of.key() : holder, value);
                work.fresh[0].control().addUsed(1);
            }
        }
        directory.exchange(work.old, work.fresh);
        work.retire();
    }

    /** Makes a shard smaller, for the number of entries that it had before the hash codes were read. */
    public static void fitToFewer(Directory directory, Object key) {
        Shard old = directory.shardOf(directory.hash(key.hashCode()));
        int slots = directory.policy().slotsFor(old.control().live(), old.slotCount());
        if (slots >= old.slotCount()) {
            return;
        }
        Gap.widen();
        directory.rebuilds();
        Rebuild rebuild = new Rebuild(old, directory.seed());
        Shard fresh = new Shard(slots, old.depth(), old.bits(), old.counts());
        if (old.control().claim()) {
            if (rebuild.isCurrent()) {
                rebuild.copy(new Shard[] {fresh}, 0);
                directory.exchange(new Shard[] {old}, new Shard[] {fresh});
                old.control().retire();
            } else {
                old.control().giveBack();
            }
        }
    }
}
