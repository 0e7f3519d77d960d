package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
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
 * chain is claimed; a chain is claimed for a few stores, and cannot stay so because something threw. Functions
 * may run while theirs is held: see {@link Holds}.
 *
 * <p><b>Counting.</b> See {@link Counts}, and {@link Tally} for estimates.
 */
public final class Shards {
    /** Write modes, to be added up: may add an entry; may change one that is there. */
    public static final int INSERT = 1;

    /** May replace or remove an entry that is there. */
    public static final int REPLACE = 2;

    /** Leaves it to {@link #shrinkWhereDue} whether a removal makes a table shrink. */
    public static final int BULK = 4;

    /** Buckets that one write moves beside its own while the shard is being evacuated. */
    private static final int SWEEP = 2;

    /** The row of a shard without a table. */
    private static final @Nullable Bucket[] NO_TABLE = {Bucket.FORWARDED};

    private final Table[] tables;

    /**
     * Each table's main buckets: a look-up that ends in them does without one load, of the table. For a
     * moment they may be those of a table that has just been evacuated; all of these are {@link
     * Bucket#FORWARDED}, and so is the one that stands here before there is a table. So nothing can be
     * missed in them.
     */
    private final @Nullable Bucket[][] rows;

    private final Table unborn;
    private final long seed;
    private final ShardPolicy policy;

    /** Made for the first evacuation: small maps do without. */
    @SuppressWarnings("unused") // through SWEEPER
    private @Nullable Sweeper sweeper;

    private final Counts counts = new Counts();
    private final Rebuilds rebuilds;

    /** Creates empty shards. A shard's table comes into being with its first entry. */
    public Shards(ShardPolicy policy) {
        this(policy, new Rebuilds());
    }

    private Shards(ShardPolicy policy, Rebuilds rebuilds) {
        this.policy = policy;
        this.rebuilds = rebuilds;
        seed = HashSeed.random();
        unborn = new Table(0, seed);
        tables = new Table[1 << policy.shardBits()];
        Arrays.fill(tables, unborn);
        rows = new @Nullable Bucket[tables.length][];
        Arrays.fill(rows, NO_TABLE);
    }

    /** Returns the settings. */
    public ShardPolicy policy() {
        return policy;
    }

    /** Returns empty shards to take the place of these, with the same settings. */
    public Shards emptied() {
        return new Shards(policy, rebuilds);
    }

    /** Returns what growing and shrinking has come to. */
    public Rebuilds rebuilds() {
        return rebuilds;
    }

    /** Returns the number of shards. */
    public int length() {
        return tables.length;
    }

    /** Returns whether no task moves buckets, or is about to. */
    boolean isIdle() {
        Sweeper present = getSweeperAcquire();
        return present == null || present.isIdle();
    }

    private int shardOf(long hash) {
        return HashSeed.shardIndex(hash, rows.length - 1);
    }

    /** Returns the value of a key, or null. */
    public @Nullable Object get(Object key, int hashCode) {
        long hash = HashSeed.spread(hashCode, seed);
        int shard = shardOf(hash);
        Object found = Table.probe(getRowAcquire(shard), key, hash);
        return found == Table.UNDECIDED ? getTableAcquire(shard).getSlowly(key, hash) : found;
    }

    /** Returns the number of entries, by {@link Counts#size}. */
    public long size() {
        return counts.size();
    }

    Counts counts() {
        return counts;
    }

    /**
     * Adds, replaces or removes an entry.
     *
     * @param expected replace or remove only if the present value equals this one; null: whatever it is
     * @param value the new value; null to remove the entry
     * @param mode {@link #INSERT}, {@link #REPLACE}, or both, and perhaps {@link #BULK}
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
            if (table.getNextAcquire() != null && follows(shard, table, index)) {
                table = table.nextOfForwarded();
                continue;
            }
            if (main == null) {
                if (value == null || (mode & INSERT) == 0) {
                    return null;
                }
                if (insertFirst(shard, table, index, hash, key, value)) {
                    return null;
                }
                table = getTableAcquire(shard);
                continue;
            }
            int word = main.getControlAcquire();
            if (Bucket.isFree(word)) {
                int position = Chain.find(main, key, TopHash.pattern(hash));
                Object result = position < 0
                        ? writeAbsent(shard, table, index, main, word, position, hash, key, expected, value, mode)
                        : writePresent(shard, table, index, main, word, position, expected, value, mode);
                if (result != Crowd.RETRY) {
                    return result;
                }
            }
            waited = Backoff.pause(waited, table, index, main);
        }
    }

    /** Does the write of a key that is in a slot. */
    private @Nullable Object writePresent(
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            int position,
            @Nullable Object expected,
            @Nullable Object value,
            int mode) {
        Object current = Chain.valueAt(main, position);
        if (Bucket.isReserved(word) && current instanceof Reservation reservation) {
            reservation.await();
            return Crowd.RETRY;
        }
        if (current == null || (expected != null && current instanceof Reservation)) {
            return Crowd.RETRY; // it has changed since
        }
        if ((mode & REPLACE) == 0) {
            return leave(main, word, current);
        }
        if (expected != null && !Objects.equals(expected, current)) {
            return leave(main, word, null);
        }
        return change(shard, table, index, main, word, position, expected, current, value, mode);
    }

