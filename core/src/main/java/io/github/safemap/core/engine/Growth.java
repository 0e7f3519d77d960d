package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * When a table is too small, and the share of an evacuation that falls to one write: Go's {@code
 * overLoadFactor}, {@code tooManyOverflowBuckets} and {@code growWork}.
 */
public final class Growth {
    /** The load factor, entries a bucket, as a fraction: 13/2. */
    private static final int LOAD_NUMERATOR = 13;

    private static final int LOAD_DENOMINATOR = 2;

    /**
     * After a next table did not fit the memory, as many attempts are left out as there are buckets, or
     * entries if they are more, divided by this. Each that fails costs at least one full collection, and
     * chains may well get a little longer meanwhile.
     */
    private static final int LEFT_OUT = 8;

    /** How many forwarded buckets one operation skips at most when it looks for the next to move. */
    private static final int MAX_SKIP = 64;

    private Growth() {}

    /** Returns whether so many entries are too many for {@code 1 << bits} buckets. */
    public static boolean overLoadFactor(long entries, int bits) {
        return entries > Bucket.SLOTS && entries > LOAD_NUMERATOR * ((1L << bits) / LOAD_DENOMINATOR);
    }

    /** Returns the logarithm of the smallest number of buckets that so many entries fit in. */
    public static int bitsFor(long entries) {
        int bits = 0;
        while (bits < Table.MAX_BITS && overLoadFactor(entries, bits)) {
            bits++;
        }
        return bits;
    }

    /**
     * Returns whether a table has as many overflow buckets as main ones. Go means the same with its
     * limit of 2^15, since it counts only a sample of them in larger tables.
     */
    private static boolean tooManyOverflowBuckets(Table table) {
        return table.tally().overflowBuckets() >= table.length();
    }

    /**
     * Starts growth if one more entry makes it due: to twice the size if there are too many entries, to
     * the same size, where they lie dense again, if they sit in too many overflow buckets.
     *
     * @param table a table that is not being evacuated
     * @param entries the number of entries, with the one that is to come
     * @return whether growth has begun; not if there is no memory for it: then chains grow instead, and
     *     a write tries again later
     */
    public static boolean startIfDue(Table table, long entries) {
        if (overLoadFactor(entries, table.bits()) && table.bits() < Table.MAX_BITS) {
            return start(table, table.bits() + 1);
        }
        return tooManyOverflowBuckets(table) && start(table, table.bits());
    }

    /**
     * Starts an evacuation to a new table, unless another has begun, memory does not suffice, or did not
     * a short while ago.
     */
    static boolean start(Table table, int bits) {
        return !table.tally().leavesOut() && startNow(table, bits);
    }

    /** Starts an evacuation to a new table, unless another has begun or memory does not suffice. */
    static boolean startNow(Table table, int bits) {
        return startNow(table, bits, null);
    }

    /** Does the same, to a table that keeps what is recorded of the move. */
    static boolean startNow(Table table, int bits, @Nullable RebuildEvent event) {
        try {
            return table.casNext(new Table(bits, table.seed(), event));
        } catch (OutOfMemoryError e) {
            Tally tally = table.tally();
            tally.leaveOut(Math.max(LEFT_OUT, Math.max(table.length(), tally.live()) / LEFT_OUT));
            return false;
        }
    }

    /**
     * Moves the bucket of a hash, and one more in order, if the table is being evacuated.
     *
     * @return the table that the hash's bucket is in now
     */
    public static Table work(Table table, long hash) {
        Table next = table.getNextAcquire();
        if (next == null) {
            return table;
        }
        boolean moved = tryEvacuate(table, next, table.indexOf(hash), true);
        sweep(table, next, 1);
        return moved ? next : table;
    }

    /**
     * Moves a bucket, unless a key in it keeps it from moving: one whose {@code hashCode} throws. That
     * is not the fault of whoever uses the bucket, who finds it where it was.
     *
     * @param patient whether to wait for another writer of the bucket
     */
    static boolean tryEvacuate(Table table, Table next, int index, boolean patient) {
        try {
            return Evacuation.evacuate(table, next, index, patient);
        } catch (Throwable e) {
            return false;
        }
    }

    /**
     * Moves the next few buckets, in order. The cursor starts over at the end, so that what a thread
     * took and never moved is moved by another.
     */
    static void sweep(Table table, Table next, int buckets) {
        int left = buckets;
        for (int skipped = 0; left > 0 && skipped < MAX_SKIP && !table.isEvacuated(); skipped++) {
            int index = table.tally().takeCursor(1) & (table.length() - 1);
            if (table.getBucketAcquire(index) != Bucket.FORWARDED) {
                tryEvacuate(table, next, index, false); // it is nobody's turn to wait for this bucket
                left--;
            }
        }
    }
}
