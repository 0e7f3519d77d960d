package io.github.safemap.core.engine;

/**
 * An insertion of an absent key whose last step is a plain store. Value and key are in their slot already; only
 * the tophash is missing. The compiler may move the thread's other stores across the plain one.
 *
 * <p>C2 does so in {@code word(); box.a = 1; store(word); box.a = one() + 1}. Nothing between the two stores to the
 * field needs the first, so it is left out. Until the second the box is seen as it was before.
 */
public final class PlainInsertion {
    private final long[] words;
    private final int bucket;

    /**
     * The bits of the tophash. An array, because for the compiler it may be the same array as the words. So
     * they are not loaded before the store.
     */
    private final long[] tophash;

    /** Prepares the insertion into a map whose shard has room in the key's bucket. */
    public PlainInsertion(Directory directory, Object key, Object value) {
        long hash = directory.hash(key.hashCode());
        Shard shard = directory.shardOf(hash);
        words = Open.words(shard);
        bucket = HashSeed.shardBucketIndex(hash, shard.bucketCount() - 1);
        int slot = TopHash.firstUnused(words[bucket]);
        int at = (bucket << 4) + (slot << 1);
        Open.setValueRelease(shard, at, value);
        Open.setHolderRelease(shard, at, key);
        tophash = new long[] {TopHash.withState(0, slot, TopHash.of(hash))};
    }

    /**
     * Returns the word to store. It uses both arrays, so their bounds need no check later. A check would need
     * the stores before it.
     */
    public long word() {
        return words[bucket] | tophash[0];
    }

    /** Makes the entry visible. */
    public void store(long word) {
        words[bucket] = word;
    }

    /** Returns 1, some time after the store. */
    public int one() {
        return Gap.one(tophash[0]);
    }
}
