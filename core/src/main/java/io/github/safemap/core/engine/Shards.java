package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a concurrent map, one a shard, and the writes to them.
 *
 * <p>All of a map's content hangs on the reference to one of these; a map is cleared by exchanging it.
 * Whoever still uses the old one is ordered before the clear.
 *
 * <p><b>A write</b> finds the bucket, remembers its control word, looks for the key, and only then
 * claims the chain, by a compare-and-set from the remembered word: it succeeds only if nothing was
 * filled or emptied since. So no code of the user's ({@code hashCode}, {@code equals}) runs while a
 * chain is claimed; a chain is held for a few stores, and cannot stay claimed because something threw.
 *
 * <p><b>Counting.</b> An insertion is counted before the entry can be seen, a removal after it can no
 * longer be. {@link #size} reads the removals first. So it never says less than the number of entries
 * that were there at a moment during the call.
 */
public final class Shards {
    /** Write modes, to be added up: may add an entry; may change one that is there. */
    public static final int INSERT = 1;

    /** May replace or remove an entry that is there. */
    public static final int REPLACE = 2;

    /** Buckets that one write moves beside its own while the shard is being evacuated. */
    private static final int SWEEP = 2;

    private final Table[] tables;
    private final Table unborn;
    private final long seed;
    private final ShardPolicy policy;
    private final LongAdder inserted = new LongAdder();
    private final LongAdder removed = new LongAdder();

    /** Creates empty shards. A shard's table comes into being with its first entry. */
    public Shards(ShardPolicy policy) {
        this.policy = policy;
        seed = HashSeed.random();
        unborn = new Table(0, seed);
        tables = new Table[1 << policy.shardBits()];
        Arrays.fill(tables, unborn);
    }

    /** Returns the number of shards. */
    public int length() {
        return tables.length;
    }

    private int shardOf(long hash) {
        return HashSeed.shardIndex(hash, policy.shardBits());
    }

    /** Returns the value of a key, or null. */
    public @Nullable Object get(Object key, int hashCode) {
        long hash = HashSeed.spread(hashCode, seed);
        return getTableAcquire(shardOf(hash)).get(key, hash);
    }

    /**
     * Returns the number of entries: at rest exactly, otherwise no less than there were at some moment
     * during the call.
     */
    public long size() {
        long gone = removed.sum();
        return inserted.sum() - gone;
    }

    /**
     * Adds, replaces or removes an entry.
     *
     * @param expected replace or remove only if the present value equals this one; null: whatever it is
     * @param value the new value; null to remove the entry
     * @param mode {@link #INSERT}, {@link #REPLACE}, or both
     * @return the value that was there; null if there was none, or not the expected one
     */
    public @Nullable Object write(
            Object key, int hashCode, @Nullable Object expected, @Nullable Object value, int mode) {
        long hash = HashSeed.spread(hashCode, seed);
        int shard = shardOf(hash);
        Table table = getTableAcquire(shard);
        int waited = 0;
        for (; ; ) {
            int index = table.indexOf(hash);
            Bucket main = table.getBucketAcquire(index);
            if (main == Bucket.FORWARDED) {
                table = table.nextOfForwarded();
                continue;
            }
            Table next = table.getNextAcquire();
            if (next != null && help(shard, table, next, index)) {
                table = next;
                continue;
            }
            if (main == null) {
                if (value == null || (mode & INSERT) == 0) {
                    return null;
                }
                if (table == unborn) {
                    table = born(shard);
                } else if (insertFirst(shard, table, index, hash, key, value)) {
                    return null;
                }
                continue;
            }
            int word = main.getControlAcquire();
            if (!Bucket.isRetired(word) && !Bucket.isClaimed(word)) {
                int position = Chain.find(main, key, TopHash.pattern(hash));
                if (position == Chain.ABSENT) {
                    if (value == null || (mode & INSERT) == 0) {
                        return null;
                    }
                    if (main.tryClaim(word)) {
                        insert(shard, table, index, main, word, hash, key, value);
                        return null;
                    }
                } else {
                    Object current = Chain.valueAt(main, position);
                    if (current == null) {
                        // removed just now: look again
                    } else if ((mode & REPLACE) == 0
                            || (expected != null && !expected.equals(current))) {
                        if (Bucket.sameVersion(word, main.getControlAcquire())) {
                            return (mode & REPLACE) == 0 ? current : null;
                        }
                    } else if (main.tryClaim(word)) {
                        if (expected == null || Chain.valueAt(main, position) == current) {
                            return value == null
                                    ? remove(shard, table, index, main, word, position)
                                    : replace(main, word, position, value);
                        }
                        main.release(word); // another value has come; compare it too
                    }
                }
            }
            waited = Backoff.pause(waited);
        }
    }

    private Table born(int shard) {
        casTable(shard, unborn, new Table(policy.minBits(), seed));
        return getTableAcquire(shard);
    }

    private boolean insertFirst(
            int shard, Table table, int index, long hash, Object key, Object value) {
        Bucket main = new Bucket(Bucket.FEW);
        main.fill(0, TopHash.of(hash), key, value);
        inserted.increment();
        if (!table.casBucket(index, null, main)) {
            removed.increment();
            return false;
        }
        if (table.tally().changed(index, 0, 1)) {
            growIfDue(shard, table, 1);
        }
        return true;
    }

    private void insert(
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            long hash,
            Object key,
            Object value) {
        int before = Chain.count(main);
        Bucket now = null;
        try {
            inserted.increment();
            now = table.add(index, main, TopHash.of(hash), key, value);
        } finally {
            if (now == main) {
                main.releaseChanged(word);
            } else if (now != null) {
                main.retire();
            } else { // no memory
                main.release(word);
                removed.increment();
            }
        }
        if (table.tally().changed(index, before, before + 1) || before >= Bucket.SLOTS) {
            growIfDue(shard, table, before + 1);
        }
    }

    private static Object replace(Bucket main, int word, int position, Object value) {
        Object old = Chain.replaceAt(main, position, value);
        main.release(word);
        return old;
    }

    private Object remove(
            int shard, Table table, int index, Bucket main, int word, int position) {
        int before = Chain.count(main);
        Object old = Chain.removeAt(main, position);
        if (table.tidied(index, main, before - 1) == main) {
            main.releaseChanged(word);
        } else {
            main.retire();
        }
        removed.increment();
        if (table.tally().changed(index, before, before - 1)) {
            shrinkIfDue(shard, table);
        }
        return old;
    }

    // ---- Growth and shrinking ----

    private void growIfDue(int shard, Table table, int chained) {
        int live = Math.max(table.tally().live(), chained);
        if (Growth.overLoadFactor(live, table.bits()) && table.bits() < Table.MAX_BITS) {
            start(shard, table, table.bits() + 1);
        }
    }

    private void shrinkIfDue(int shard, Table table) {
        Tally tally = table.tally();
        if (policy.shrinksAfter(tally.deleted())) {
            int bits = policy.shrunkBits(tally.live());
            if (bits < table.bits()) {
                start(shard, table, bits);
            }
        }
    }

    private void start(int shard, Table table, int bits) {
        // Only a shard's one table: what is still being filled is not evacuated yet.
        if (table.getNextAcquire() == null
                && getTableAcquire(shard) == table
                && Growth.start(table, bits)) {
            policy.sweeper().evacuationStarted(this, shard, table);
        }
    }

    private boolean help(int shard, Table table, Table next, int index) {
        boolean moved = Growth.tryEvacuate(table, next, index);
        Growth.sweep(table, next, SWEEP);
        finishIfEvacuated(shard, table, next);
        return moved;
    }

    /** Drops a table that has been evacuated. Whoever moves its last bucket does this. */
    private void finishIfEvacuated(int shard, Table table, Table next) {
        if (table.isEvacuated()) {
            casTable(shard, table, next);
        }
    }

    /**
     * Moves the buckets of a range, if they have not moved yet.
     *
     * @return whether the table is a shard's table still, with buckets to be moved
     */
    boolean evacuate(int shard, Table table, int from, int to) {
        Table next = table.getNextAcquire();
        if (next == null || getTableAcquire(shard) != table) {
            return false;
        }
        for (int index = from; index < to; index++) {
            Growth.tryEvacuate(table, next, index);
        }
        finishIfEvacuated(shard, table, next);
        return getTableAcquire(shard) == table;
    }

    /** Ends what evacuations there are, and rebuilds each table that could be smaller. */
    public void trim() {
        for (int shard = 0; shard < tables.length; shard++) {
            Table table = getTableAcquire(shard);
            if (!evacuate(shard, table, 0, table.length())) {
                table = getTableAcquire(shard);
                int bits = policy.trimmedBits(table.tally().live());
                if (table != unborn && bits < table.bits() && Growth.start(table, bits)) {
                    evacuate(shard, table, 0, table.length());
                }
            }
        }
    }

    // ---- The tables, by access mode ----

    /** Returns the oldest table of a shard that still has entries. */
    public Table getTableAcquire(int shard) {
        return (Table) TABLE.getAcquire(tables, shard);
    }

    private void casTable(int shard, Table expected, Table table) {
        TABLE.compareAndSet(tables, shard, expected, table);
    }

    private static final VarHandle TABLE = MethodHandles.arrayElementVarHandle(Table[].class);
}
