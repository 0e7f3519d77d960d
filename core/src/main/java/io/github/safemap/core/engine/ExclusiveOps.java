package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/** Changes of a table that only one thread uses: no claims. */
public final class ExclusiveOps {
    private ExclusiveOps() {}

    /** Puts an entry whose key is not there. */
    public static void insert(Table table, long hash, Object key, Object value) {
        int index = table.indexOf(hash);
        int top = TopHash.of(hash);
        Bucket main = table.getBucketAcquire(index);
        if (main == null) {
            main = new Bucket(Bucket.FEW);
            main.fill(0, top, key, value);
            table.setBucketRelease(index, main); // filled before it can be reached
        } else if (table.add(index, main, top, key, value, false) != main) {
            main.retire();
        }
    }

    /**
     * Replaces the value of a key, or removes its entry. Buckets stay, also empty ones.
     *
     * @param value the new value; null to remove the entry
     * @return the old value, or null if the key is not there
     */
    public static @Nullable Object replaceOrRemove(Table table, long hash, Object key, @Nullable Object value) {
        Bucket main = table.getBucketAcquire(table.indexOf(hash));
        int position = main == null ? Chain.ABSENT : Chain.find(main, key, TopHash.pattern(hash));
        if (main == null || position == Chain.ABSENT) {
            return null;
        }
        if (value != null) {
            return Chain.replaceAt(main, position, value);
        }
        Object old = Chain.removeAt(main, position);
        main.bumpVersion();
        return old;
    }

    /** Removes every entry, keeps the main buckets. Takes time in the number of buckets. */
    public static void clear(Table table) {
        for (int i = 0; i < table.length(); i++) {
            Bucket main = table.getBucketAcquire(i);
            if (main != null && main != Bucket.FORWARDED) {
                Chain.clear(main);
            }
        }
        table.tally().resetOverflowBuckets();
    }
}
