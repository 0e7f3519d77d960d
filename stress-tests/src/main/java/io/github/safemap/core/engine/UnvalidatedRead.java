package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/** The broken twin of {@link Table#get}: it does not ask whether the version moved. */
public final class UnvalidatedRead {
    private UnvalidatedRead() {}

    /** Returns the value of a key in a map that is not being rebuilt, or another key's. */
    public static @Nullable Object get(Shards shards, Object key) {
        Table table = shards.getTableAcquire(0);
        long hash = table.hash(key.hashCode());
        Bucket main = table.getBucketAcquire(table.indexOf(hash));
        if (main == null) {
            return null;
        }
        int position = Chain.find(main, key, TopHash.pattern(hash));
        return position == Chain.ABSENT ? null : Chain.valueAt(main, position);
    }
}
