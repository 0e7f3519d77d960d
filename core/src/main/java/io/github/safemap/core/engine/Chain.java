package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * A main bucket and its overflow buckets, taken as one row of slots. A position is an index into
 * that row; positions 0 to 7 are the main bucket's.
 *
 * <p>{@link #find}, {@link #valueAt} and {@link #count} may run beside a writer. The others change
 * the chain, and their caller has it to itself.
 */
final class Chain {
    /** The position of a key that is not there. */
    static final int ABSENT = -1;

    /** The position of a key that is in no slot, if the chain has trees: it may be in one of those. */
    static final int UNSLOTTED = -2;

    private Chain() {}

    /**
     * Returns the position of a key, or {@link #ABSENT} or {@link #UNSLOTTED}, which are negative. May
     * call the key's {@code equals}.
     */
    static int find(Bucket main, Object key, long pattern) {
        long word = main.getTophashAcquire();
        int slot = main.find(key, pattern, word);
        return slot >= 0 || TopHash.endsChain(word) ? slot : findInOverflow(main, key, pattern);
    }

    /** The rest of {@link #find}, apart from it so that the common case is small enough to inline. */
    private static int findInOverflow(Bucket main, Object key, long pattern) {
        int base = Bucket.SLOTS;
        for (Bucket bucket = main.getOverflowAcquire(); bucket != null; bucket = bucket.getOverflowAcquire()) {
            long word = bucket.getTophashAcquire();
            int slot = bucket.find(key, pattern, word);
            if (slot >= 0) {
                return base + slot;
            }
            if (TopHash.endsChain(word)) {
                break;
            }
            base += Bucket.SLOTS;
        }
        return main.hasTrees() ? UNSLOTTED : ABSENT;
    }

    /**
     * Returns the value at a position that {@link #find} returned; null if the entry has been removed
     * meanwhile.
     */
    static @Nullable Object valueAt(Bucket main, int position) {
        Bucket bucket = position < Bucket.SLOTS ? main : bucketAt(main, position);
        return bucket == null ? null : bucket.getValueAcquire(slotOf(position));
    }

    /** Returns the key at a position that was full, or null if it no longer is. */
    static @Nullable Object keyAt(Bucket main, int position) {
        Bucket bucket = bucketAt(main, position);
        return bucket == null ? null : bucket.getKeyAcquire(slotOf(position));
    }

    /** Returns buckets of their own with the same entries in the same positions, and the same trees. */
    static Bucket copyOf(Bucket main) {
        Bucket head = main.copy();
        Bucket last = head;
        for (Bucket bucket = main.getOverflowAcquire(); bucket != null; bucket = bucket.getOverflowAcquire()) {
            Bucket copy = bucket.copy();
            last.setOverflowRelease(copy);
            last = copy;
        }
        return head;
    }

    /** Returns the position of a value, the very object, or {@link #ABSENT}. */
    static int findValue(Bucket main, Object value) {
        int base = 0;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                if (bucket.getValueAcquire(slot) == value) {
                    return base + slot;
                }
            }
            base += Bucket.SLOTS;
        }
        return ABSENT;
    }

    /** Returns whether the value of some entry is a reservation. */
    static boolean hasReservation(Bucket main) {
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0; full = TopHash.withoutFirst(full)) {
                if (bucket.getValueAcquire(TopHash.firstSlot(full)) instanceof Reservation) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the bucket of a position; null if the chain has been cut shorter. */
    private static @Nullable Bucket bucketAt(Bucket main, int position) {
        Bucket bucket = main;
        for (int skip = position >>> 3; skip > 0 && bucket != null; skip--) {
            bucket = bucket.getOverflowAcquire();
        }
        return bucket != null && slotOf(position) < bucket.capacity() ? bucket : null;
    }

    static int slotOf(int position) {
        return position & (Bucket.SLOTS - 1);
    }

    /**
     * Returns whether a chain with this control word has nothing but the slots of its main bucket, and values
     * in them.
     */
    static boolean isPlain(Bucket main, int word) {
        return !Bucket.isReserved(word) && main.getOverflowAcquire() == null && !main.hasTrees();
    }

    /** Returns the number of entries in slots. */
    static int count(Bucket main) {
        int count = 0;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            count += Long.bitCount(TopHash.full(bucket.getTophashAcquire()));
        }
        return count;
    }

    /** Returns the number of overflow buckets. */
    static int overflowCount(Bucket main) {
        int count = 0;
        for (Bucket bucket = main.getOverflowAcquire(); bucket != null; bucket = bucket.getOverflowAcquire()) {
            count++;
        }
        return count;
    }

    /** Puts a value at a position of a chain that nobody else has; returns whether it has the position. */
    static boolean setAt(Bucket main, int position, Object value) {
        Bucket bucket = bucketAt(main, position);
        if (bucket == null) {
            return false;
        }
        bucket.setValueRelease(slotOf(position), value);
        return true;
    }

    /** Replaces the value at a full position, and returns the one that was there. */
    static Object replaceAt(Bucket main, int position, Object value) {
        Bucket bucket = nonNull(bucketAt(main, position));
        Object old = nonNull(bucket.getValueAcquire(slotOf(position)));
        bucket.setValueRelease(slotOf(position), value);
        return old;
    }

    /** Empties a full position, and returns the value that was there. */
    static Object removeAt(Bucket main, int position) {
        Bucket bucket = nonNull(bucketAt(main, position));
        int slot = slotOf(position);
        Object old = nonNull(bucket.getValueAcquire(slot));
        markEmpty(main, bucket, slot);
        bucket.wipe(slot);
        return old;
    }

    /**
     * Marks a slot empty, and if no full slot follows it turns it and the empty ones before it into
     * {@link TopHash#EMPTY_REST}, as Go's {@code mapdelete} does.
     */
    private static void markEmpty(Bucket main, Bucket holder, int slot) {
        long word = TopHash.withState(holder.getTophashAcquire(), slot, TopHash.EMPTY_ONE);
        Bucket next = holder.getOverflowAcquire();
        if (next != null && !TopHash.isVacant(next.getTophashAcquire())) {
            holder.setTophashRelease(word);
            return;
        }
        Bucket bucket = holder;
        for (; ; ) {
            word = TopHash.withRest(word);
            bucket.setTophashRelease(word);
            if (bucket == main || !TopHash.isVacant(word)) {
                return;
            }
            bucket = before(main, bucket);
            if (bucket.hasTrees()) {
                return; // it has no slots, and its word says to go on
            }
            word = bucket.getTophashAcquire();
        }
    }

    private static Bucket before(Bucket main, Bucket bucket) {
        Bucket candidate = main;
        for (; ; ) {
            Bucket next = nonNull(candidate.getOverflowAcquire());
            if (next == bucket) {
                return candidate;
            }
            candidate = next;
        }
    }

    /** Empties every slot and drops the overflow buckets. */
    static void clear(Bucket main) {
        long full = TopHash.full(main.getTophashAcquire());
        main.setTophashRelease(0);
        for (; full != 0; full = TopHash.withoutFirst(full)) {
            main.wipe(TopHash.firstSlot(full));
        }
        main.setOverflowRelease(null);
        main.bumpVersion();
    }

    /** Returns its argument, which the invariants of the chain say is there. */
    static <T> T nonNull(@Nullable T reference) {
        if (reference == null) {
            throw new IllegalStateException("bad bucket chain");
        }
        return reference;
    }
}
