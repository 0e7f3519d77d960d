package io.github.safemap;

import io.github.safemap.core.engine.DirectoryView;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Access to a {@link SafeMap}'s shards, for tests. */
final class Tables {
    /** Only for tests that hang. No run comes near it. */
    private static final long SECONDS = 30;

    private static final long POLL_NANOS = 200_000;

    private Tables() {}

    /** Returns the slots of all shards. */
    static long slots(SafeMap<?, ?> map) {
        return map.stats().slots();
    }

    /** Returns the shard of a key, present or absent, for comparison by identity. */
    static Object shardOf(SafeMap<?, ?> map, Object key) {
        return DirectoryView.shardOf(map.directory, key);
    }

    /** Returns the sizes of the collision trees, smallest first. */
    static List<Integer> trees(SafeMap<?, ?> map) {
        return DirectoryView.collisionTrees(map.directory);
    }

    /** Waits until another thread has done something. */
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
