package io.github.safemap.core.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Checks what must be true of {@link Shards} while nobody changes them. */
public final class ShardsInvariants {
    private ShardsInvariants() {}

    /**
     * Checks all tables. A task that still moves buckets on an executor may be in the middle of a step:
     * what does not hold is checked again until that is done.
     *
     * @throws AssertionError if something is not as it must be
     */
    public static void check(Shards shards) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (true) {
            boolean idle = shards.isIdle();
            try {
                checkOnce(shards);
                return;
            } catch (AssertionError e) {
                if ((idle && shards.isIdle()) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    private static void checkOnce(Shards shards) {
        Set<Object> all = new HashSet<>();
        for (int shard = 0; shard < shards.length(); shard++) {
            Table root = shards.getTableAcquire(shard);
            for (Object key : TableInvariants.check(root)) {
                if (!all.add(key)) {
                    throw new AssertionError("key " + key + " is in two shards");
                }
                if (shards.get(key, key.hashCode()) == null) {
                    throw new AssertionError("key " + key + " is in a shard that is not its own");
                }
            }
            for (Table table = root; table != null; table = table.getNextAcquire()) {
                checkBooks(table);
            }
            if (root != shards.emptyTable() && shards.getRowAcquire(shard) != root.buckets()) {
                throw new AssertionError("look-ups begin in the buckets of another table");
            }
            if (root.isEvacuated()) {
                throw new AssertionError("an evacuated table is still its shard's");
            }
        }
        if (all.size() != shards.size()) {
            throw new AssertionError(all.size() + " entries, but size is " + shards.size());
        }
    }

    private static void checkBooks(Table table) {
        int reported = 0;
        for (int i = 0; i < table.length(); i++) {
            Bucket main = table.getBucketAcquire(i);
            if (main != null && main != Bucket.FORWARDED) {
                reported += Crowd.booked(main, i);
                if (Chain.count(main) == 0 && !main.hasTrees() && !TableInvariants.isUntidy()) {
                    throw new AssertionError("empty bucket " + i + " has not been dropped");
                }
            }
        }
        if (reported != table.tally().live()) {
            throw new AssertionError("chains report " + reported + ", but the tally says "
                    + table.tally().live());
        }
    }
}
