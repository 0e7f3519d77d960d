package io.github.safemap.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is done with keys of one hash, which no growth can part: more than a few of them are taken out of
 * their chain's slots and put into a {@link KeyTree} that hangs on its main bucket, if they can be
 * compared; when few are left they go back.
 *
 * <p>The protocol is that of slots. A writer remembers the control word, looks (which calls {@code
 * compareTo} and {@code equals}), makes the next tree, claims the chain from the remembered word, and
 * stores. A key of the trees' hash is looked for in the slots first: there are those that could not be
 * sorted. A chain whose keys go into a tree, or back, is replaced and retired, so a reader never sees it
 * half done. Every change of the trees, and of who is reserved in them, moves the version.
 *
 * <p>A tree counts as {@link #LOAD} entries in a table's {@link Tally}, however many keys it has: growth
 * cannot part these, but it can part trees.
 */
final class Crowd {
    /** So many comparable keys of one hash are too many for slots: three overflow buckets of them. */
    static final int MANY = 32;

    /** So few are not worth a tree. Well below {@link #MANY}, or they would go to and fro. */
    static final int FEW = 8;

    /** What a tree counts as in a table's load: a bucket is full with two of them. */
    private static final int LOAD = 4;

    /** Whether to sort is asked again with each so many keys of the hash. */
    private static final int PATIENCE = 8;

    /** Returned to say that the write met another one, and must look again. */
    static final Object RETRY = new Object();

    /** Returned to say that the key is in no tree, and does not belong into one. */
    static final Object ELSEWHERE = new Object();

    private Crowd() {}

    /** Returns how many entries a chain's trees count as. */
    static int load(Bucket main) {
        return LOAD * main.getTreesAcquire().length;
    }

    /** Returns what a chain, or none, stands in the books of its table with. */
    static int booked(@Nullable Bucket main, int index) {
        return main == null ? 0 : Tally.reported(Chain.count(main), index) + load(main);
    }

    /** Returns what a reader is to see of a key that is in none of a chain's slots. */
    static @Nullable Object get(Bucket main, Object key, long hash) {
        KeyTree tree = KeyTree.of(main.getTreesAcquire(), hash);
        return tree == null ? null : Reservation.visible(tree.get(key));
    }

    /**
     * Does the write of {@link Shards#write} for a key that is in none of the chain's slots.
     *
     * @param word the control word as it was before the slots were searched
     * @return the result; or {@link #RETRY}, or {@link #ELSEWHERE}
     */
    static @Nullable Object write(
            Shards shards,
            Table table,
            int index,
            Bucket main,
            int word,
            long hash,
            Object key,
            @Nullable Object expected,
            @Nullable Object value,
            int mode) {
        KeyTree[] trees = main.getTreesAcquire();
        KeyTree tree = KeyTree.of(trees, hash);
        if (tree == null) {
            return ELSEWHERE;
        }
        KeyTree.Place place = tree.find(key);
        AtomicReference<@Nullable Object> cell = place.cell();
        Object current = cell == null ? null : cell.getAcquire();
        if (cell == null || current == null) {
            if (value == null || (mode & Shards.INSERT) == 0) {
                return null;
            }
            return cell != null || place.isSortable()
                    ? insert(shards, main, word, trees, place, key, value)
                    : ELSEWHERE;
        }
        if (current instanceof Reservation reservation) {
            reservation.await();
            return RETRY;
        }
        if ((mode & Shards.REPLACE) == 0) {
            return current;
        }
        if (expected != null && !Objects.equals(expected, current)) {
            return null;
        }
        KeyTree[] fewer = value == null ? fewer(trees, place) : null;
        if (!main.tryClaim(word)) {
            return RETRY;
        }
        Object old = cell.getAcquire();
        if (old == null || (expected != null && old != current)) {
            main.giveBack(word); // another value has come, to be compared too
            return RETRY;
        }
        if (value != null) {
            cell.setRelease(value);
            main.giveBack(word);
            return old;
        }
        remove(main, word, cell, fewer);
        shards.counts().countRemoved();
        unsortIfDue(table, hash);
        return old;
    }

    /** Adds a key that is not there, or gives it back its cell. */
    private static @Nullable Object insert(
            Shards shards, Bucket main, int word, KeyTree[] trees, KeyTree.Place place, Object key, Object value) {
        AtomicReference<@Nullable Object> cell = place.cell();
        KeyTree[] more = cell == null ? more(trees, place, key, new AtomicReference<>(value)) : null;
        if (!main.tryClaim(word)) {
            return RETRY;
        }
        boolean counted = false;
        try {
            shards.counts().countInserted();
            counted = true;
        } finally {
            if (!counted) {
                main.giveBack(word);
            }
        }
        if (more != null) {
            main.setTreesRelease(more);
        } else {
            Chain.nonNull(cell).setRelease(value);
        }
        main.giveBackChanged(word);
        return null;
    }

    private static KeyTree[] more(
            KeyTree[] trees, KeyTree.Place place, Object key, AtomicReference<@Nullable Object> cell) {
        return KeyTree.exchanged(trees, place.tree(), place.with(key, cell));
    }

    /** Returns the trees without a key; null if there is no memory for them. */
    private static KeyTree @Nullable [] fewer(KeyTree[] trees, KeyTree.Place place) {
        try {
            return KeyTree.exchanged(trees, place.tree(), place.without());
        } catch (OutOfMemoryError e) {
            return null;
        }
    }

    /** Empties a cell of a chain that the caller has claimed, and gives the chain back. */
    private static void remove(
            Bucket main, int word, AtomicReference<@Nullable Object> cell, KeyTree @Nullable [] fewer) {
        cell.setRelease(null);
        if (fewer != null) {
            main.setTreesRelease(fewer);
        }
        main.giveBackChanged(word);
    }

    // ---- Computing ----

    /**
     * Makes the reservation of {@link Shards#compute} for a key that is in none of the chain's slots.
     *
     * @return the reservation, or the value that was there (or null) if the mode has none made; or
     *     {@link #RETRY}, or {@link #ELSEWHERE}
     */
    static @Nullable Object reserve(Bucket main, int word, Object key, long hash, int mode) {
        KeyTree[] trees = main.getTreesAcquire();
        KeyTree tree = KeyTree.of(trees, hash);
        if (tree == null) {
            return ELSEWHERE;
        }
        KeyTree.Place place = tree.find(key);
        AtomicReference<@Nullable Object> cell = place.cell();
        Object current = cell == null ? null : cell.getAcquire();
        if (current instanceof Reservation other) {
            other.await();
            return RETRY;
        }
        if ((mode & (current == null ? Shards.INSERT : Shards.REPLACE)) == 0) {
            return current;
        }
        if (cell == null && !place.isSortable()) {
            return ELSEWHERE;
        }
        Reservation reservation = new Reservation(key, hash, current);
        AtomicReference<@Nullable Object> home = cell == null ? new AtomicReference<>(reservation) : cell;
        KeyTree[] more = cell == null ? more(trees, place, key, home) : null;
        if (!main.tryClaim(word)) {
            return RETRY;
        }
        if (cell != null && cell.getAcquire() != current) {
            main.giveBack(word); // another value has come, which is to be computed from
            return RETRY;
        }
        reservation.standIn(home);
        if (more != null) {
            main.setTreesRelease(more);
        } else {
            home.setRelease(reservation);
        }
        main.giveBackChanged(word);
        return reservation;
    }

    /**
     * Ends a reservation that is in none of the chain's slots, if it is in a tree of it. What {@code
     * compareTo} throws, or says, does not matter: at worst each cell is looked at.
     *
     * @return whether that was done; if not, the chain has changed
     */
    static boolean settle(
            Shards shards,
            Table table,
            int index,
            Bucket main,
            int word,
            Reservation reservation,
            @Nullable Object value) {
        KeyTree[] trees = main.getTreesAcquire();
        KeyTree tree = KeyTree.of(trees, reservation.hash());
        AtomicReference<@Nullable Object> cell = reservation.cell();
        if (tree == null || cell == null) {
            return false;
        }
        KeyTree[] fewer = value == null ? without(trees, tree, reservation.key(), cell) : null;
        if (!main.tryClaimAtOnce(word)) {
            return false;
        }
        if (cell.getAcquire() != reservation) {
            main.giveBack(word);
            return false;
        }
        if (value != null) {
            cell.setRelease(value);
            main.giveBackChanged(word);
            reservation.wake();
            return true;
        }
        remove(main, word, cell, fewer);
        reservation.wake();
        if (reservation.old() != null) {
            shards.counts().countRemoved();
        }
        unsortIfDue(table, reservation.hash());
        return true;
    }

    private static KeyTree @Nullable [] without(
            KeyTree[] trees, KeyTree tree, Object key, AtomicReference<@Nullable Object> cell) {
        KeyTree.Place place = null;
        try {
            place = tree.find(key);
        } catch (Throwable e) {
            // the keys' affair; the cell is in the tree all the same
        }
        try {
            if (place == null || place.cell() != cell) {
                place = tree.find(cell);
            }
            return place.cell() == cell ? fewer(trees, place) : null;
        } catch (OutOfMemoryError | StackOverflowError e) {
            return null;
        }
    }

    // ---- Into a tree and back ----

    /** Where a key is that is to go into a tree: the bucket, and the position in the chain. */
    private record Member(Bucket bucket, int position, AtomicReference<@Nullable Object> cell) {
        int slot() {
            return Chain.slotOf(position);
        }
    }

    /**
     * Moves the keys of a chain that have the hash and the class of the given one from slots into a tree,
     * if they are many and comparable. A key that throws, a chain that changes, or a lack of memory
     * leaves them where they are: that is nothing to the write that came by.
     */
    static void sortIfDue(Table table, int index, long hash, Object key) {
        try {
            Bucket main = table.getBucketAcquire(index);
            if (main != null) {
                int word = main.getControlAcquire();
                if (Bucket.isFree(word) && KeyTree.of(main.getTreesAcquire(), hash) == null) {
                    sortIfMany(table, index, main, word, hash, key.getClass());
                }
            }
        } catch (Throwable e) {
            // nothing has changed
        }
    }

    private static void sortIfMany(Table table, int index, Bucket main, int word, long hash, Class<?> type) {
        if (!KeyTree.isComparable(type)) {
            return;
        }
        long[] chosen = new long[1 + Chain.overflowCount(main)];
        List<Member> members = members(table, main, hash, type, chosen);
        if (members.size() < MANY || members.size() % PATIENCE != 0) {
            return;
        }
        KeyTree tree = KeyTree.empty(type, hash);
        List<Member> sorted = new ArrayList<>();
        for (Member member : members) {
            Object key = Chain.nonNull(member.bucket.getKeyAcquire(member.slot()));
            KeyTree.Place place = tree.find(key);
            if (place.isSortable()) {
                tree = place.with(key, member.cell);
                sorted.add(member);
                chosen[member.position >>> 3] |= TopHash.bitOf(member.slot());
            }
        }
        if (tree.size() >= MANY && main.tryClaimAtOnce(word)) {
            sort(table, index, main, word, tree, sorted, chosen);
        }
    }

    /** Returns the keys of a hash and class, in the order of their positions. */
    private static List<Member> members(Table table, Bucket main, long hash, Class<?> type, long[] bound) {
        List<Member> members = new ArrayList<>();
        int base = 0;
        for (Bucket bucket = main; bucket != null && base < bound.length << 3; bucket = bucket.getOverflowAcquire()) {
            long word = bucket.getTophashAcquire();
            for (long full = TopHash.full(word); full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object key = bucket.getKeyAcquire(slot);
                if (key != null
                        && TopHash.stateAt(word, slot) == TopHash.of(hash)
                        && key.getClass() == type
                        && table.hash(key.hashCode()) == hash) {
                    members.add(new Member(bucket, base + slot, new AtomicReference<>()));
                }
            }
            base += Bucket.SLOTS;
        }
        return members;
    }

    private static void sort(
            Table table, int index, Bucket main, int word, KeyTree tree, List<Member> sorted, long[] chosen) {
        ChainBuilder rest = null;
        try {
            for (int i = 0; i < sorted.size(); i++) { // no iterator: nothing here may fail
                Member member = sorted.get(i);
                Object value = Chain.nonNull(member.bucket.getValueAcquire(member.slot()));
                if (value instanceof Reservation reservation) {
                    reservation.standIn(member.cell);
                }
                member.cell.setRelease(value);
            }
            ChainBuilder builder = new ChainBuilder(Chain.count(main) - sorted.size());
            builder.addAll(main, chosen, false);
            builder.addTrees(main.getTreesAcquire());
            builder.addTrees(tree);
            builder.head();
            rest = builder;
        } finally {
            if (rest == null) {
                main.giveBack(word);
            }
        }
        table.replace(index, main, rest);
    }

    /** Moves the keys of a hash from a tree back into slots, if they are few. */
    static void unsortIfDue(Table oldest, long hash) {
        Table table = oldest;
        int waited = 0;
        for (; ; ) {
            int index = table.indexOf(hash);
            Bucket main = table.getBucketAcquire(index);
            if (main == Bucket.FORWARDED) { // with its trees, since the removal
                table = table.nextOfForwarded();
                continue;
            }
            if (main == null || !main.hasTrees()) {
                return;
            }
            int word = main.getControlAcquire();
            if (Bucket.isRetired(word)) {
                continue; // another chain is in its place already
            }
            KeyTree tree = KeyTree.of(main.getTreesAcquire(), hash);
            if (tree == null || tree.size() > FEW) {
                return;
            }
            if (main.tryClaimAtOnce(word)) { // the removal has seen to the stack
                unsort(table, index, main, word, tree);
                return;
            }
            try {
                waited = Backoff.pauseAtOnce(waited, table, index, main);
            } catch (OutOfMemoryError | StackOverflowError e) { // of a hold that was to be inflated
                return; // it is only a nicety
            }
        }
    }

    private static void unsort(Table table, int index, Bucket main, int word, KeyTree tree) {
        ChainBuilder chain = null;
        try {
            ChainBuilder builder = new ChainBuilder(Chain.count(main) + tree.size());
            builder.addAll(main, null, true);
            tree.addTo(builder);
            builder.addTrees(KeyTree.without(main.getTreesAcquire(), tree));
            builder.head();
            chain = builder;
        } catch (OutOfMemoryError e) {
            // it is only a nicety
        } finally {
            if (chain == null) {
                main.giveBack(word);
            }
        }
        if (chain != null) {
            table.replace(index, main, chain);
        }
    }
}
