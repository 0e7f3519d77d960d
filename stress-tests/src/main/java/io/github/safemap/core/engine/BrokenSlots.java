package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/** Writes into a slot, each with a mistake, in a map whose shards have room and are not rebuilt meanwhile. */
public final class BrokenSlots {
    private static final int SLOW = 8;

    private BrokenSlots() {}

    /** Inserts an absent key without a claim. */
    public static void putUnclaimed(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        shard.counts().countInserted();
        shard.append(hash, key, value);
    }

    /**
     * Inserts a key that was absent when it looked, but does not check whether a slot was used since.
     *
     * @return the value that was there
     */
    public static @Nullable Object putUnasked(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        int at = shard.find(key, hash);
        if (at != Shard.ABSENT) {
            Object old = shard.getValue(at, key);
            shard.replace(at, key, null, value);
            return old;
        }
        Gap.widen();
        claim(shard);
        shard.counts().countInserted();
        shard.append(hash, key, value);
        shard.control().giveBack();
        return null;
    }

    /** Inserts an absent key into the first slot of its bucket that is not full, even a dead one. */
    public static void putReusing(Directory directory, Object key, Object value) {
        putReusing(directory, key, value, 0);
    }

    /** Does the same, but waits before the tophash, as a thread that loses its processor. */
    public static void putReusingSlowly(Directory directory, Object key, Object value) {
        putReusing(directory, key, value, SLOW);
    }

    private static void putReusing(Directory directory, Object key, Object value, int gap) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        claim(shard);
        int bucket = HashSeed.shardBucketIndex(hash, shard.bucketCount() - 1);
        fill(shard, bucket, TopHash.firstSlot(TopHash.empty(shard.getWordAcquire(bucket))), hash, key, value, gap);
        shard.control().giveBack();
    }

    /**
     * Inserts an absent key as the map does, but waits before the last step. This is no mistake.
     */
    public static void putSlowly(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        claim(shard);
        int bucket = HashSeed.shardBucketIndex(hash, shard.bucketCount() - 1);
        fill(shard, bucket, TopHash.firstUnused(shard.getWordAcquire(bucket)), hash, key, value, SLOW);
        shard.control().addUsed(1);
        shard.control().giveBack();
    }

    private static void fill(Shard shard, int bucket, int slot, long hash, Object key, Object value, int gap) {
        int at = (bucket << 4) + (slot << 1);
        shard.counts().countInserted();
        Open.setValueRelease(shard, at, value);
        Open.setHolderRelease(shard, at, key);
        Gap.widen(gap);
        Open.setWordRelease(shard, bucket, TopHash.withState(shard.getWordAcquire(bucket), slot, TopHash.of(hash)));
    }

    /**
     * Replaces the value of a key as the map does, but gives the shard back by a release store. So a later read
     * may run ahead of it.
     */
    public static void replaceReleasing(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        int at = shard.find(key, hash);
        claim(shard);
        Open.setValueRelease(shard, at, value);
        shard.control().giveBackRelease();
    }

    static void claim(Shard shard) {
        if (!shard.control().claim()) {
            throw new IllegalStateException("the shard has been replaced");
        }
    }
}
