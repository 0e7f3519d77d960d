package io.github.safemap.core.engine;

/**
 * The broken twins of {@link Evacuation}, for a map that grows from one bucket to two, or shrinks
 * from two to one. All of them move the whole table, as one writer does, and then put the next
 * table in its place.
 */
public final class BrokenEvacuation {
    private BrokenEvacuation() {}

    /** Forwards each bucket before its entries are in the next table. */
    public static void forwardFirst(Shards shards) {
        Table from = shards.getTableAcquire(0);
        Table to = Chain.nonNull(from.getNextAcquire());
        for (int index = 0; index < from.length(); index++) {
            Bucket main = from.getBucketAcquire(index);
            from.setBucketRelease(index, Bucket.FORWARDED);
            Gap.widen();
            if (main != null) {
                copy(main, to);
                main.retire();
            }
            from.countMoved();
        }
        finish(shards, from);
    }

    /** Copies each bucket that has not moved, without claiming it, and then forwards it. */
    public static void withoutClaim(Shards shards) {
        Table from = shards.getTableAcquire(0);
        Table to = from.getNextAcquire();
        if (to == null) {
            return; // another writer has moved everything
        }
        for (int index = 0; index < from.length(); index++) {
            Bucket main = from.getBucketAcquire(index);
            if (main == Bucket.FORWARDED) {
                continue;
            }
            if (main != null) {
                copy(main, to);
            }
            Gap.widen();
            from.setBucketRelease(index, Bucket.FORWARDED);
            if (main != null) {
                main.retire();
            }
            from.countMoved();
        }
        finish(shards, from);
    }

    private static void copy(Bucket main, Table to) {
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object key = bucket.getKeyAcquire(slot);
                Object value = bucket.getValueAcquire(slot);
                if (key != null && value != null) {
                    ExclusiveOps.insert(to, to.hash(key.hashCode()), key, value);
                }
            }
        }
    }

    /** Has the shards put the next table in the old one's place. */
    private static void finish(Shards shards, Table from) {
        shards.evacuate(0, from, 0, 0);
    }
}