    /** Does the write of a key that is in none of the chain's slots. */
    private @Nullable Object writeAbsent(
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            int position,
            long hash,
            Object key,
            @Nullable Object expected,
            @Nullable Object value,
            int mode) {
        if (position == Chain.UNSLOTTED) {
            Object result = Crowd.write(this, table, index, main, word, hash, key, expected, value, mode);
            if (result != Crowd.ELSEWHERE) {
                return result;
            }
        }
        if (value == null || (mode & INSERT) == 0) {
            return null;
        }
        if (!main.tryClaim(word)) {
            return Crowd.RETRY;
        }
        insert(shard, table, index, main, word, hash, key, value);
        return null;
    }

    /** Adds an entry to an empty bucket; returns whether it was still empty, and its table made. */
    private boolean insertFirst(int shard, Table table, int index, long hash, Object key, Object value) {
        StackRoom.require((int) hash); // any number will do
        counts.countInserted();
        boolean done = false;
        try {
            done = placeFirst(shard, table, index, hash, key, value, false);
        } finally {
            if (!done) {
                counts.countRemoved();
            }
        }
        return done;
    }

    boolean placeFirst(int shard, Table table, int index, long hash, Object key, Object value, boolean reserves) {
        if (table == unborn) {
            casTable(shard, unborn, new Table(policy.minBits(), seed));
            return false;
        }
        Bucket main = new Bucket(Bucket.FEW);
        main.fill(0, TopHash.of(hash), key, value);
        if (reserves) {
            main.markReserved();
        }
        if (!table.casBucket(index, null, main)) {
            return false;
        }
        if (table.tally().changed(index, 0, 1)) {
            growIfDue(shard, table, 1);
        }
        return true;
    }

    /** Adds an entry to a chain that the caller has claimed. */
    private void insert(int shard, Table table, int index, Bucket main, int word, long hash, Object key, Object value) {
        boolean counted = false;
        try {
            counts.countInserted();
            counted = true;
        } finally {
            if (!counted) {
                main.giveBack(word);
            }
        }
        boolean done = false;
        try {
            place(shard, table, index, main, word, hash, key, value, false);
            done = true;
        } finally {
            if (!done) {
                counts.countRemoved();
            }
        }
    }

    /**
     * Fills a slot of a chain that the caller has claimed, and gives the chain back.
     *
     * @param reserves whether the value is a reservation; to ask the value itself would be a cache miss
     */
    void place(
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            long hash,
            Object key,
            Object value,
            boolean reserves) {
        int before = Chain.count(main);
        Bucket now = null;
        if (reserves) {
            main.announceReservation(word);
        }
        try {
            now = table.add(index, main, TopHash.of(hash), key, value, reserves);
        } finally {
            if (now == null) { // no memory
                main.giveBack(word);
            }
        }
        if (now != main) {
            main.retire();
        } else if (reserves) {
            main.giveBackReserved(word, true);
        } else {
            main.giveBackChanged(word);
        }
        if (table.tally().changed(index, before, before + 1) || before >= Bucket.SLOTS) {
            growIfDue(shard, table, before + 1);
            if (before + 1 >= Crowd.MANY) {
                Crowd.sortIfDue(table, index, hash, key);
            }
        }
    }

    /** Ends a write that changes nothing, if what it found was there as a whole. */
    static @Nullable Object leave(Bucket main, int word, @Nullable Object result) {
        return Bucket.sameVersion(word, main.getControlAcquire()) ? result : Crowd.RETRY;
    }

