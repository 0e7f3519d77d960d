package io.github.safemap;

import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.Table;
import io.github.safemap.core.engine.TableInvariants;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests may know of a {@link SafeMap}'s tables. */
final class Tables {
    /** A bound for hangs only; no run comes near it. */
    private static final long SECONDS = 30;

    private static final long POLL_NANOS = 200_000;

    private Tables() {}

    /** Returns the main buckets of all tables, old ones included. */
    static long buckets(SafeMap<?, ?> map) {
        Shards shards = map.getShardsAcquire();
        long buckets = 0;
        for (int shard = 0; shard < shards.length(); shard++) {
            Table table = shards.getTableAcquire(shard);
            for (; table != null; table = table.getNextAcquire()) {
                buckets += table.length();
            }
        }
        return buckets;
    }

    /** Returns whether a shard's buckets are still on the way to another table. */
    static boolean moving(SafeMap<?, ?> map) {
        Shards shards = map.getShardsAcquire();
        for (int shard = 0; shard < shards.length(); shard++) {
            if (shards.getTableAcquire(shard).getNextAcquire() != null) {
                return true;
            }
        }
        return false;
    }

    /** Returns the sizes of the trees that keys of equal hashes were sorted into, smallest first. */
    static List<Integer> trees(SafeMap<?, ?> map) {
        Shards shards = map.getShardsAcquire();
        List<Integer> sizes = new ArrayList<>();
        for (int shard = 0; shard < shards.length(); shard++) {
            sizes.addAll(TableInvariants.trees(shards.getTableAcquire(shard)));
        }
        sizes.sort(null);
        return sizes;
    }

    /** Waits until something has happened that another thread will do. */
    static void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("has not happened: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
