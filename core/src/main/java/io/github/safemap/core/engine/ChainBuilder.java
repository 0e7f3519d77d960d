package io.github.safemap.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * A chain in the making: dense, and reachable by nobody until it is put into a table. Its last bucket is
 * made for as few entries as will do, but not so that the next one to come makes it be replaced.
 */
final class ChainBuilder {
    private @Nullable Bucket head;
    private @Nullable Bucket beforeTail;
    private @Nullable Bucket tail;
    private int used;
    private int overflow;
    private boolean reserved;
    private KeyTree[] trees = KeyTree.none();
    private int left;

    /** Creates a builder of a chain that is to have so many entries. */
    ChainBuilder(int entries) {
        left = entries;
    }

    /** Adds an entry whose key is not in the chain. */
    void add(int top, Object key, Object value) {
        Bucket last = tail;
        if (last == null || used == last.capacity()) {
            last = extended(last);
        }
        last.fill(used++, top, key, value);
        left--;
    }

    /** Adds an entry whose key is not in the chain, and whose value may be a {@link Reservation}. */
    void addChecked(int top, Object key, Object value) {
        reserved |= value instanceof Reservation;
        add(top, key, value);
    }

    private Bucket extended(@Nullable Bucket last) {
        Bucket next;
        if (last == null || last.capacity() == Bucket.SLOTS) {
            next = new Bucket(Bucket.capacityFor(left));
            beforeTail = last;
            used = 0;
            overflow += last == null ? 0 : 1;
        } else {
            next = last.widened();
        }
        if (beforeTail == null) {
            head = next;
        } else {
            beforeTail.setOverflowRelease(next);
        }
        tail = next;
        return next;
    }

    /** Adds all entries of another chain, and its trees. */
    void addAll(Bucket main) {
        addAll(main, null, true);
        addTrees(main.getTreesAcquire());
    }

    /** Adds trees whose hashes have none in the chain. */
    void addTrees(KeyTree... more) {
        trees = KeyTree.concat(trees, more);
    }

    /**
     * Adds entries in slots of another chain.
     *
     * @param chosen for each of its buckets the high bit of the tophash byte of each slot to add, or null for
     *     all
     * @param sense whether the chosen slots are those whose bit is set, or those whose bit is not
     */
    void addAll(Bucket main, long @Nullable [] chosen, boolean sense) {
        boolean mayBeReserved = Bucket.isReserved(main.getControlAcquire());
        int number = 0;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long word = bucket.getTophashAcquire();
            long full = TopHash.full(word);
            if (chosen != null) {
                full &= sense ? chosen[number++] : ~chosen[number++];
            }
            for (; full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object value = Chain.nonNull(bucket.getValueAcquire(slot));
                reserved |= mayBeReserved && value instanceof Reservation;
                add(TopHash.stateAt(word, slot), Chain.nonNull(bucket.getKeyAcquire(slot)), value);
            }
        }
    }

    /** Ends the chain, and returns its main bucket; null if nothing was added. May need memory. */
    @Nullable Bucket head() {
        if (trees.length > 0 && (head == null || !head.hasTrees())) {
            Bucket main = Bucket.ofTrees(trees);
            main.setOverflowRelease(head);
            overflow += head == null ? 0 : 1;
            head = main;
        }
        if (reserved && head != null) {
            head.markReserved();
            reserved = false; // said once, before anybody can reach it
        }
        return head;
    }

    /** Returns the number of overflow buckets, once {@link #head} has been called. */
    int overflow() {
        return overflow;
    }
}
