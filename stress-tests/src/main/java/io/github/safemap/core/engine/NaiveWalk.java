package io.github.safemap.core.engine;

import java.util.function.Consumer;

/**
 * The broken twin of {@link TableCursor}: it goes along the buckets of whatever table the map has
 * at each step, by their index.
 */
public final class NaiveWalk {
    private NaiveWalk() {}

    /** Passes on the keys of a map with one shard. */
    public static void keys(Shards shards, Consumer<Object> action) {
        for (int index = 0; index < shards.getTableAcquire(0).length(); index++) {
            Table table = shards.getTableAcquire(0);
            Bucket main = table.getBucketAcquire(index & (table.length() - 1));
            while (main == Bucket.FORWARDED) {
                table = table.nextOfForwarded();
                main = table.getBucketAcquire(index & (table.length() - 1));
            }
            for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
                pass(bucket, action);
            }
        }
    }

    private static void pass(Bucket bucket, Consumer<Object> action) {
        long full = TopHash.full(bucket.getTophashAcquire());
        for (; full != 0; full = TopHash.withoutFirst(full)) {
            Object key = bucket.getKeyAcquire(TopHash.firstSlot(full));
            if (key != null) {
                action.accept(key);
            }
        }
    }
}
