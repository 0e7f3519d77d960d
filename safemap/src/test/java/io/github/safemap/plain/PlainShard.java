package io.github.safemap.plain;

import io.github.safemap.core.GoMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * One lock, the table that it guards, and the number of deletions since the table was built.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class PlainShard<K, V> {
    /** With fewer deletions there is no rebuild, because it would give back next to nothing. */
    private static final int MIN_DELETIONS = 32;

    /**
     * A rebuild moves at most this many survivors for each deletion, so that its cost for each deletion stays
     * constant.
     */
    private static final int MAX_MOVES_PER_DELETION = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private GoMap<K, V> map = new GoMap<>();
    private int deletions;

    /** The largest number of entries that the table has had. It has grown to fit them. */
    private int peak;

    /** Runs an action with the shard's table, under the lock. */
    <R> R locked(Function<GoMap<K, V>, R> action) {
        lock.lock();
        try {
            // An action may call back through a user function. Then only the outermost call may replace the
            // table, because the outer calls still use it.
            boolean outermost = lock.getHoldCount() == 1;
            int before = map.size();
            try {
                return action.apply(map);
            } finally {
                if (outermost) {
                    settle(before);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(int before) {
        int live = map.size();
        peak = Math.max(peak, live);
        deletions += Math.max(0, before - live);
        if (deletions >= MIN_DELETIONS
                && live <= (long) MAX_MOVES_PER_DELETION * deletions
                && bitsFor(live) < bitsFor(peak)) {
            rebuild(live);
        }
    }

    /** Returns the base-2 logarithm of the number of buckets that these entries need at Go's load of 6.5. */
    private static int bitsFor(int entries) {
        int bits = 0;
        while (entries > 8 && entries > (13L << bits) / 2) {
            bits++;
        }
        return bits;
    }

    /** Moves the survivors into a table of the right size. */
    private void rebuild(int live) {
        deletions = 0;
        try {
            GoMap<K, V> fresh = new GoMap<>(live);
            fresh.putAll(map);
            map = fresh;
            peak = live;
        } catch (RuntimeException | OutOfMemoryError e) {
            // A hashCode threw, or there is no memory for the smaller table yet. All entries are still in the
            // old one, and the deletion is done: try again later.
        }
    }

    /** Drops the table and all its entries. */
    void clear() {
        lock.lock();
        try {
            if (peak > 0) {
                map = new GoMap<>();
                deletions = 0;
                peak = 0;
            }
        } finally {
            lock.unlock();
        }
    }
}
