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
            if (Bucket.isFree(word)) {
                // Before the claim, because it calls the keys' hashCode.
                long[] upper = to.length() > from.length() ? upperHalf(from, to, main) : null;
                if (main.tryClaim(word)) {
                    move(from, to, index, main, word, upper);
                    return true;
                }
            }
            if (!patient) {
                return false;
            }
            waited = Backoff.pause(waited, from, index, main);
        }
    }

    /** Returns the positions of the entries whose next hash bit is set. */
    private static long[] upperHalf(Table from, Table to, Bucket main) {
        int buckets = 1 + Chain.overflowCount(main);
        long[] upper = new long[(buckets + Bucket.SLOTS - 1) / Bucket.SLOTS];
        boolean mayBeReserved = Bucket.isReserved(main.getControlAcquire());
        int base = 0;
        for (Bucket bucket = main; bucket != null && base < upper.length << 6; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0; full = TopHash.withoutFirst(full)) {
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
                    upper[(base + slot) >>> 6] |= 1L << (base + slot);
                }
            }
            base += Bucket.SLOTS;
        }
        return upper;
    }

    private static int bitCount(long[] positions) {
        int count = 0;
        for (long word : positions) {
            count += Long.bitCount(word);
        }
        return count;
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
                low.head();
                high.head();
                install(to, index, low);
                install(to, index + from.length(), high);
            }
            done = true;
        } finally {
            if (!done) {
                main.giveBack(word);
            }
        }
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
                    to.book(copy, booked, 0);
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
    private static void install(Table to, int index, ChainBuilder chain) {
        if (chain.head() != null) {
            int booked = Crowd.booked(chain.head(), index);
            to.setBucketRelease(index, chain.head());
            to.book(chain, booked, 0);
        }
    }
}
