package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a bucket moves from a table to the next one, larger, smaller or of the same size: Go's {@code
 * evacuate}, for any number of threads.
 *
 * <p>The order in which a move is published: the entries in the next table; then {@link
 * Bucket#FORWARDED} in the old one; then the old chain is retired. A writer that waited for the chain
 * and finds it retired therefore finds the next table ready, and nobody who comes after that writer can
 * still find the old chain. The old chain is left as it is, for readers that are in it: what they read
 * there was true when the bucket was forwarded, which is after they came.
 *
 * <p>Claims are taken in the old table first and then in the next one, so they cannot wait for each
 * other in a circle.
 */
final class Evacuation {
    private Evacuation() {}

    /**
     * Moves one bucket with its chain, unless it has moved already.
     *
     * @param patient whether to wait for another writer that holds the chain
     * @return whether writers may use the bucket's place in the next table now
     * @throws RuntimeException if a key's {@code hashCode} throws; then nothing has changed
     */
    static boolean evacuate(Table from, Table to, int index, boolean patient) {
        int waited = 0;
        for (; ; ) {
            Bucket main = from.getBucketAcquire(index);
            if (main == Bucket.FORWARDED) {
                return true;
            }
            if (main == null) {
                if (from.casBucket(index, null, Bucket.FORWARDED)) {
                    from.countMoved();
                    return true;
                }
                continue;
            }
            int word = main.getControlAcquire();
            // The upper half is found before the claim, because that calls the keys' hashCode.
            if (Bucket.isFree(word)) {
                boolean grows = to.length() > from.length();
                if (grows && Chain.isPlain(main, word)) {
                    long upper = upperSlots(from, to, main, false);
                    if (main.tryClaim(word)) {
                        split(from, to, index, main, word, upper);
                        return true;
                    }
                } else {
                    long[] upper = grows ? upperHalf(from, to, main) : null;
                    if (main.tryClaim(word)) {
                        move(from, to, index, main, word, upper);
                        return true;
                    }
                }
            }
            if (!patient) {
                return false;
            }
            waited = Backoff.pause(waited, from, index, main);
        }
    }

    /** Returns {@link #upperSlots} of each bucket of a chain. */
    private static long[] upperHalf(Table from, Table to, Bucket main) {
        long[] upper = new long[1 + Chain.overflowCount(main)];
        boolean mayBeReserved = Bucket.isReserved(main.getControlAcquire());
        Bucket bucket = main;
        for (int i = 0; i < upper.length && bucket != null; i++) {
            upper[i] = upperSlots(from, to, bucket, mayBeReserved);
            bucket = bucket.getOverflowAcquire();
        }
        return upper;
    }

    /** Returns the high bit of the tophash byte of each slot whose entry's next hash bit is set. */
    private static long upperSlots(Table from, Table to, Bucket bucket, boolean mayBeReserved) {
        long upper = 0;
        for (long full = TopHash.full(bucket.getTophashAcquire()); full != 0; full = TopHash.withoutFirst(full)) {
            int slot = TopHash.firstSlot(full);
            Object key = bucket.getKeyAcquire(slot);
            if (key == null) {
                continue; // removed meanwhile; the claim will fail
            }
            // A reservation is looked for by the hash that it was made with.
            long hash = mayBeReserved && bucket.getValueAcquire(slot) instanceof Reservation held
                    ? held.hash()
                    : to.hash(key.hashCode());
            if ((to.indexOf(hash) & from.length()) != 0) {
                upper |= Long.lowestOneBit(full);
            }
        }
        return upper;
    }

    private static int bitCount(long[] slots) {
        int count = 0;
        for (long word : slots) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /**
     * Does {@link #move} to both halves for a chain that is {@link Chain#isPlain plain}, as nearly all are,
     * without garbage.
     */
    private static void split(Table from, Table to, int index, Bucket main, int word, long upper) {
        long full = TopHash.full(main.getTophashAcquire());
        Bucket low;
        Bucket high;
        boolean done = false;
        try {
            low = main.part(full & ~upper);
            high = main.part(full & upper);
            done = true;
        } finally {
            if (!done) {
                main.giveBack(word);
            }
        }
        install(to, index, low, 0);
        install(to, index + from.length(), high, 0);
        forward(from, index, main);
    }

    /** Moves a chain that the caller has claimed, and retires it; or gives it back if that fails. */
    private static void move(Table from, Table to, int index, Bucket main, int word, long @Nullable [] upper) {
        boolean done = false;
        try {
            if (upper == null) {
                merge(to, index & (to.length() - 1), main);
            } else {
                // Both halves are made before either is published: memory may run out.
                int highs = bitCount(upper);
                ChainBuilder low = new ChainBuilder(Chain.count(main) - highs);
                low.addAll(main, upper, false);
                ChainBuilder high = new ChainBuilder(highs);
                high.addAll(main, upper, true);
                KeyTree[] trees = main.getTreesAcquire(); // they know their hashes, and move as they are
                if (trees.length > 0) {
                    low.addTrees(KeyTree.half(trees, from, to, false));
                    high.addTrees(KeyTree.half(trees, from, to, true));
                }
                Bucket lower = low.head();
                Bucket higher = high.head();
                install(to, index, lower, low.overflow());
                install(to, index + from.length(), higher, high.overflow());
            }
            done = true;
        } finally {
            if (!done) {
                main.giveBack(word);
            }
        }
        forward(from, index, main);
    }

    /** Ends the move of a chain whose entries are in the next table. */
    private static void forward(Table from, int index, Bucket main) {
        from.setBucketRelease(index, Bucket.FORWARDED);
        main.retire();
        from.tally().moved(-Crowd.booked(main, index));
        from.tally().addOverflowBuckets(-Chain.overflowCount(main));
        from.tally().countEntriesMoved(Chain.count(main));
        from.countMoved(); // last: whoever moves the last bucket reads the other figures
    }

    /**
     * Adds a chain's entries to a bucket that other old buckets lead to as well: a new chain takes the
     * place of the one that is there.
     */
    private static void merge(Table to, int index, Bucket source) {
        if (Chain.count(source) == 0 && !source.hasTrees()) {
            return;
        }
        int waited = 0;
        for (; ; ) {
            Bucket present = to.getBucketAcquire(index);
            if (present == null) {
                ChainBuilder copy = new ChainBuilder(Chain.count(source));
                copy.addAll(source);
                int booked = Crowd.booked(copy.head(), index); // before others can change it
                if (to.casBucket(index, null, copy.head())) {
                    to.book(booked, copy.overflow(), 0);
                    return;
                }
            } else {
                int word = present.getControlAcquire();
                if (present.tryClaimAtOnce(word)) { // the first claim has seen to the stack
                    mergeInto(to, index, present, word, source);
                    return;
                }
                waited = Backoff.pauseAtOnce(waited, to, index, present);
            }
        }
    }

    private static void mergeInto(Table to, int index, Bucket present, int word, Bucket source) {
        ChainBuilder merged = null;
        try {
            ChainBuilder both = new ChainBuilder(Chain.count(present) + Chain.count(source));
            both.addAll(present);
            both.addAll(source);
            both.head();
            merged = both;
        } finally {
            if (merged == null) {
                present.giveBack(word);
            }
        }
        to.replace(index, present, merged);
    }

    /** Puts a chain into a bucket that only the caller's old bucket leads to, so far. */
    private static void install(Table to, int index, @Nullable Bucket head, int overflow) {
        if (head != null) {
            int booked = Crowd.booked(head, index);
            to.setBucketRelease(index, head);
            to.book(booked, overflow, 0);
        }
    }
}