    /** Replaces or removes an entry that is there. */
    private Object change(
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            int position,
            @Nullable Object expected,
            Object current,
            @Nullable Object value,
            int mode) {
        if (!main.tryClaim(word)) {
            return Crowd.RETRY;
        }
        if (expected != null && Chain.valueAt(main, position) != current) {
            main.giveBack(word); // another value has come, to be compared too
            return Crowd.RETRY;
        }
        if (value == null) {
            return remove(shard, table, index, main, word, position, mode);
        }
        Object old = Chain.replaceAt(main, position, value);
        main.giveBack(word);
        return old;
    }

    private Object remove(int shard, Table table, int index, Bucket main, int word, int position, int mode) {
        Object old = takeOut(shard, table, index, main, word, position, mode);
        counts.countRemoved();
        return old;
    }

    /** Empties a slot of a chain that the caller has claimed, and gives the chain back. */
    Object takeOut(int shard, Table table, int index, Bucket main, int word, int position, int mode) {
        int before = Chain.count(main);
        Object old = Chain.removeAt(main, position);
        if (table.tidied(index, main, before - 1) != main) {
            main.retire();
        } else if (Bucket.isReserved(word)) {
            main.giveBackReserved(word, Chain.hasReservation(main));
        } else {
            main.giveBackChanged(word);
        }
        if (table.tally().changed(index, before, before - 1) && (mode & BULK) == 0) {
            shrinkIfDue(shard, table);
        }
        return old;
    }

    // ---- Computing ----

    /**
     * Lets a function compute the value of a key, which alone is held meanwhile. A {@link Reservation}
     * takes the place of the value; then the function runs; then its result takes the place of the
     * reservation, wherever that is by then.
     *
     * @param function is given the present value or null, and returns the new one, or null for none; it
     *     is called once, or not at all
     * @param mode {@link #INSERT} to call it if the key is not there, {@link #REPLACE} to call it if it
     *     is
     * @return the new value; or the one that was there, if the function was not called
     * @throws IllegalStateException if the key is held by the current thread, or by one that waits for
     *     it
     */
    public @Nullable Object compute(Object key, int hashCode, UnaryOperator<@Nullable Object> function, int mode) {
        long hash = HashSeed.spread(hashCode, seed);
        return Computing.compute(this, shardOf(hash), key, hash, function, mode);
    }

    // ---- Growth and shrinking ----

    private void growIfDue(int shard, Table table, int chained) {
        int estimate = Math.max(table.tally().live(), chained);
        if (Growth.overLoadFactor(estimate, table.bits())
                && Growth.overLoadFactor(table.entries(estimate), table.bits())
                && table.bits() < Table.MAX_BITS) {
            start(shard, table, table.bits() + 1);
        }
    }

    /** Shrinks each table for which that is due, to the end: what removals in {@link #BULK} mode left. */
    public void shrinkWhereDue() {
        for (int shard = 0; shard < tables.length; shard++) {
            shrinkIfDue(shard, getTableAcquire(shard));
            settled(shard);
        }
    }

    /** Makes the tables of shards that never had an entry large enough for their shares of so many. */
    public void makeRoom(long entries) {
        int bits = Growth.bitsFor(policy.share(entries));
        for (int shard = 0; shard < tables.length && bits > policy.minBits(); shard++) {
            if (getTableAcquire(shard) == unborn) {
                casTable(shard, unborn, new Table(bits, seed));
            }
        }
    }

    private void shrinkIfDue(int shard, Table table) {
        Tally tally = table.tally();
        if (policy.shrinksAfter(tally.deleted())) {
            int estimate = tally.live();
            if (policy.shrunkBits(estimate) < table.bits()) {
                int bits = policy.shrunkBits(table.entries(estimate));
                if (bits < table.bits()) {
                    start(shard, table, bits);
                }
            }
        }
    }

    private void start(int shard, Table table, int bits) {
        // Only a shard's one table: what is still being filled is not evacuated yet.
        if (table.getNextAcquire() == null
                && getTableAcquire(shard) == table
                && !table.tally().leavesOut()
                && begin(shard, table, bits)) {
            sweepLater(shard);
        }
    }

    private boolean begin(int shard, Table table, int bits) {
        RebuildEvent event = Recorder.begun(shard, table.length(), 1 << bits);
        long since = System.nanoTime();
        boolean begun = Growth.startNow(table, bits, event);
        rebuilds.stepTook(System.nanoTime() - since); // making a table takes time in its length
        return begun;
    }

