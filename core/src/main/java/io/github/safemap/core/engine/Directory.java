package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The shards of a map. The low bits of a hash determine its shard. The directory has a power of two of places,
 * with a shard in each. The keys of a shard of depth <i>d</i> share <i>d</i> bits, and the shard is in all
 * places whose index ends in these bits.
 *
 * <p>Shards are replaced, never changed into other shards. {@link #exchange} puts the new shards into the
 * places of the old ones. If a split needs one more bit, it doubles the array of places first. If no shard
 * needs the highest bit, the array is halved. All stores into the array, and all replacements of it, happen under
 * the lock of this object; otherwise a copy of the array could lose a store. The lock is taken after the claims
 * of shards, for a few stores or one copy of the array. No user code runs under it.
 *
 * <p>A replaced array is never updated again. A thread that still has it may find a shard in it that has been
 * retired since. For a reader that is correct, because the shard was in use at a moment of the call. A writer
 * cannot claim the retired shard, and starts again.
 */
public final class Directory {
    private final long seed = HashSeed.random();
    private ShardPolicy policy;

    @SuppressWarnings("unused") // through PLACES
    private Shard[] places;

    /** How many shards there are of each depth, up to that of the array. Under the lock. */
    private int[] shardsOfDepth;

    /** The depth of the deepest shard that a split for contention has made. Merges stop at this depth. */
    @SuppressWarnings("unused") // through CONTENDED_DEPTH
    private int contendedDepth;

    /** The first rebuild creates it, so that an empty map is small. */
    @SuppressWarnings("unused") // through REBUILDS
    private @Nullable RebuildCounts rebuilds;

    /** Creates the directory of an empty map. */
    public Directory(ShardPolicy policy) {
        this.policy = policy;
        places = emptyPlaces();
        shardsOfDepth = depthsOfEmpty();
    }

    private Shard[] emptyPlaces() {
        EntryCount counts = new EntryCount();
        Shard[] empty = new Shard[1 << policy.minDepth()];
        for (int i = 0; i < empty.length; i++) {
            empty[i] = new Shard(0, policy.minDepth(), i, counts);
        }
        return empty;
    }

    private int[] depthsOfEmpty() {
        int[] depths = new int[policy.minDepth() + 1];
        depths[policy.minDepth()] = 1 << policy.minDepth();
        return depths;
    }

    /** Returns the settings. */
    public ShardPolicy policy() {
        return policy;
    }

    // ---- Which shard ----

    /** Returns the hash of a key with this {@code hashCode}. */
    long hash(int hashCode) {
        return HashSeed.spread(hashCode, seed);
    }

    /** Returns the seed of the hashes. A map has one seed for life. */
    long seed() {
        return seed;
    }

    /** Returns the shard of a hash. */
    Shard shardOf(long hash) {
        return shardAt(HashSeed.placeBits(hash));
    }

    /** Returns the shard at the place that the low bits give. */
    Shard shardAt(int bits) {
        Shard[] shards = getPlacesAcquire();
        return getPlaceAcquire(shards, bits & (shards.length - 1));
    }

    /**
     * Returns the value of a key, or null. Takes no lock, writes nothing, and waits for nobody.
     *
     * @param hashCode the key's
     */
    public @Nullable Object get(Object key, int hashCode) {
        long hash = hash(hashCode);
        return shardOf(hash).get(key, hash);
    }

    /** Returns the number of places. */
    public int length() {
        return getPlacesAcquire().length;
    }

    /** Returns the most slots that a shard may have now before it is split. */
    int maxSlots() {
        return Sizing.maxSlots(length());
    }

    /** Returns the number of entries; see {@link EntryCount#size}. */
    public long size() {
        return shardAt(0).counts().size();
    }

    /**
     * Returns the shard that differs from this one only in the highest of its bits; null if there is none to merge
     * with.
     */
    @Nullable Shard buddyOf(Shard shard) {
        if (shard.depth() <= Math.max(policy.minDepth(), getContendedDepthOpaque())) {
            return null;
        }
        Shard buddy = shardAt(shard.bits() ^ 1 << (shard.depth() - 1));
        return buddy.depth() == shard.depth() ? buddy : null;
    }

    // ---- Exchanging shards ----

    /**
     * Returns whether shards may have this depth. They may not if the array would become too long for the number
     * of shards.
     */
    synchronized boolean hasRoomFor(int depth) {
        return depth <= Sizing.MAX_DEPTH
                && (depth < shardsOfDepth.length
                        || 2 * getPlacesAcquire().length <= Sizing.PLACES_PER_SHARD * (shardCount() + 1));
    }

    private int shardCount() {
        int count = 0;
        for (int shards : shardsOfDepth) {
            count += shards;
        }
        return count;
    }

    /**
     * Puts new shards into the places of shards that the caller has claimed. May fail only before the first
     * store, if there is no memory for a longer array. {@link #rebuilds} must have been called before, because that
     * may need memory, too.
     *
     * @param old one shard or two buddies
     * @param fresh the shards that the entries were copied to
     * @return whether it was done; false if the map has been cleared since
     */
    synchronized boolean exchange(Shard[] old, Shard[] fresh) {
        Shard[] shards = getPlacesAcquire();
        for (Shard shard : old) {
            if (shards[shard.bits() & (shards.length - 1)] != shard) {
                return false;
            }
        }
        Shard[] target = shards;
        if (1 << fresh[0].depth() > shards.length) {
            target = Arrays.copyOf(shards, 2 * shards.length);
            int[] deeper = Arrays.copyOf(shardsOfDepth, shardsOfDepth.length + 1);
            System.arraycopy(shards, 0, target, shards.length, shards.length);
            shardsOfDepth = deeper;
        }
        for (Shard shard : old) {
            shardsOfDepth[shard.depth()]--;
        }
        for (Shard shard : fresh) {
            shardsOfDepth[shard.depth()]++;
            for (int i = shard.bits(); i < target.length; i += 1 << shard.depth()) {
                setPlaceRelease(target, i, shard);
            }
        }
        if (target != shards) {
            setPlacesRelease(target);
            rebuilds().countDoubled();
        } else if (old.length > fresh.length) {
            halve(target);
        }
        return true;
    }

    /**
     * Halves the array while no shard needs its highest bit and it is longer than half of what {@link
     * #hasRoomFor} allows.
     */
    private void halve(Shard[] shards) {
        Shard[] target = shards;
        int count = shardCount();
        while (target.length > Sizing.PLACES_PER_SHARD / 2 * count
                && shardsOfDepth[shardsOfDepth.length - 1] == 0
                && shardsOfDepth.length > policy.minDepth() + 1) {
            try {
                Shard[] half = Arrays.copyOf(target, target.length / 2);
                shardsOfDepth = Arrays.copyOf(shardsOfDepth, shardsOfDepth.length - 1);
                target = half;
            } catch (OutOfMemoryError e) {
                break; // the next merge tries again
            }
            setPlacesRelease(target);
            rebuilds().countHalved();
        }
    }

    /** Gives a map other settings and no entries. No other thread may have the map yet. */
    public void restart(ShardPolicy newPolicy) {
        policy = newPolicy;
        clear();
    }

    /**
     * From now on, no merge undoes splits up to this depth. Does nothing if the shard of these bits is not that
     * deep: another thread has replaced it unsplit, or has cleared the map.
     */
    synchronized void keepSplit(int bits, int depth) {
        if (shardAt(bits).depth() >= depth) {
            setContendedDepthOpaque(Math.max(depth, getContendedDepthOpaque()));
        }
    }

    /** Removes all entries at one moment, and drops all shards. */
    public void clear() {
        Shard[] empty = emptyPlaces(); // before the lock: there may be many
        int[] depths = depthsOfEmpty();
        synchronized (this) {
            setPlacesVolatile(empty);
            shardsOfDepth = depths;
            setContendedDepthOpaque(0);
        }
    }

    // ---- The fields, by access mode ----

    /** Returns the current places, for code that goes through all shards. */
    Shard[] getPlacesAcquire() {
        return (Shard[]) PLACES.getAcquire(this);
    }

    private void setPlacesRelease(Shard[] shards) {
        PLACES.setRelease(this, shards);
    }

    private void setPlacesVolatile(Shard[] shards) {
        PLACES.setVolatile(this, shards);
    }

    int getContendedDepthOpaque() {
        return (int) CONTENDED_DEPTH.getOpaque(this);
    }

    void setContendedDepthOpaque(int depth) {
        CONTENDED_DEPTH.setOpaque(this, depth);
    }

    static Shard getPlaceAcquire(Shard[] shards, int index) {
        return (Shard) PLACE.getAcquire(shards, index);
    }

    private static void setPlaceRelease(Shard[] shards, int index, Shard shard) {
        PLACE.setRelease(shards, index, shard);
    }

    /** Returns the counts of rebuilds. */
    public RebuildCounts rebuilds() {
        RebuildCounts present = (RebuildCounts) REBUILDS.getAcquire(this);
        if (present == null) {
            REBUILDS.compareAndSet(this, null, new RebuildCounts());
            present = (RebuildCounts) REBUILDS.getAcquire(this);
        }
        return present;
    }

    private static final VarHandle PLACES;
    private static final VarHandle REBUILDS;
    private static final VarHandle CONTENDED_DEPTH;
    private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Shard[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PLACES = lookup.findVarHandle(Directory.class, "places", Shard[].class);
            CONTENDED_DEPTH = lookup.findVarHandle(Directory.class, "contendedDepth", int.class);
            REBUILDS = lookup.findVarHandle(Directory.class, "rebuilds", RebuildCounts.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
