package io.github.safemap.core;

import io.github.safemap.core.engine.HashSeed;
import io.github.safemap.core.engine.TopHash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code hmap}: the buckets of a {@link GoMap}, and how they grow.
 *
 * <p>Growth begins with a second array of buckets, and the entries move later. Before a write looks for
 * its key, it moves the key's bucket and one more. So no write takes long, and a growth ends before
 * the next one is due. Meanwhile an old bucket is in one of two states. Either it has moved: the old array has {@link
 * #MOVED} in its place, and its entries are in the new buckets. Or it has not moved: it has all its entries, and the
 * new buckets that they will move to are null.
 *
 * <p>A bucket is created for its first entry. Then it stays, even without entries.
 */
final class GoTable {
    /** The largest base-2 logarithm of the number of buckets. Beyond it chains grow instead. */
    static final int MAX_BITS = 30;

    /** Replaces an old bucket that has moved. It never has entries. */
    static final GoBucket MOVED = new GoBucket();

    private static final @Nullable GoBucket[] NONE = {};

    /** The most moved buckets that one write skips when it looks for the next bucket to move. */
    private static final int MAX_SKIP = 64;

    private long seed = HashSeed.random();
    private int size;
    private @Nullable GoBucket[] buckets;

    /** The overflow buckets in the chains of {@link #buckets}. */
    private int overflow;

    /** The buckets before the current growth; none if the table is not growing. */
    private @Nullable GoBucket[] old = NONE;

    /** How many of the old buckets have moved. */
    private int moved;

    /** Where to look for the next old bucket to move. It wraps around, because some may have to be tried again. */
    private int cursor;

    /** How many more attempts to begin a growth to skip, after one ran out of memory. */
    private int leftOut;

    private long changes;

    /** Creates an empty table of {@code 1 << bits} buckets. */
    GoTable(int bits) {
        buckets = new @Nullable GoBucket[1 << bits];
    }

    /** Returns the base-2 logarithm of the smallest number of buckets that these entries fit in. */
    static int bitsFor(long entries) {
        int bits = 0;
        while (bits < MAX_BITS && overLoadFactor(entries, 1 << bits)) {
            bits++;
        }
        return bits;
    }

    /** Returns whether there are too many entries for the buckets: more than 13/2 for each. */
    static boolean overLoadFactor(long entries, int buckets) {
        return entries > GoBucket.SLOTS && 2 * entries > 13L * buckets;
    }

    int size() {
        return size;
    }

    /** Returns a number that changes whenever the table becomes empty. */
    long seed() {
        return seed;
    }

    /** Returns a number that changes whenever an entry is added, changed or removed. */
    long changes() {
        return changes;
    }

    /** Returns the buckets; while the table grows, the new ones. */
    @Nullable GoBucket[] buckets() {
        return buckets;
    }

    /** Returns the buckets that the table is growing out of; none if it is not growing. */
    @Nullable GoBucket[] old() {
        return old;
    }

    /** Returns how many old buckets have not moved yet. */
    int oldBucketsLeft() {
        return old.length - moved;
    }

    int overflow() {
        return overflow;
    }

    boolean isGrowing() {
        return old.length > 0;
    }

    long hash(int hashCode) {
        return HashSeed.spread(hashCode, seed);
    }

    static int indexOf(long hash, @Nullable GoBucket[] buckets) {
        return HashSeed.bucketIndex(hash, buckets.length - 1);
    }

    /** Returns the array that has the entries of a hash now, and gets new ones. */
    private @Nullable GoBucket[] homeOf(long hash) {
        return isGrowing() && old[indexOf(hash, old)] != MOVED ? old : buckets;
    }

    private @Nullable GoBucket mainBucket(long hash) {
        @Nullable GoBucket[] home = homeOf(hash);
        return home[indexOf(hash, home)];
    }

    /** Returns the value of a key, or null. */
    @Nullable Object get(Object key, int hashCode) {
        long hash = hash(hashCode);
        long pattern = TopHash.pattern(hash);
        for (GoBucket bucket = mainBucket(hash); bucket != null; bucket = bucket.next()) {
            int slot = bucket.find(key, pattern);
            if (slot >= 0) {
                return bucket.value(slot);
            }
        }
        return null;
    }

    /** Sets the value of a key, and returns the value that it had, or null. */
    @Nullable Object put(Object key, int hashCode, Object value) {
        long hash = hash(hashCode);
        growWork(hash);
        Object replaced = replaceOrRemove(key, hash, value);
        if (replaced != null) {
            return replaced;
        }
        if (growIfDue()) {
            growWork(hash);
        }
        insert(key, hash, value);
        return null;
    }

    /** Removes a key, and returns the value that it had, or null. */
    @Nullable Object remove(Object key, int hashCode) {
        long hash = hash(hashCode);
        growWork(hash);
        Object removed = replaceOrRemove(key, hash, null);
        if (removed != null && --size == 0) {
            reseed();
        }
        return removed;
    }

    private @Nullable Object replaceOrRemove(Object key, long hash, @Nullable Object value) {
        long pattern = TopHash.pattern(hash);
        GoBucket main = mainBucket(hash);
        for (GoBucket bucket = main; main != null && bucket != null; bucket = bucket.next()) {
            int slot = bucket.find(key, pattern);
            if (slot >= 0) {
                Object before = bucket.value(slot);
                if (value != null) {
                    bucket.setValue(slot, value);
                } else {
                    main.remove(bucket, slot);
                }
                changes++;
                return before;
            }
        }
        return null;
    }

    private void insert(Object key, long hash, Object value) {
        @Nullable GoBucket[] home = homeOf(hash);
        int index = indexOf(hash, home);
        GoBucket main = home[index];
        if (main == null) {
            main = new GoBucket();
            home[index] = main;
        }
        if (main.add(TopHash.of(hash), key, value) && home == buckets) {
            overflow++;
        }
        changes++;
        size++;
    }

    /** Removes every entry. The main buckets stay. */
    void clear() {
        for (GoBucket main : buckets) {
            if (main != null) {
                main.clear();
            }
        }
        overflow = 0;
        size = 0;
        reseed();
    }

    /**
     * Renews the seed of an empty table, so that nobody learns it by trial (Go issue 25237). The remaining
     * old buckets need not be moved.
     */
    private void reseed() {
        seed = HashSeed.random();
        setOld(NONE);
    }

    /**
     * Begins to grow if one more entry makes it due. If there are too many entries, the table doubles. If there
     * are as many overflow buckets as main ones, it keeps its size, and the entries become dense again. (Go's
     * limit of 2^15 means the same, because Go only samples the count in larger tables.)
     */
    private boolean growIfDue() {
        if (isGrowing()) {
            return false;
        }
        if (overLoadFactor(size + 1L, buckets.length) && buckets.length < 1 << MAX_BITS) {
            return tryGrow(2 * buckets.length);
        }
        return overflow >= buckets.length && tryGrow(buckets.length);
    }

    /**
     * Begins to grow, to as many buckets or twice as many, unless memory is short. Then chains
     * grow instead, and a write tries again later, but not soon, because each attempt costs full collections.
     */
    boolean tryGrow(int length) {
        if (leftOut > 0) {
            leftOut--;
            return false;
        }
        @Nullable GoBucket[] grown;
        try {
            grown = new @Nullable GoBucket[length];
        } catch (OutOfMemoryError e) {
            leftOut = 8 + Math.max(buckets.length, size) / 8;
            return false;
        }
        setOld(buckets);
        buckets = grown;
        overflow = 0;
        return true;
    }

    private void setOld(@Nullable GoBucket[] array) {
        old = array;
        moved = 0;
        cursor = 0;
    }

    /** Does one write's share of a growth: moves the bucket of its hash, and the next one. */
    private void growWork(long hash) {
        if (isGrowing()) {
            tryEvacuate(indexOf(hash, old));
        }
        for (int skipped = 0; isGrowing() && skipped < MAX_SKIP; skipped++) {
            int index = cursor++ & (old.length - 1);
            if (old[index] != MOVED) {
                tryEvacuate(index);
                return;
            }
        }
    }

    /**
     * Moves an old bucket. If memory runs out, or the {@code hashCode} of one of its keys throws,
     * the bucket stays where it is and is used there. The write did not cause this, so it does not fail.
     */
    void tryEvacuate(int index) {
        try {
            if (old[index] != MOVED) {
                evacuate(index);
            }
        } catch (Throwable e) {
            // Nothing has changed: evacuate stores only after everything that may throw.
        }
    }

    /** Copies the entries of an old bucket into one or two new chains, then stores these in the new array. */
    private void evacuate(int index) {
        boolean doubles = buckets.length > old.length;
        Chain low = new Chain();
        Chain high = new Chain();
        for (GoBucket bucket = old[index]; bucket != null; bucket = bucket.next()) {
            for (int slot = 0; slot < GoBucket.SLOTS; slot++) {
                Object key = bucket.key(slot);
                if (key != null) {
                    boolean goesUp = doubles && (indexOf(hash(key.hashCode()), buckets) & old.length) != 0;
                    (goesUp ? high : low).add(bucket.top(slot), key, Objects.requireNonNull(bucket.value(slot)));
                }
            }
        }
        buckets[index] = low.head;
        if (doubles) {
            buckets[index + old.length] = high.head;
        }
        overflow += low.overflow + high.overflow;
        old[index] = MOVED;
        if (++moved == old.length) {
            setOld(NONE);
        }
    }

    /** A chain that is filled from front to back. */
    private static final class Chain {
        private @Nullable GoBucket head;
        private @Nullable GoBucket last;
        private int overflow;

        void add(int top, Object key, Object value) {
            if (last == null) {
                last = new GoBucket();
                head = last;
            }
            if (last.add(top, key, value)) {
                last = last.overflow();
                overflow++;
            }
        }
    }
}
