package io.github.safemap.core.engine;

/**
 * A look-up with plain loads. The compiler may move the thread's other loads across it.
 *
 * <p>C2 does so in {@code int before = box.a; if (isAbsent(before)) use(box.a)}. Nothing between the two loads of
 * the field keeps the second from being the same as the first, so it is left out.
 */
public final class PlainLookup {
    /** An array, so that the look-up can depend on a number. */
    private final Directory[] directory;

    private final long hash;

    /** Prepares look-ups of a key whose tophash no other key has. */
    public PlainLookup(Directory directory, Object key) {
        this.directory = new Directory[] {directory};
        hash = directory.hash(key.hashCode());
    }

    /**
     * Returns whether no key has this tophash.
     *
     * @param loaded a number from 0 on; the look-up begins some time after it was loaded
     */
    public boolean isAbsent(int loaded) {
        Shard[] places = Open.places(directory[Gap.one(loaded) - 1]);
        Shard shard = places[HashSeed.placeBits(hash) & (places.length - 1)];
        long[] words = Open.words(shard);
        long word = words[HashSeed.shardBucketIndex(hash, words.length - 1)];
        return TopHash.matches(word, TopHash.pattern(hash)) == 0;
    }
}
