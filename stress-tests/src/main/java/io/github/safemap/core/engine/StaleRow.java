package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * The broken twin of the row that look-ups begin in: before there is a table it has an empty place for a
 * bucket, and the table is there before the row.
 */
public final class StaleRow {
    private final Shards shards;
    private volatile @Nullable Bucket[] row = new Bucket[1];

    /** Watches shards that are still empty. */
    public StaleRow(Shards shards) {
        this.shards = shards;
    }

    /** Puts an entry; whoever made the first table then writes the row. */
    public void put(Object key, Object value) {
        boolean first = shards.getTableAcquire(0) == shards.emptyTable();
        shards.write(key, key.hashCode(), null, value, Shards.INSERT);
        if (first) {
            Gap.widen();
            row = shards.getTableAcquire(0).buckets();
        }
    }

    /** Returns the value of a key. */
    public @Nullable Object get(Object key) {
        Table table = shards.getTableAcquire(0);
        long hash = table.hash(key.hashCode());
        Object found = Table.probe(row, key, hash);
        return found == Table.UNDECIDED ? table.getSlowly(key, hash) : found;
    }
}
