package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * The broken twin of a look-up: it loads the tophash before the control word, and is content if the version
 * has not moved since the word. Between the two a key may have gone; and when it comes again, into the same
 * slot, this sees it before its tophash is there, and so before anybody else does.
 */
public final class EarlyTophash {
    private static final int WRITERS_GAP = 8;

    private EarlyTophash() {}

    private static Bucket bucketOf(Shards shards, Object key) {
        Table table = shards.getTableAcquire(0);
        return Chain.nonNull(table.getBucketAcquire(table.indexOf(hashOf(shards, key))));
    }

    private static long hashOf(Shards shards, Object key) {
        return shards.getTableAcquire(0).hash(key.hashCode());
    }

    /** Returns the value of a key in a map that is not being rebuilt, or null. */
    public static @Nullable Object get(Shards shards, Object key) {
        Bucket main = bucketOf(shards, key);
        long pattern = TopHash.pattern(hashOf(shards, key));
        while (true) {
            long top = main.getTophashAcquire();
            Gap.widen(2);
            int word = main.getControlAcquire();
            int slot = main.find(key, pattern, top);
            if (slot < 0) {
                return null;
            }
            Object value = main.getValueAcquire(slot);
            if (Bucket.sameVersion(word, main.getControlAcquire())) {
                return value;
            }
        }
    }

    /**
     * Inserts a key into its bucket, which has room, in the steps of the map; but takes its time before the
     * last one, as a thread does that loses its processor. That is no mistake.
     */
    public static void putSlowly(Shards shards, Object key, Object value) {
        Bucket main = bucketOf(shards, key);
        int word = main.getControlAcquire();
        int slot = main.firstEmpty();
        if (!main.tryClaim(word)) {
            throw new IllegalStateException("there is another writer");
        }
        shards.counts().countInserted();
        main.fill(slot, TopHash.EMPTY_ONE, key, value); // the tophash says empty still
        Gap.widen(WRITERS_GAP);
        main.setTophashRelease(TopHash.withState(main.getTophashAcquire(), slot, TopHash.of(hashOf(shards, key))));
        main.giveBackChanged(word);
    }
}
