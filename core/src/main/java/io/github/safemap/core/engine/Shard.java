package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A small hash table: a power of two of Go's buckets side by side, for all keys whose hash ends in the
 * same bits.
 *
 * <p><b>A slot is used once.</b> It is empty, then full, then dead, until the shard is rebuilt. A key gets the
 * first empty slot of its way. The way begins with the key's bucket. If a bucket is used up, the way continues
 * with the next one, by steps that grow by one; these steps reach all buckets. So a reader that follows the way
 * cannot miss a key that is there throughout, and never takes one key's value for another's. It needs no lock,
 * no version and no second look.
 *
 * <ul>
 *   <li>Insert: value, key, tophash byte, then the count of used slots.
 *   <li>Replace: the value.
 *   <li>Remove: the tophash byte becomes dead, then value and key null.
 *   <li>Read: tophash word; on a match the key; if it is equal the value. A key without a value has been
 *       removed since, or is being inserted by a function.
 * </ul>
 *
 * <p>Each store is a release, each load an acquire, in that order. Writers claim the shard first ({@link
 * Control}). A shard is rebuilt when {@link Sizing#limit} slots are used, so there is always a bucket
 * that is not used up: each way ends.
 */
final class Shard {
    /** The result of {@link #find} for an absent key. */
    static final int ABSENT = -1;

    private static final long[] NO_BUCKETS = {0};
    private static final @Nullable Object[] NO_SLOTS = {};

    /** One tophash word for each bucket. */
    private final long[] tophash;

    /** Key and value side by side: sixteen elements for each bucket. */
    private final @Nullable Object[] slots;

    private final Control control;
    private final EntryCount counts;

    /** The bit of {@link #prefix} that says that a {@link CollisionTree} was copied here. None comes later. */
    private static final int COLLISION_TREE = 1 << 31;

    /** The low bits that all hashes here share, with a set bit above them; and {@link #COLLISION_TREE}. */
    private int prefix;

    /** Creates an empty shard. A shard without slots shares its arrays. */
    Shard(int slotCount, int depth, int bits, EntryCount counts) {
        tophash = slotCount == 0 ? NO_BUCKETS : new long[slotCount >> 3];
        slots = slotCount == 0 ? NO_SLOTS : new @Nullable Object[slotCount << 1];
        control = Control.forSlots(slotCount);
        this.counts = counts;
        prefix = 1 << depth | bits;
    }

    Control control() {
        return control;
    }

    EntryCount counts() {
        return counts;
    }

    /** Returns how many low bits of the hash all keys here share. */
    int depth() {
        return 31 - Integer.numberOfLeadingZeros(prefix & ~COLLISION_TREE);
    }

    /** Returns those bits. */
    int bits() {
        return prefix & (1 << depth()) - 1;
    }

    /** Returns whether there may be a {@link CollisionTree} here. */
    boolean hasCollisionTree() {
        return prefix < 0;
    }

    int slotCount() {
        return slots.length >> 1;
    }

    int bucketCount() {
        return tophash.length;
    }

    // ---- Reading ----

    /**
     * Returns the value of a key, or null. This handles nearly every call itself: it goes along the way to the
     * first slot with a matching tophash, which nearly always has the key.
     */
    @Nullable Object get(Object key, long hash) {
        long pattern = TopHash.pattern(hash);
        long[] words = tophash;
        int mask = words.length - 1;
        int bucket = HashSeed.shardBucketIndex(hash, mask);
        for (int step = 1; ; bucket = bucket + step++ & mask) {
            long word = (long) WORD.getAcquire(words, bucket);
            long matches = TopHash.matches(word, pattern);
            if (matches != 0) {
                @Nullable Object[] entries = slots;
                int at = slotAt(bucket, matches);
                Object holder = (Object) SLOT.getAcquire(entries, at);
                if (holder == key || (holder != null && !Marker.is(holder) && key.equals(holder))) {
                    return (Object) SLOT.getAcquire(entries, at + 1);
                }
                return getSlowly(key, hash);
            }
            if (TopHash.endsChain(word)) {
                return null;
            }
        }
    }

    private @Nullable Object getSlowly(Object key, long hash) {
        int at = find(key, hash);
        Object value = at == ABSENT ? null : getValue(at, key);
        if (value == null && at != ABSENT && hasCollisionTree()) {
            // It may have moved from a collision tree to a later slot meanwhile. In this shard no key moves
            // back.
            at = find(key, hash);
            value = at == ABSENT ? null : getValue(at, key);
        }
        return value;
    }

    /**
     * Returns the slot of the key, of its {@link Reservation}, or of the {@link CollisionTree} that has it; or
     * {@link #ABSENT}. Readers and writers share this search. May call the key's {@code equals} and {@code
     * compareTo}.
     */
    int find(Object key, long hash) {
        long pattern = TopHash.pattern(hash);
        int mask = tophash.length - 1;
        int bucket = HashSeed.shardBucketIndex(hash, mask);
        for (int step = 1; ; bucket = bucket + step++ & mask) {
            long word = getWordAcquire(bucket);
            long matches = TopHash.matches(word, pattern);
            while (matches != 0) {
                int at = slotAt(bucket, matches);
                Object holder = getHolderAcquire(at);
                // null: the slot has died since its word was read
                if (holder == key || (holder != null && standsFor(holder, key, hash))) {
                    return at;
                }
                long seen = Long.lowestOneBit(matches);
                matches ^= seen;
                if (hasCollisionTree() && (holder == null || holder instanceof CollisionTree)) {
                    // The key may have moved from this collision tree, perhaps dead by now, to a later slot since
                    // the word was read. So look at the rest of the word again.
                    word = getWordAcquire(bucket);
                    matches = TopHash.matches(word, pattern) & -(seen << 1);
                }
            }
            if (TopHash.endsChain(word)) {
                return ABSENT;
            }
        }
    }

    /** Returns whether the object in a slot is the key, its reservation, or a collision tree that has it. */
    private static boolean standsFor(Object holder, Object key, long hash) {
        if (holder instanceof Reservation reservation) {
            return reservation.key() == key || key.equals(reservation.key());
        }
        return holder instanceof CollisionTree collisions
                ? collisions.hash() == hash && collisions.cellOf(key) != null
                : key.equals(holder);
    }

    /** Returns the value of a key in the slot that {@link #find} returned; null if it has been removed since. */
    @Nullable Object getValue(int at, Object key) {
        return getHolderAcquire(at) instanceof CollisionTree collisions
                ? valueIn(collisions, key)
                : getValueAcquire(at);
    }

    private static @Nullable Object valueIn(CollisionTree collisions, Object key) {
        AtomicReference<Object> cell = collisions.cellOf(key);
        return cell == null ? null : cell.getAcquire();
    }

    /** Returns the index in the slots of the first match of a bucket. */
    private static int slotAt(int bucket, long matches) {
        return (bucket << 4) + (Long.numberOfTrailingZeros(matches) >>> 2 & ~1);
    }

    // ---- Writing: claims the shard, checks that what was seen still holds, stores, gives it back. ----

    /** The outcome of an attempt to insert. */
    enum Insertion {
        /** The entry is in the map. */
        DONE,
        /** Another insertion came first, or the shard has been replaced: search again. */
        OVERTAKEN,
        /** There is no usable slot left: the shard must be rebuilt. */
        FULL
    }

    /** Returns whether there is no usable slot left. */
    boolean isFull(int used) {
        return used >= Sizing.limit(slotCount(), bits());
    }

    /**
     * Inserts a key that was absent when this number of slots was used.
     *
     * @param holder the key, or a reservation of it
     * @param value its value; null with a reservation
     */
    Insertion insert(int used, long hash, Object holder, @Nullable Object value) {
        if (isFull(used)) {
            return Insertion.FULL;
        }
        if (!control.claim()) {
            return Insertion.OVERTAKEN;
        }
        try {
            if (control.getUsedAcquire() != used) { // every insertion increases it
                return Insertion.OVERTAKEN;
            }
            if (value != null) {
                counts.countInserted();
            }
            append(hash, holder, value);
            return Insertion.DONE;
        } finally {
            control.giveBack();
        }
    }

    /**
     * Replaces the value of a key.
     *
     * @param at the slot in which the holder was found
     * @param seen the very object that must still be the value; null for any
     * @return the value that was there; null if the slot has changed
     */
    @Nullable Object replace(int at, Object holder, @Nullable Object seen, Object value) {
        if (!control.claim()) {
            return null;
        }
        try {
            Object old = valueIf(at, holder, seen);
            if (old != null) {
                setValueRelease(at, value);
            }
            return old;
        } finally {
            control.giveBack();
        }
    }

    /** Removes a key. Otherwise the same as {@link #replace}. */
    @Nullable Object remove(int at, Object holder, @Nullable Object seen) {
        if (!control.claim()) {
            return null;
        }
        Object old;
        try {
            old = valueIf(at, holder, seen);
            if (old != null) {
                kill(at);
                control.countDeletion();
            }
        } finally {
            control.giveBack();
        }
        if (old != null) {
            counts.countRemoved();
        }
        return old;
    }

    /** Returns the value in a slot of the claimed shard; null if the slot has changed since the search. */
    private @Nullable Object valueIf(int at, Object holder, @Nullable Object seen) {
        Object value = getHolderAcquire(at) == holder ? getValueAcquire(at) : null;
        return seen == null || value == seen ? value : null;
    }

    /** Replaces the value of a key in a collision tree. Otherwise the same as {@link #replace}. */
    @Nullable Object replaceIn(CollisionTree collisions, int at, Object key, @Nullable Object seen, Object value) {
        KeyTree tree = collisions.getTreeAcquire();
        AtomicReference<Object> cell = tree.find(key).cell();
        if (cell == null || !control.claim()) {
            return null;
        }
        try {
            Object old = cell.getPlain();
            if (!hasTree(at, collisions, tree) || (seen != null && old != seen)) {
                return null;
            }
            cell.setRelease(value);
            return old;
        } finally {
            control.giveBack();
        }
    }

    /** Removes a key from a collision tree. Otherwise the same as {@link #replace}. */
    @Nullable Object removeFrom(CollisionTree collisions, int at, Object key, @Nullable Object seen) {
        KeyTree tree = collisions.getTreeAcquire();
        KeyTree.Place place = tree.find(key);
        AtomicReference<Object> cell = place.cell();
        if (cell == null) {
            return null;
        }
        KeyTree rest = place.without(); // made before the claim: that needs memory
        if (!control.claim()) {
            return null;
        }
        Object old;
        try {
            old = cell.getPlain();
            if (!hasTree(at, collisions, tree) || (seen != null && old != seen)) {
                return null;
            }
            setTree(at, collisions, rest);
            control.countDeletion();
        } finally {
            control.giveBack();
        }
        counts.countRemoved();
        return old;
    }

    private boolean hasTree(int at, CollisionTree collisions, KeyTree tree) {
        return getHolderAcquire(at) == collisions && collisions.getTreeAcquire() == tree;
    }

    private void setTree(int at, CollisionTree collisions, KeyTree tree) {
        collisions.setTreeRelease(tree);
        if (tree.size() == 0) {
            kill(at);
        }
    }

    // ---- Reserving ----

    /**
     * Puts a reservation in the place of a key, and copies the value into it. Returns whether the key was still
     * there.
     */
    boolean reserve(int at, Object key, Reservation reservation) {
        if (!control.claim()) {
            return false;
        }
        try {
            boolean found = getHolderAcquire(at) == key;
            if (found) {
                reservation.setValue(getValueAcquire(at));
                reservation.setLastSlot(at);
                setHolderRelease(at, reservation);
            }
            return found;
        } finally {
            control.giveBackRelease();
        }
    }

    /**
     * Moves a key from a collision tree to its own slot, and reserves it. The slot is filled first. So a thread
     * that no longer finds the key in the collision tree finds it later on the way.
     */
    Insertion reserveFrom(CollisionTree collisions, int at, int used, long hash, Reservation reservation) {
        KeyTree tree = collisions.getTreeAcquire();
        KeyTree.Place place = tree.find(reservation.key());
        AtomicReference<Object> cell = place.cell();
        if (cell == null) {
            return Insertion.OVERTAKEN;
        }
        KeyTree rest = place.without();
        if (isFull(used)) {
            return Insertion.FULL;
        }
        if (!control.claim()) {
            return Insertion.OVERTAKEN;
        }
        try {
            if (control.getUsedAcquire() != used || !hasTree(at, collisions, tree)) {
                return Insertion.OVERTAKEN;
            }
            reservation.setValue(cell.getPlain());
            append(hash, reservation, cell.getPlain());
            setTree(at, collisions, rest);
            return Insertion.DONE;
        } finally {
            control.giveBack();
        }
    }

    /** The outcome of an attempt to store a function's result. */
    enum Settlement {
        DONE,
        /** The shard has been replaced: search again. */
        OVERTAKEN,
        /** The map has been cleared: the reservation is not here, and is over. */
        CLEARED
    }

    /**
     * Stores the value of a reserved key, and puts the key back; but leaves the reservation in place if a
     * thread insists on it. Calls no user code, and does not fail.
     *
     * @param value null to remove the key
     */
    Settlement settle(Reservation reservation, long hash, @Nullable Object value) {
        if (!control.claim()) {
            return Settlement.OVERTAKEN;
        }
        Object old = reservation.value();
        try {
            int at = findReservation(reservation, hash);
            if (at == ABSENT) {
                reservation.end();
                return Settlement.CLEARED;
            }
            if (old == null && value != null) {
                counts.countInserted();
            }
            setValueRelease(at, value); // the same object, too: the function may have changed it
            reservation.setValue(value);
            if (!reservation.mustPass()) {
                if (value == null) {
                    kill(at);
                } else {
                    setHolderRelease(at, reservation.key());
                }
                reservation.end();
            }
            if (old != null && value == null) {
                control.countDeletion();
            }
        } finally {
            control.giveBack();
        }
        if (old != null && value == null) {
            counts.countRemoved();
        }
        return Settlement.DONE;
    }

    /** Returns the slot of a reservation by identity, or {@link #ABSENT}. */
    private int findReservation(Reservation reservation, long hash) {
        int last = reservation.lastSlot();
        if (last < slots.length && getHolderAcquire(last) == reservation) {
            return last; // its shard has not been rebuilt
        }
        long pattern = TopHash.pattern(hash);
        int mask = tophash.length - 1;
        int bucket = HashSeed.shardBucketIndex(hash, mask);
        for (int step = 1; ; bucket = bucket + step++ & mask) {
            long word = getWordAcquire(bucket);
            long matches = TopHash.matches(word, pattern);
            for (; matches != 0; matches = TopHash.withoutFirst(matches)) {
                int at = slotAt(bucket, matches);
                if (getHolderAcquire(at) == reservation) {
                    return at;
                }
            }
            if (TopHash.endsChain(word)) {
                return ABSENT;
            }
        }
    }

    /**
     * Reads the keys of the collision trees, and then the full slots of each bucket, without the slots of keys
     * that are in these trees. May call the keys' {@code equals} and {@code compareTo}.
     *
     * <p>A key can move from a collision tree to a slot meanwhile. It is in the slot before it leaves the
     * collision tree, and the collision trees are read first, so it is not missed. If it is in both, the
     * collision tree counts.
     *
     * @param full gets a mask of tophash bytes for each bucket
     * @param colliding gets the keys of collision trees
     */
    void readFull(long[] full, Collection<Object> colliding) {
        List<CollisionTree> seen = hasCollisionTree() ? new ArrayList<>() : List.of();
        if (hasCollisionTree()) {
            for (int at = 0; at < slots.length; at += 2) {
                if (getHolderAcquire(at) instanceof CollisionTree collisions) {
                    seen.add(collisions.copy()); // which keeps the tree of this moment
                }
            }
        }
        for (int bucket = 0; bucket < full.length; bucket++) {
            full[bucket] = TopHash.full(getWordAcquire(bucket));
        }
        for (CollisionTree collisions : seen) {
            KeyTree tree = collisions.getTreeAcquire();
            tree.forEach((key, cell) -> colliding.add(key));
            leaveOut(full, tree, TopHash.pattern(collisions.hash()));
        }
    }

    /** Removes the slots of a tree's keys from the masks of full slots. */
    private void leaveOut(long[] full, KeyTree tree, long pattern) {
        for (int bucket = 0; bucket < full.length; bucket++) {
            long matches = full[bucket] & TopHash.matches(getWordAcquire(bucket), pattern);
            for (; matches != 0; matches = TopHash.withoutFirst(matches)) {
                Object holder = getHolderAcquire(slotAt(bucket, matches));
                Object key = holder instanceof Reservation reservation ? reservation.key() : holder;
                if (key != null
                        && key.getClass() == tree.type()
                        && tree.find(key).key() != null) {
                    full[bucket] ^= Long.lowestOneBit(matches);
                }
            }
        }
    }

    /** Returns the keys and values of one moment, alternating; null if the shard is retired. */
    @Nullable List<Object> copyOfEntries() {
        List<Object> entries = new ArrayList<>(2 * control.live());
        List<Object> colliding = new ArrayList<>(0); // after the others, as in a walk
        BiConsumer<Object, AtomicReference<Object>> collect = (key, cell) -> {
            colliding.add(key);
            colliding.add(cell.getPlain());
        };
        if (!control.claim()) {
            return null;
        }
        try {
            for (int at = 0; at < slots.length; at += 2) {
                Object holder = getHolderAcquire(at);
                Object value = getValueAcquire(at);
                if (holder instanceof CollisionTree collisions) {
                    collisions.getTreeAcquire().forEach(collect);
                } else if (holder != null && value != null) {
                    entries.add(holder instanceof Reservation reservation ? reservation.key() : holder);
                    entries.add(value);
                }
            }
        } finally {
            control.giveBack();
        }
        entries.addAll(colliding);
        return entries;
    }

    /**
     * Reads the live slots, and the hash code of the object in each. Calls code of the keys.
     *
     * @return the number of live slots
     */
    int readLiving(int[] livingSlots, int[] hashCodes) {
        int full = 0;
        for (int bucket = 0; bucket < tophash.length; bucket++) {
            long bytes = TopHash.full(getWordAcquire(bucket));
            for (; bytes != 0 && full < livingSlots.length; bytes = TopHash.withoutFirst(bytes)) {
                livingSlots[full++] = slotAt(bucket, bytes); // if there are more, they were inserted since
            }
        }
        int live = 0;
        for (int i = 0; i < full; i++) { // short, so that the cache misses of many keys overlap
            int at = livingSlots[i];
            Object holder = getHolderAcquire(at);
            if (holder != null) {
                livingSlots[live] = at;
                hashCodes[live++] = Marker.hashCodeOf(holder);
            }
        }
        return live;
    }

    /** Returns the largest number of buckets that a search may need. */
    int longestWay() {
        int longest = 0;
        int mask = tophash.length - 1;
        for (int first = 0; first <= mask; first++) {
            int step = 1;
            for (int bucket = first; !TopHash.endsChain(getWordAcquire(bucket)); step++) {
                bucket = bucket + step & mask;
            }
            longest = Math.max(longest, step);
        }
        return slots.length == 0 ? 0 : longest;
    }

    // ---- Under a claim, or before another thread can see the shard ----

    /**
     * Fills the first empty slot on the way of a hash, in a shard that no other thread can see yet, and does not
     * count it. Plain stores are enough, because the store into the directory publishes them.
     */
    void fill(long hash, Object holder, @Nullable Object value) {
        int mask = tophash.length - 1;
        int bucket = HashSeed.shardBucketIndex(hash, mask);
        for (int step = 1; !TopHash.endsChain(tophash[bucket]); step++) {
            bucket = bucket + step & mask;
        }
        long word = tophash[bucket];
        int slot = TopHash.firstUnused(word);
        int at = (bucket << 4) + (slot << 1);
        if (holder.getClass() == CollisionTree.class) {
            prefix |= COLLISION_TREE;
        }
        slots[at] = holder;
        slots[at + 1] = value;
        tophash[bucket] = word | (long) TopHash.of(hash) << (slot << 3);
    }

    /** Fills the first empty slot on the way of a hash, and counts it as used. */
    void append(long hash, Object holder, @Nullable Object value) {
        int mask = tophash.length - 1;
        int bucket = HashSeed.shardBucketIndex(hash, mask);
        long word = getWordAcquire(bucket);
        for (int step = 1; !TopHash.endsChain(word); step++) {
            bucket = bucket + step & mask;
            word = getWordAcquire(bucket);
        }
        int slot = TopHash.firstUnused(word);
        int at = (bucket << 4) + (slot << 1);
        setValueRelease(at, value);
        setHolderRelease(at, holder);
        setWordRelease(bucket, TopHash.withState(word, slot, TopHash.of(hash)));
        control.addUsed(1);
    }

    private void kill(int at) {
        int bucket = at >> 4;
        setWordRelease(bucket, TopHash.withState(getWordAcquire(bucket), at >> 1 & 7, TopHash.DEAD));
        setValueRelease(at, null);
        setHolderRelease(at, null);
        control.countDeadRelease();
    }

    // ---- The arrays, by access mode ----

    long getWordAcquire(int bucket) {
        return (long) WORD.getAcquire(tophash, bucket);
    }

    private void setWordRelease(int bucket, long word) {
        WORD.setRelease(tophash, bucket, word);
    }

    /** Returns the object in a slot: a key or a {@link Marker}; null if the slot is empty or dead. */
    @Nullable Object getHolderAcquire(int at) {
        return (Object) SLOT.getAcquire(slots, at);
    }

    private void setHolderRelease(int at, @Nullable Object holder) {
        SLOT.setRelease(slots, at, holder);
    }

    @Nullable Object getValueAcquire(int at) {
        return (Object) SLOT.getAcquire(slots, at + 1);
    }

    private void setValueRelease(int at, @Nullable Object value) {
        SLOT.setRelease(slots, at + 1, value);
    }

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
}
