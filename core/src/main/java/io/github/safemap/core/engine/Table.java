package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One generation of main buckets: a power of two of them, each made when its first entry comes.
 *
 * <p>A table that is being evacuated leads to its {@link #getNextAcquire next} one. In its place a
 * bucket is one of three things: null (no entry), a {@link Bucket}, or {@link Bucket#FORWARDED}, which
 * sends whoever comes to the next table and stays for ever. Tables lead from old to new only, so an old
 * one can be collected as soon as the last bucket has moved.
 *
 * <p>Everything that a reader needs hangs on the reference to one table: it cannot mix the parts of
 * two.
 */
public final class Table {
    /** The greatest logarithm of a table's size. Beyond it chains grow instead. */
    static final int MAX_BITS = 30;

    /** The greatest length of a table whose entries are counted before it is rebuilt. */
    private static final int COUNTED_LENGTH = 64;

    private static final AtomicLong IDS = new AtomicLong();

    private final @Nullable Bucket[] buckets;
    private final long seed;
    private final int bits;

    /** A number of its own, to write down instead of a reference. */
    private final long id = IDS.incrementAndGet();

    @SuppressWarnings("unused") // through NEXT
    private @Nullable Table next;

    private final Tally tally;

    /** What a recording says of the move to this table, if there is one. */
    private final @Nullable RebuildEvent event;

    /** Creates an empty table of {@code 1 << bits} buckets. */
    public Table(int bits, long seed) {
        this(bits, seed, null);
    }

    Table(int bits, long seed, @Nullable RebuildEvent event) {
        this(new @Nullable Bucket[1 << bits], bits, seed, Tally.create(bits), event);
    }

    private Table(@Nullable Bucket[] buckets, int bits, long seed, Tally tally, @Nullable RebuildEvent event) {
        this.buckets = buckets;
        this.bits = bits;
        this.seed = seed;
        this.tally = tally;
        this.event = event;
    }

    /** Returns an empty table with another seed and this one's buckets, all of which are empty. */
    public Table reseeded(long newSeed) {
        return new Table(buckets, bits, newSeed, tally, null);
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

    /** Returns a number that no other table has. */
    long id() {
        return id;
    }

    /** Returns the hash of a key with this {@code hashCode} in this table. */
    public long hash(int hashCode) {
        return HashSeed.spread(hashCode, seed);
    }

    @Nullable RebuildEvent event() {
        return event;
    }

    int indexOf(long hash) {
        return HashSeed.bucketIndex(hash, buckets.length - 1);
    }

    Tally tally() {
        return tally;
    }

    void countMoved() {
        tally.countMoved();
    }

    /**
     * Returns the number of entries, as far as they are load, counted if the table is small and otherwise as estimated: the
     * estimate of a small table is off by so much of it that the table would grow and shrink in turn.
     */
    int entries(int estimate) {
        if (buckets.length > COUNTED_LENGTH) {
            return estimate;
        }
        int entries = 0;
        for (int i = 0; i < buckets.length; i++) {
            Bucket main = getBucketAcquire(i);
            entries += main == null ? 0 : Chain.count(main) + Crowd.load(main);
        }
        return entries;
    }

    /** Returns whether every bucket has moved to the next table. */
    public boolean isEvacuated() {
        return tally.movedAcquire() == buckets.length;
    }

    /** Returns the value of a key in the map whose oldest table this is, or null. */
    public @Nullable Object get(Object key, long hash) {
        Object found = probe(buckets, key, hash);
        return found == UNDECIDED ? getSlowly(key, hash) : found;
    }

    /** Returned by {@link #probe} if only {@link #getSlowly} can tell. */
    static final Object UNDECIDED = new Object();

    /** Returns the main buckets, for {@link #probe}. */
    @Nullable Bucket[] buckets() {
        return buckets;
    }

    /**
     * Looks a key up among the main buckets of a table, or of one that has been evacuated. Takes no
     * lock, writes nothing, waits for nobody.
     *
     * <p>Here is what nearly every call needs: the first slot of the main bucket whose tophash matches,
     * or a chain without one. There is no loop in it, and each instruction and each load on the way
     * counts. {@link Bucket#FORWARDED} has no full slot, so it is told apart only where a miss would be
     * returned.
     *
     * @return the value, null for none, or {@link #UNDECIDED}
     */
    static @Nullable Object probe(@Nullable Bucket[] buckets, Object key, long hash) {
        Bucket main = (Bucket) BUCKET.getAcquire(buckets, HashSeed.bucketIndex(hash, buckets.length - 1));
        if (main == null) {
            return null;
        }
        long top = main.getTophashAcquire();
        long matches = TopHash.matches(top, TopHash.pattern(hash));
        if (matches != 0) {
            int word = main.getControlAcquire();
            int valueAt = Bucket.firstValueAt(matches);
            @Nullable Object[] slots = main.slots(); // once: an acquire load makes it be read again
            Object candidate = Bucket.keyAcquire(slots, valueAt);
            if (candidate == key || (candidate != null && key.equals(candidate))) {
                Object value = Bucket.valueAcquire(slots, valueAt);
                // The tophash was read before the word. Were the slot just being filled again, after
                // that, this would be too early to say so; but then somebody would have the chain.
                if (Bucket.wasQuiet(word, main.getControlAcquire())) {
                    return value;
                }
            }
        } else if (TopHash.endsChain(top) && main != Bucket.FORWARDED) {
            return null;
        }
        return UNDECIDED;
    }

    /**
     * Returns the same as {@link #get} in all the cases: the key may be in a later slot or an overflow
     * bucket, its bucket have moved, or its chain have changed while it was read. Follows buckets that
     * have moved.
     */
    @Nullable Object getSlowly(Object key, long hash) {
        Table table = this;
        while (true) {
            Bucket main = table.getBucketAcquire(table.indexOf(hash));
            if (main == null) {
                return null;
            }
            if (main == Bucket.FORWARDED) {
                table = table.nextOfForwarded();
                continue;
            }
            int word = main.getControlAcquire();
            int position = Chain.find(main, key, TopHash.pattern(hash));
            if (position < 0) {
                // A key that is there throughout is found: entries do not change their slots, and a
                // chain that has been replaced stays as it was. A miss needs no check of the version.
                return position == Chain.ABSENT ? null : Crowd.get(main, key, hash);
            }
            Object value = Chain.valueAt(main, position);
            if (Bucket.sameVersion(word, main.getControlAcquire())) {
                return Bucket.isReserved(word) ? Reservation.visible(value) : value;
            }
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

    // ---- Changes. The caller has the bucket's chain to itself. ----

    /**
     * Adds an entry whose key is not in a chain. It goes into the first empty slot; if there is none,
     * into a last bucket twice as wide, or one more overflow bucket.
     *
     * @param reserves whether the value is a {@link Reservation}
     * @return the bucket that is the chain's main one now; if it is another, the old one is to be
     *     retired
     */
    Bucket add(int index, Bucket main, int top, Object key, Object value, boolean reserves) {
        Bucket before = null;
        Bucket last = main;
        for (; ; ) {
            int slot = last.firstEmpty();
            if (slot >= 0) {
                last.fill(slot, top, key, value);
                return main;
            }
            Bucket overflow = last.getOverflowAcquire();
            if (overflow == null) {
                break;
            }
            before = last;
            last = overflow;
        }
        if (last.capacity() != Bucket.FEW) {
            Bucket added = new Bucket(Bucket.FEW);
            added.fill(0, top, key, value);
            last.setOverflowRelease(added); // filled before it can be reached
            tally.addOverflowBuckets(1);
            tally.noteChain(1 + Chain.overflowCount(main));
            return main;
        }
        Bucket wide = last.widened();
        wide.fill(last.capacity(), top, key, value);
        if (before != null) {
            before.setOverflowRelease(wide);
            return main;
        }
        if (reserves) {
            wide.markReserved();
        }
        setBucketRelease(index, wide);
        return wide;
    }

    /**
     * Gives back what a chain does not need after a removal: a bucket without entries, overflow
     * buckets whose entries fit into one, and a wide bucket that has become almost empty.
     *
     * @return the bucket that is the chain's main one now, null if there is none; if it is another, the
     *     old one is to be retired
     */
    @Nullable Bucket tidied(int index, Bucket main, int entries) {
        boolean chained = main.getOverflowAcquire() != null;
        boolean spacious = main.capacity() == Bucket.SLOTS;
        boolean wasteful =
                entries == 0 || (chained && entries <= CHAINED_ENTRIES) || (spacious && entries <= SPACIOUS_ENTRIES);
        if (!wasteful) {
            return main;
        }
        Bucket head;
        int overflow = 0;
        try {
            if (Chain.isPlain(main, main.getControlAcquire())) {
                head = main.part(TopHash.full(main.getTophashAcquire()));
            } else {
                ChainBuilder dense = new ChainBuilder(entries);
                dense.addAll(main);
                head = dense.head();
                overflow = dense.overflow();
            }
        } catch (OutOfMemoryError e) {
            return main; // it is only a nicety
        }
        setBucketRelease(index, head);
        tally.addOverflowBuckets(overflow - Chain.overflowCount(main));
        return head;
    }

    /** Puts a chain into the place of one that the caller has claimed, which is retired. */
    void replace(int index, Bucket main, ChainBuilder chain) {
        int added = Crowd.booked(chain.head(), index) - Crowd.booked(main, index);
        setBucketRelease(index, chain.head());
        main.retire();
        book(added, chain.overflow(), Chain.overflowCount(main));
    }

    /**
     * Books a chain that writers may be changing already: nothing is read from it here, and what it adds
     * was found before it was published.
     */
    void book(int added, int overflow, int overflowBefore) {
        tally.moved(added);
        tally.addOverflowBuckets(overflow - overflowBefore);
        tally.noteChain(1 + overflow);
    }

    /** A chain of so few entries needs no overflow bucket; one slot is left for the next to come. */
    private static final int CHAINED_ENTRIES = Bucket.SLOTS - 1;

    /** So few entries leave room in a narrow bucket. */
    private static final int SPACIOUS_ENTRIES = Bucket.FEW / 2;

    // ---- The fields, by access mode ----

    /** Returns the table that this one's buckets move to, or null. */
    public @Nullable Table getNextAcquire() {
        return (Table) NEXT.getAcquire(this);
    }

    boolean casNext(Table table) {
        return NEXT.compareAndSet(this, null, table);
    }

    @Nullable Bucket getBucketAcquire(int index) {
        return (Bucket) BUCKET.getAcquire(buckets, index);
    }

    void setBucketRelease(int index, @Nullable Bucket bucket) {
        BUCKET.setRelease(buckets, index, bucket);
    }

    boolean casBucket(int index, @Nullable Bucket expected, @Nullable Bucket bucket) {
        return BUCKET.compareAndSet(buckets, index, expected, bucket);
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
