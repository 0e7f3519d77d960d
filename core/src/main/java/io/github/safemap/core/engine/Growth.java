package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * When a table grows, and how its buckets move: Go's {@code hashGrow}, {@code growWork} and {@code
 * evacuate}.
 *
 * <p>A table that holds too many entries is followed by one of twice the size; one whose entries have
 * come to sit in too many overflow buckets, by one of the same size in which they lie dense again.
 * No operation moves more than two buckets: the one it is about to use, and one more in order, which
 * ends the growth before the next one can be due.
 */
public final class Growth {
    /** The load factor, entries a bucket, as a fraction: 13/2. */
    private static final int LOAD_NUMERATOR = 13;

    private static final int LOAD_DENOMINATOR = 2;

    /** Beyond {@code 2^15} overflow buckets a table counts as badly chained, however large. */
    private static final int MAX_OVERFLOW_BITS = 15;

    /** How many forwarded buckets one operation skips at most when it looks for the next to move. */
    private static final int MAX_SKIP = 1024;

    private Growth() {}

    /** Returns whether so many entries are too many for {@code 1 << bits} buckets. */
    public static boolean overLoadFactor(long entries, int bits) {
        return entries > Bucket.SLOTS
                && entries > LOAD_NUMERATOR * ((1L << bits) / LOAD_DENOMINATOR);
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
     * Starts growth if one more entry makes it due.
     *
     * @param table a table that is not being evacuated
     * @param entries the number of entries, with the one that is to come
     * @return whether growth has begun
     */
    public static boolean startIfDue(Table table, long entries) {
        int bits = table.bits();
        if (overLoadFactor(entries, bits) && bits < Table.MAX_BITS) {
            table.setNextRelease(new Table(bits + 1, table.seed()));
            return true;
        }
        if (table.overflowBuckets() >= 1 << Math.min(bits, MAX_OVERFLOW_BITS)) {
            table.setNextRelease(new Table(bits, table.seed()));
            return true;
        }
        return false;
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
        evacuate(table, next, table.indexOf(hash));
        skipForwarded(table);
        if (!isDone(table)) {
            evacuate(table, next, table.evacuationMark());
            skipForwarded(table);
        }
        return next;
    }

    /** Returns whether every bucket of the table has moved to the next one. */
    public static boolean isDone(Table table) {
        return table.evacuationMark() == table.length();
    }

    private static void skipForwarded(Table table) {
        for (int skipped = 0;
                skipped < MAX_SKIP
                        && !isDone(table)
                        && table.getBucketAcquire(table.evacuationMark()) == Bucket.FORWARDED;
                skipped++) {
            table.advanceEvacuationMark();
        }
    }

    /**
     * Moves one bucket with its chain. The old chain is left as it is, for readers that are in it;
     * they find the table's bucket forwarded when they come again.
     */
    private static void evacuate(Table from, Table to, int index) {
        Bucket main = from.getBucketAcquire(index);
        if (main == Bucket.FORWARDED) {
            return;
        }
        if (main == null) {
            from.setBucketRelease(index, Bucket.FORWARDED);
            return;
        }
        // Entries of bucket i go to bucket i or i + oldLength: one more bit of the hash decides.
        int newBit = to.length() == from.length() ? 0 : from.length();
        Builder low = new Builder();
        Builder high = new Builder();
        int overflow = -1;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            overflow++;
            long word = bucket.getTophashAcquire();
            for (long full = TopHash.full(word); full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object key = bucket.getKeyAcquire(slot);
                Object value = bucket.getValueAcquire(slot);
                if (key == null || value == null) {
                    throw new IllegalStateException("full slot without an entry");
                }
                boolean moves = newBit != 0 && (to.hash(key.hashCode()) & newBit) != 0;
                (moves ? high : low).add(TopHash.stateAt(word, slot), key, value);
            }
        }
        // Nothing has changed so far: a hashCode may have thrown, or the memory run out.
        if (low.head != null) {
            to.setBucketRelease(index, low.head);
        }
        if (high.head != null) {
            to.setBucketRelease(index + newBit, high.head);
        }
        to.addOverflowBuckets(low.overflow + high.overflow);
        from.addOverflowBuckets(-overflow);
        main.markEvacuated();
        from.setBucketRelease(index, Bucket.FORWARDED);
    }

    /** A chain in the making: dense, and reachable by nobody until it is done. */
    private static final class Builder {
        @Nullable Bucket head;
        int overflow;
        private @Nullable Bucket tail;
        private int used;

        void add(int top, Object key, Object value) {
            Bucket last = tail;
            if (last == null) {
                last = new Bucket();
                head = last;
                tail = last;
            } else if (used == Bucket.SLOTS) {
                Bucket added = new Bucket();
                last.setOverflowRelease(added);
                last = added;
                tail = added;
                used = 0;
                overflow++;
            }
            last.fill(used++, top, key, value);
        }
    }
}
