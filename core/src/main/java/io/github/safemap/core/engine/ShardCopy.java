package io.github.safemap.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of one shard as it is at one moment: the moment at which this thread has claimed every bucket
 * of the shard.
 *
 * <p>Comparing the versions of two passes would claim nothing, but they do not move when a value is
 * replaced, and beside steady writers two passes over a large shard never agree. So writers of the shard
 * wait while it is copied; readers and iterators, who heed no claim, go on.
 *
 * <p><b>Places without a bucket</b> are filled with {@link #gap}, an empty bucket that stays claimed until
 * it is taken away again, so that no first entry comes there meanwhile. Buckets that have moved are found
 * in the next table.
 *
 * <p><b>No circle.</b> Tables are claimed from old to new and each from its first bucket to its last, so
 * two copiers do not wait for each other. Who moves a bucket has it claimed in the old table, so there is
 * nobody like that once the copier has come to the next one, nor before it gives the old one back, which
 * it does last. Else a bucket could move into a place of the next table, which growth does without a
 * claim, while the copier takes what stands there for its own.
 *
 * <p>No code of the user's runs meanwhile.
 */
public final class ShardCopy {
    /** The estimate of a table's entries is believed up to here, and the list grows beyond. */
    private static final int MAX_GUESS = 1 << 24;

    private final Bucket gap = new Bucket(0);
    private final Table root;
    private final List<Object> pairs;

    private ShardCopy(Table root) {
        this.root = root;
        pairs = new ArrayList<>(2 * Math.max(0, Math.min(root.tally().live(), MAX_GUESS)));
        gap.tryClaim(gap.getControlAcquire());
    }

    /** Returns each key of a shard, followed by its value. Others may write, and wait a while for it. */
    public static List<Object> of(Shards shards, int shard) {
        Table root = shards.getTableAcquire(shard);
        if (root == shards.emptyTable()) {
            return List.of(); // it stands for several shards, and cannot be claimed
        }
        ShardCopy copy = new ShardCopy(root);
        copy.holdFrom(root);
        return copy.pairs;
    }

    /** Claims a table and those after it, copies all, and gives back the newest first. */
    private void holdFrom(Table table) {
        int held = 0;
        try {
            for (; held < table.length(); held++) {
                hold(table, held);
            }
            // What has no next now cannot lose a bucket to one that comes later: all are claimed.
            Table next = table.getNextAcquire();
            if (next == null) {
                copyAll();
            } else {
                holdFrom(next);
            }
        } finally {
            for (int index = 0; index < held; index++) {
                release(table, index);
            }
        }
    }

    private void hold(Table table, int index) {
        int waited = 0;
        for (; ; ) {
            Bucket main = table.getBucketAcquire(index);
            if (main == null) {
                if (table.casBucket(index, null, gap)) {
                    return;
                }
            } else if (main == Bucket.FORWARDED || main.tryClaim(main.getControlAcquire())) {
                return;
            }
            waited = Backoff.pause(waited);
        }
    }

    private void release(Table table, int index) {
        Bucket main = Chain.nonNull(table.getBucketAcquire(index));
        if (main == gap) {
            table.setBucketRelease(index, null);
        } else if (main != Bucket.FORWARDED) {
            main.giveBackAsItWas();
        }
    }

    private void copyAll() {
        for (Table table = root; table != null; table = table.getNextAcquire()) {
            for (int index = 0; index < table.length(); index++) {
                Bucket main = table.getBucketAcquire(index);
                for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
                    copy(bucket);
                }
                if (main != null) {
                    for (KeyTree tree : main.getTreesAcquire()) {
                        tree.forEach((key, cell) -> copy(key, cell.getAcquire()));
                    }
                }
            }
        }
    }

    private void copy(Bucket bucket) {
        long full = TopHash.full(bucket.getTophashAcquire());
        for (; full != 0; full = TopHash.withoutFirst(full)) {
            int slot = TopHash.firstSlot(full);
            copy(Chain.nonNull(bucket.getKeyAcquire(slot)), bucket.getValueAcquire(slot));
        }
    }

    private void copy(Object key, @Nullable Object present) {
        Object value = Reservation.visible(present);
        if (value != null) {
            pairs.add(key);
            pairs.add(value);
        }
    }
}
