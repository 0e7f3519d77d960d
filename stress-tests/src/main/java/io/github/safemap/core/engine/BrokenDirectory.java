package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/** Stores into the places of a directory, each with a mistake. */
public final class BrokenDirectory {
    private static final int SLOTS = 32;

    /** This many operations take about as long as a rebuild, which comes before the directory is halved. */
    private static final int SLOW = 8;

    private BrokenDirectory() {}

    /**
     * Rebuilds a key's shard with one more entry, and stores the new shard into the places without the lock. A
     * doubling may have copied the places meanwhile.
     */
    public static void swapUnlocked(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard old = directory.shardOf(hash);
        Rebuild rebuild = new Rebuild(old, directory.seed());
        Shard fresh = copyWith(rebuild, hash, key, value);
        if (fresh == null) {
            return;
        }
        Shard[] places = directory.getPlacesAcquire();
        Gap.widen(SLOW);
        store(places, fresh);
        old.control().retire();
    }

    /**
     * Does the same under the lock, but does not check whether the old shard is still there: the map may have
     * been cleared.
     */
    public static void swapUnasked(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard old = directory.shardOf(hash);
        Rebuild rebuild = new Rebuild(old, directory.seed());
        Shard fresh = copyWith(rebuild, hash, key, value);
        if (fresh == null) {
            return;
        }
        Gap.widen();
        synchronized (directory) {
            store(directory.getPlacesAcquire(), fresh);
        }
        old.control().retire();
    }

    private static @Nullable Shard copyWith(Rebuild rebuild, long hash, Object key, Object value) {
        Shard old = rebuild.source();
        if (!old.control().claim()) {
            return null;
        }
        Shard fresh = new Shard(SLOTS, old.depth(), old.bits(), old.counts());
        rebuild.copy(new Shard[] {fresh}, 0);
        fresh.counts().countInserted();
        fresh.append(hash, key, value);
        return fresh;
    }

    private static void store(Shard[] places, Shard fresh) {
        for (int i = fresh.bits() & (places.length - 1); i < places.length; i += 1 << fresh.depth()) {
            Open.setPlaceRelease(places, i, fresh);
        }
    }

    /** Clears one shard after the other, the last one first. */
    public static void clearOneByOne(Directory directory) {
        Shard[] places = directory.getPlacesAcquire();
        EntryCount counts = new EntryCount();
        for (int i = places.length - 1; i >= 0; i--) {
            Shard old = directory.shardAt(i);
            Open.setPlaceRelease(places, i, new Shard(0, old.depth(), old.bits(), counts));
            Gap.widen();
        }
    }
}
