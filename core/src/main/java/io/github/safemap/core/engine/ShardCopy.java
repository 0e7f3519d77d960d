package io.github.safemap.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
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
 * <p><b>Functions</b> that run meanwhile may end: what a {@link Reservation} stands for changes without a
 * claim. So those that have been met are asked when all is copied: see {@link #conclude}.
 *
 * <p>No code of the user's runs meanwhile.
 */
public final class ShardCopy {
    /** The estimate of a table's entries is believed up to here, and the list grows beyond. */
    private static final int MAX_GUESS = 1 << 24;

    private final Bucket gap = new Bucket(0);
    private final List<Object> pairs;

    /** Where in the list a reservation stands in the place of a value. */
    private final List<Integer> reserved = new ArrayList<>();

    private ShardCopy(int entries) {
        pairs = new ArrayList<>(2 * Math.max(0, Math.min(entries, MAX_GUESS)));
        gap.tryClaim(gap.getControlAcquire());
    }

    /** Returns each key of a shard, followed by its value. Others may write, and wait a while for it. */
    public static List<Object> of(Shards shards, int shard) {
        Table root = shards.getTableAcquire(shard);
        // The empty one stands for several shards, and cannot be claimed.
        return root == shards.emptyTable() ? List.of() : of(root);
    }

    /** Copies what a shard's table, or those that it has moved on to, has. */
    static List<Object> of(Table root) {
        ShardCopy copy = new ShardCopy(root.tally().live());
        Table table = root; // any number of others may have come and gone by now: no recursion
        while (!copy.isDoneWith(table)) {
            table = table.nextOfForwarded();
        }
        return copy.pairs;
    }

    /**
     * Claims a table and the one that it moves to, if any, copies both, and gives them back.
     *
     * @return whether it was done; not if the table has been evacuated: then the next one has all
     */
    private boolean isDoneWith(Table table) {
        int held = 0;
        StackRoom.require((int) table.seed()); // a gap does not ask for it
        try {
            boolean evacuated = true;
            for (; held < table.length(); held++) {
                evacuated &= hold(table, held) == Bucket.FORWARDED;
            }
            if (evacuated) {
                return false;
            }
            // A table with a bucket left is its shard's, so it is the last but one at most. What has no
            // next now cannot lose a bucket to one that comes later: all are claimed.
            Table next = table.getNextAcquire();
            if (next != null) {
                copyWithNext(table, next);
            } else {
                copyAll(table);
                conclude();
            }
            return true;
        } finally {
            release(table, held);
        }
    }

    private void copyWithNext(Table table, Table next) {
        int held = 0;
        try {
            for (; held < next.length(); held++) {
                hold(next, held);
            }
            copyAll(table);
            copyAll(next);
            conclude();
        } finally {
            release(next, held);
        }
    }

    /** Returns what stands in the place now: a claimed bucket, or {@link Bucket#FORWARDED}. */
    private Bucket hold(Table table, int index) {
        int waited = 0;
        for (; ; ) {
            Bucket main = table.getBucketAcquire(index);
            if (main == null) {
                if (table.casBucket(index, null, gap)) {
                    return gap;
                }
            } else if (main == Bucket.FORWARDED || main.tryClaim(main.getControlAcquire())) {
                return main;
            } else {
                waited = Backoff.pause(waited, table, index, main);
            }
        }
    }

    private void release(Table table, int held) {
        for (int index = 0; index < held; index++) {
            Bucket main = Chain.nonNull(table.getBucketAcquire(index));
            if (main == gap) {
                table.setBucketRelease(index, null);
            } else if (main != Bucket.FORWARDED) {
                main.giveBackAsItWas();
            }
        }
    }

    private void copyAll(Table table) {
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

    private void copy(Bucket bucket) {
        long full = TopHash.full(bucket.getTophashAcquire());
        for (; full != 0; full = TopHash.withoutFirst(full)) {
            int slot = TopHash.firstSlot(full);
            copy(Chain.nonNull(bucket.getKeyAcquire(slot)), bucket.getValueAcquire(slot));
        }
    }

    private void copy(Object key, @Nullable Object value) {
        if (value != null) {
            if (value instanceof Reservation) {
                reserved.add(pairs.size() + 1);
            }
            pairs.add(key);
            pairs.add(value);
        }
    }

    /** Puts the values that the reservations stand for at one moment in their places. */
    private void conclude() {
        @Nullable Object[] values = atOneMoment(reserved.size(), i -> reservationAt(i).current());
        for (int i = values.length - 1; i >= 0; i--) { // from the last one on: some take their pairs along
            Object value = values[i];
            int index = reserved.get(i);
            if (value != null) {
                pairs.set(index, value);
            } else {
                pairs.remove(index);
                pairs.remove(index - 1);
            }
        }
    }

    /**
     * Returns what so many values, each of which changes once at most, were at one moment. If two passes find
     * the same, none has changed from its turn in the first to its turn in the second, and all were so in between.
     */
    static @Nullable Object[] atOneMoment(int count, IntFunction<@Nullable Object> current) {
        @Nullable Object[] values = new @Nullable Object[count];
        Arrays.fill(values, values); // not asked yet: null would pass for an answer
        boolean changed = count > 0;
        while (changed) {
            changed = false;
            for (int i = 0; i < count; i++) {
                Object value = current.apply(i);
                changed |= value != values[i];
                values[i] = value;
            }
        }
        return values;
    }

    private Reservation reservationAt(int i) {
        return (Reservation) pairs.get(reserved.get(i));
    }
}
