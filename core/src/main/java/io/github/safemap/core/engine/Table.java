package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One generation of main buckets: a power of two of them, each made when its first entry comes.
 *
 * <p>A table that is being evacuated leads to its {@link #getNextAcquire next} one. A bucket is in
 * exactly one of three states: null (no entry yet), a {@link Bucket}, or {@link Bucket#FORWARDED},
 * which sends whoever comes to the next table and stays for ever. Tables lead from old to new only,
 * so an old one can be collected as soon as the last bucket has moved.
 */
public final class Table {
    /** The greatest logarithm of a table's size. Beyond it chains grow instead. */
    static final int MAX_BITS = 30;

    private final @Nullable Bucket[] buckets;
    private final int bits;
    private final long seed;

    @SuppressWarnings("unused") // through NEXT
    private @Nullable Table next;

    /** The first bucket that may not have moved yet: Go's {@code nevacuate}. */
    private int evacuationMark;

    /** Overflow buckets of this table's chains, without those of chains that have moved on. */
    private int overflowBuckets;

    /** Creates an empty table of {@code 1 << bits} buckets. */
    public Table(int bits, long seed) {
        this(new @Nullable Bucket[1 << bits], bits, seed);
    }

    private Table(@Nullable Bucket[] buckets, int bits, long seed) {
        this.buckets = buckets;
        this.bits = bits;
        this.seed = seed;
    }

    /** Returns an empty table with another seed and this one's buckets, all of which are empty. */
    public Table reseeded(long newSeed) {
        Table table = new Table(buckets, bits, newSeed);
        table.overflowBuckets = overflowBuckets;
        return table;
    }

    /** Returns the logarithm of the number of main buckets: Go's {@code B}. */
    public int bits() {
        return bits;
    }

    /** Returns the number of main buckets. */
    public int length() {
        return buckets.length;
    }

    /** Returns the seed of this table's hashes. */
    public long seed() {
        return seed;
    }

    /** Returns the hash of a key with this {@code hashCode} in this table. */
    public long hash(int hashCode) {
        return HashSeed.spread(hashCode, seed);
    }

    int indexOf(long hash) {
        return HashSeed.bucketIndex(hash, buckets.length - 1);
    }

    /** Returns the number of overflow buckets. */
    public int overflowBuckets() {
        return overflowBuckets;
    }

    void addOverflowBuckets(int count) {
        overflowBuckets += count;
    }

    /** Returns the first bucket that may not have moved to the next table. */
    public int evacuationMark() {
        return evacuationMark;
    }

    void advanceEvacuationMark() {
        evacuationMark++;
    }

    /**
     * Returns the value of a key in the map whose oldest table this is, or null. The one look-up; it
     * follows buckets that have moved.
     */
    public @Nullable Object get(Object key, int hashCode) {
        long hash = hash(hashCode);
        long pattern = TopHash.pattern(hash);
        for (; ; ) {
            Bucket main = mainBucket(hash);
            if (main == null) {
                return null;
            }
            int control = main.getControlAcquire();
            int position = Chain.find(main, key, pattern);
            if (position == Chain.ABSENT) {
                return null;
            }
            Object value = Chain.valueAt(main, position);
            // Key and value are of one entry if no slot has been emptied in between.
            if (main.getControlAcquire() == control) {
                return value;
            }
        }
    }

    /** Returns the main bucket of a hash in the first table that still has it; null if empty. */
    private @Nullable Bucket mainBucket(long hash) {
        Table table = this;
        for (; ; ) {
            Bucket main = table.getBucketAcquire(table.indexOf(hash));
            if (main != Bucket.FORWARDED) {
                return main;
            }
            table = table.nextOfForwarded();
        }
    }

    /** Returns the next table of one that has forwarded a bucket, and therefore has a next. */
    Table nextOfForwarded() {
        Table successor = getNextAcquire();
        if (successor == null) {
            throw new IllegalStateException("forwarded bucket without a next table");
        }
        return successor;
    }

    /** Removes every entry, keeps the main buckets. Takes time in the number of buckets. */
    public void clear() {
        for (int i = 0; i < buckets.length; i++) {
            Bucket main = getBucketAcquire(i);
            if (main != null) {
                Chain.clear(main);
            }
        }
        overflowBuckets = 0;
    }

    /** Puts an entry whose key is not there. The caller has the bucket to itself. */
    public void insert(long hash, Object key, Object value) {
        int index = indexOf(hash);
        Bucket main = getBucketAcquire(index);
        if (main == null) {
            main = new Bucket();
            main.fill(0, TopHash.of(hash), key, value);
            setBucketRelease(index, main); // filled before it can be reached
        } else if (Chain.insert(main, TopHash.of(hash), key, value)) {
            overflowBuckets++;
        }
    }

    /**
     * Replaces the value of a key, or removes its entry.
     *
     * @param value the new value; null to remove the entry
     * @return the old value, or null if the key is not there
     */
    public @Nullable Object replaceOrRemove(long hash, Object key, @Nullable Object value) {
        Bucket main = getBucketAcquire(indexOf(hash));
        int position = main == null ? Chain.ABSENT : Chain.find(main, key, TopHash.pattern(hash));
        if (main == null || position == Chain.ABSENT) {
            return null;
        }
        return value == null
                ? Chain.removeAt(main, position)
                : Chain.replaceAt(main, position, value);
    }

    // ---- The fields, by access mode ----

    /** Returns the table that this one's buckets move to, or null. */
    public @Nullable Table getNextAcquire() {
        return (Table) NEXT.getAcquire(this);
    }

    void setNextRelease(Table table) {
        NEXT.setRelease(this, table);
    }

    /** Returns a main bucket: null if it was never used. */
    public @Nullable Bucket getBucketAcquire(int index) {
        return (Bucket) BUCKET.getAcquire(buckets, index);
    }

    void setBucketRelease(int index, @Nullable Bucket bucket) {
        BUCKET.setRelease(buckets, index, bucket);
    }

    private static final VarHandle NEXT;
    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(Bucket[].class);

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Table.class, "next", Table.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