    private void sweepLater(int shard) {
        Executor executor = policy.executor();
        if (executor == null) {
            return;
        }
        try {
            Sweeper present = getSweeperAcquire();
            if (present == null) {
                casSweeper(new Sweeper(this, executor));
                present = getSweeperAcquire();
            }
            if (present != null) {
                present.evacuationStarted(shard);
            }
        } catch (Throwable e) {
            // The write that came by is done, and must not fail. Writes move the buckets.
        }
    }

    /**
     * Does a write's share of an evacuation: moves the bucket that it is about, and two more.
     *
     * @return whether the bucket is the next table's now
     */
    boolean follows(int shard, Table table, int index) {
        Table next = table.nextOfForwarded();
        boolean moved = Growth.tryEvacuate(table, next, index, true);
        Growth.sweep(table, next, SWEEP);
        finishIfEvacuated(shard, table, next);
        return moved;
    }

    /** Drops a table that has been evacuated. Whoever moves its last bucket does this. */
    private void finishIfEvacuated(int shard, Table table, Table next) {
        if (!table.isEvacuated()) {
            return;
        }
        StackRoom.require((int) seed); // or the row might stay behind
        if (casTable(shard, table, next)) {
            rebuilds.ended(table, next);
            growIfDue(shard, next, 0); // for what has come meanwhile
            shrinkIfDue(shard, next); // for what has gone
        }
    }

    /**
     * Moves the buckets of a range of a shard's table, if it is being evacuated.
     *
     * @return whether the table is the shard's still, with buckets to be moved
     */
    boolean evacuate(int shard, Table table, int from, int to) {
        Table next = table.getNextAcquire();
        if (next == null || getTableAcquire(shard) != table) {
            return false;
        }
        for (int index = from; index < to; index++) {
            Growth.tryEvacuate(table, next, index, true);
        }
        finishIfEvacuated(shard, table, next);
        return getTableAcquire(shard) == table;
    }

    /** Ends what evacuations there are, and rebuilds each table that could be smaller. */
    public void trim() {
        for (int shard = 0; shard < tables.length; shard++) {
            Table table = settled(shard);
            int bits = policy.trimmedBits(table.entries(table.tally().live()));
            if (table != unborn && bits < table.bits() && begin(shard, table, bits)) {
                settled(shard);
            }
        }
    }

    /** Ends the evacuations of a shard, unless a key keeps its bucket from moving. */
    private Table settled(int shard) {
        Table table = getTableAcquire(shard);
        while (table.getNextAcquire() != null && !evacuate(shard, table, 0, table.length())) {
            table = getTableAcquire(shard);
        }
        return table;
    }

    // ---- The tables, by access mode ----

    /** Returns a table without entries. */
    public Table emptyTable() {
        return unborn;
    }

    /** Returns the oldest table of a shard that still has entries. */
    public Table getTableAcquire(int shard) {
        return (Table) TABLE.getAcquire(tables, shard);
    }

    /**
     * Puts another table in the place of a shard's, and then its buckets into the row. Two who do so at
     * once may write their rows in the wrong order, so each looks again after it has written: whoever
     * writes last has seen the last table.
     */
    private boolean casTable(int shard, Table expected, Table table) {
        if (!TABLE.compareAndSet(tables, shard, expected, table)) {
            return false;
        }
        Table written;
        Table present = table;
        do {
            written = present;
            ROW.setVolatile(rows, shard, written.buckets());
            present = (Table) TABLE.getVolatile(tables, shard);
        } while (present != written);
        return true;
    }

    /** Returns main buckets for {@link Table#probe}. */
    @Nullable Bucket[] getRowAcquire(int shard) {
        return (@Nullable Bucket[]) ROW.getAcquire(rows, shard);
    }

    private @Nullable Sweeper getSweeperAcquire() {
        return (Sweeper) SWEEPER.getAcquire(this);
    }

    private void casSweeper(Sweeper fresh) {
        SWEEPER.compareAndSet(this, null, fresh);
    }

    private static final VarHandle SWEEPER;
    private static final VarHandle ROW = MethodHandles.arrayElementVarHandle(Bucket[][].class);
    private static final VarHandle TABLE = MethodHandles.arrayElementVarHandle(Table[].class);

    static {
        try {
            SWEEPER = MethodHandles.lookup().findVarHandle(Shards.class, "sweeper", Sweeper.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
