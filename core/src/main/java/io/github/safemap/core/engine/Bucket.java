package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code bmap} as an object: slots for up to eight entries, the tophash word that tells which of
 * them are full, and a link to an overflow bucket.
 *
 * <p>Key and value of slot {@code i} lie side by side in {@code slots[2i]} and {@code slots[2i+1]}.
 * The array is made for {@link #FEW} entries, and when they are not enough the bucket is replaced by
 * one made for all {@link #SLOTS}; the reference to it never changes, so a reader cannot meet a
 * tophash whose slot its array lacks. An entry stays in its slot until it is removed or its bucket is
 * replaced.
 *
 * <p>The control word of a main bucket stands for its whole chain; that of an overflow bucket is not
 * used. It holds
 *
 * <ul>
 *   <li>{@link #WRITING}, while one writer has the chain to itself: Go's {@code hashWriting} at bucket
 *       grain;
 *   <li>{@link #RETIRED}, once the chain is no longer in its table: it is not changed again, and what
 *       stands in the table's place leads on;
 *   <li>{@link #HELD}, beside WRITING, while the writer runs a function of the user's: whoever needs the
 *       chain meanwhile can have it, by {@link Holds#inflateAtOnce};
 *   <li>{@link #RESERVED}, while the value of some entry is a {@link Reservation}: only then need a
 *       reader look at what kind of value it has found;
 *   <li>a version that moves, when the chain is given back, if a slot was filled or emptied.
 * </ul>
 *
 * <p>A reader that finds the version unmoved after it read a slot's key and then its value has read
 * the two of one entry: a slot that another entry has moved into since was emptied in between.
 *
 * <p>This class is the one place that touches these fields, and the name of each accessor says how:
 * writers publish with release stores, tophash last; readers pair with acquire loads, tophash first.
 */
public final class Bucket {
    /** The most entries in a bucket. */
    public static final int SLOTS = 8;

    /** The entries that a bucket is first made for. */
    static final int FEW = 4;

    private static final int WRITING = 1;
    private static final int RETIRED = 2;
    private static final int RESERVED = 4;
    private static final int HELD = 8;

    /** What does not matter to those who only want to know whether a slot was filled or emptied. */
    private static final int CLAIMS = WRITING | HELD;

    /** What a change of the chain adds to the control word; the bits above it are the version. */
    private static final int VERSION_STEP = 16;

    /** Stands in a table in the place of each bucket that has moved to the next table. */
    static final Bucket FORWARDED = new Bucket(new @Nullable Object[0], RETIRED);

    @SuppressWarnings("unused") // through CONTROL
    private int control;

    @SuppressWarnings("unused") // through TOPHASH
    private long tophash;

    private final @Nullable Object[] slots;

    @SuppressWarnings("unused") // through OVERFLOW
    private @Nullable Bucket overflow;

    /** Creates an empty bucket made for {@link #FEW} or {@link #SLOTS} entries. */
    Bucket(int capacity) {
        this(new @Nullable Object[2 * capacity], 0);
    }

    private Bucket(@Nullable Object[] slots, int control) {
        this.slots = slots;
        this.control = control;
    }

    /**
     * Creates a main bucket without slots, whose chain has trees. Its word keeps searches going: they
     * look in the overflow buckets, if there are any, and then in the trees.
     */
    static Bucket ofTrees(KeyTree[] trees) {
        Bucket bucket = new Bucket(new @Nullable Object[] {trees}, 0);
        bucket.setTophashRelease(TopHash.NO_SLOTS);
        return bucket;
    }

    /** Returns whether this is a main bucket made by {@link #ofTrees}; it is so for life. */
    boolean hasTrees() {
        return slots.length == 1;
    }

    /** Returns how many entries the bucket is made for. */
    int capacity() {
        return slots.length >> 1;
    }

    /**
     * Returns the slot of this bucket whose key is, or equals, the given one, or -1. The one probe
     * that readers and writers share. May call the key's {@code equals}.
     */
    int find(Object key, long pattern, long word) {
        for (long matches = TopHash.matches(word, pattern); matches != 0; matches = TopHash.withoutFirst(matches)) {
            int slot = TopHash.firstSlot(matches);
            Object candidate = getKeyAcquire(slot);
            // null: the slot was emptied after its word was read
            if (candidate == key || (candidate != null && key.equals(candidate))) {
                return slot;
            }
        }
        return -1;
    }

    /** Returns the first empty slot, or -1. */
    int firstEmpty() {
        long empty = TopHash.empty(getTophashAcquire());
        int slot = TopHash.firstSlot(empty); // 8 if there is none
        return slot < capacity() ? slot : -1;
    }

    /** Fills an empty slot. The tophash comes last: a reader that sees it sees the entry. */
    void fill(int slot, int top, Object key, Object value) {
        setValueRelease(slot, value);
        setKeyRelease(slot, key);
        setTophashRelease(TopHash.withState(getTophashAcquire(), slot, top));
    }

    /** Drops key and value of a slot whose tophash already says empty. */
    void wipe(int slot) {
        setValueRelease(slot, null);
        setKeyRelease(slot, null);
    }

    /** Returns a bucket with the same entries in the same slots, and room for all eight. */
    Bucket widened() {
        Bucket wide = new Bucket(SLOTS);
        System.arraycopy(slots, 0, wide.slots, 0, slots.length);
        wide.setTophashRelease(getTophashAcquire());
        wide.setControlRelease(getControlAcquire() & RESERVED);
        return wide;
    }

    /**
     * Returns a bucket with some of the entries, dense, and nobody's claim on it; null if none is chosen.
     *
     * @param chosen the high bit of the tophash byte of each full slot to take
     */
    @Nullable Bucket part(long chosen) {
        if (chosen == 0) {
            return null;
        }
        Bucket part = new Bucket(capacityFor(Long.bitCount(chosen)));
        long word = getTophashAcquire();
        int used = 0;
        for (long left = chosen; left != 0; left = TopHash.withoutFirst(left)) {
            int slot = TopHash.firstSlot(left);
            Object key = Chain.nonNull(getKeyAcquire(slot));
            part.fill(used++, TopHash.stateAt(word, slot), key, Chain.nonNull(getValueAcquire(slot)));
        }
        return part;
    }

    /** Returns what to make a bucket for, so that the next entry to come does not make it be replaced. */
    static int capacityFor(int entries) {
        return entries < FEW ? FEW : SLOTS;
    }

    /** Returns a bucket with the same content, but no overflow bucket and nobody's claim on it. */
    Bucket copy() {
        Bucket copy = new Bucket(slots.clone(), 0);
        copy.setTophashRelease(getTophashAcquire());
        return copy;
    }

    // ---- The control word ----

    /**
     * Claims the chain for one writer.
     *
     * @param word the control word as it was before the writer looked at the chain
     * @return whether the chain is as it was then, and the writer's alone; false also if it was
     *     claimed or retired
     * @throws StackOverflowError if there is not enough stack for what a claim can lead to
     */
    boolean tryClaim(int word) {
        StackRoom.require(word);
        return tryClaimAtOnce(word);
    }

    /** Does the same for a thread that has the stack that it needs. */
    boolean tryClaimAtOnce(int word) {
        return isFree(word) && casControl(word, word | WRITING);
    }

    /** Claims the chain for a function of the user's; otherwise the same as {@link #tryClaim}. */
    boolean tryHold(int word) {
        StackRoom.require(word);
        return isFree(word) && casControl(word, held(word));
    }

    /**
     * Ends a hold in which no slot was filled or emptied.
     *
     * @return whether the chain was still held; if not, somebody inflates the hold
     */
    boolean tryEndHold(int heldAt) {
        return casControl(held(heldAt), heldAt);
    }

    /** Turns a hold into a claim, unless it is being inflated. */
    boolean tryClaimHeld(int heldAt) {
        return tryTakeOver(held(heldAt));
    }

    /** Turns a hold, the caller's or another's, into a claim of the caller's, if it is still there. */
    boolean tryTakeOver(int held) {
        return casControl(held, held & ~HELD);
    }

    /** Undoes {@link #tryTakeOver}. */
    void giveBackHeld(int held) {
        setControlRelease(held);
    }

    /** Returns the control word of a chain that is held from this one on. */
    static int held(int word) {
        return word | CLAIMS;
    }

    /** Gives back a chain in which no slot was filled or emptied. */
    void giveBack(int claimedAt) {
        setControlVolatile(claimedAt);
    }

    /** Gives back a chain that its claimer has only read. */
    void giveBackAsItWas() {
        setControlVolatile(getControlAcquire() & ~WRITING);
    }

    /** Gives back a chain in which a slot was filled or emptied. */
    void giveBackChanged(int claimedAt) {
        setControlVolatile(claimedAt + VERSION_STEP);
    }

    /**
     * Says of a claimed chain that an entry of it is about to be reserved: before the reservation can
     * be seen, or a reader would take it for a value.
     */
    void announceReservation(int claimedAt) {
        setControlRelease(claimedAt | WRITING | RESERVED);
    }

    /** Gives back a chain in which an entry has been reserved, or is no longer. */
    void giveBackReserved(int claimedAt, boolean reserved) {
        setControlVolatile((reserved ? claimedAt | RESERVED : claimedAt & ~RESERVED) + VERSION_STEP);
    }

    /** Says of a chain that nobody else can reach yet that an entry of it is reserved. */
    void markReserved() {
        setControlRelease(getControlAcquire() | RESERVED);
    }

    /** Moves the version of a chain that only one thread uses. */
    void bumpVersion() {
        setControlRelease(getControlAcquire() + VERSION_STEP);
    }

    /** Gives up a chain for ever. What replaces it must be in the table already. */
    void retire() {
        setControlVolatile(getControlAcquire() | RETIRED);
    }

    static boolean isRetired(int word) {
        return (word & RETIRED) != 0;
    }

    static boolean isClaimed(int word) {
        return (word & WRITING) != 0;
    }

    /** Returns whether the chain can be claimed. */
    static boolean isFree(int word) {
        return (word & (WRITING | RETIRED)) == 0;
    }

    static boolean isHeld(int word) {
        return (word & HELD) != 0;
    }

    static boolean isReserved(int word) {
        return (word & RESERVED) != 0;
    }

    /** Returns whether no slot was filled or emptied, and the chain not retired, between two words. */
    static boolean sameVersion(int word, int later) {
        return ((word ^ later) & ~CLAIMS) == 0;
    }

    /** Returns whether, between two words, nobody had the chain, reserved an entry or changed a slot. */
    static boolean wasQuiet(int word, int later) {
        return word == later && (word & (WRITING | RETIRED | RESERVED)) == 0;
    }

    /** Returns the same as {@link #sameVersion}, but not if there is a reservation in the chain. */
    static boolean sameVersionUnreserved(int word, int later) {
        return (((word & ~RESERVED) ^ later) & ~CLAIMS) == 0;
    }

    // ---- The fields, by access mode ----

    int getControlAcquire() {
        return (int) CONTROL.getAcquire(this);
    }

    private void setControlRelease(int word) {
        CONTROL.setRelease(this, word);
    }

    /**
     * Ends a write. Volatile, so that it is done before any later read of the same thread: a thread that
     * has put, and then reads another key or a flag, must not miss the one who does it the other way
     * round.
     */
    private void setControlVolatile(int word) {
        CONTROL.setVolatile(this, word);
    }

    private boolean casControl(int expected, int word) {
        return CONTROL.compareAndSet(this, expected, word);
    }

    long getTophashAcquire() {
        return (long) TOPHASH.getAcquire(this);
    }

    void setTophashRelease(long word) {
        TOPHASH.setRelease(this, word);
    }

    /** Returns the next bucket of the chain, or null at its end. */
    @Nullable Bucket getOverflowAcquire() {
        return (Bucket) OVERFLOW.getAcquire(this);
    }

    void setOverflowRelease(@Nullable Bucket bucket) {
        OVERFLOW.setRelease(this, bucket);
    }

    /** Returns the key in a slot, or null if it is empty. */
    @Nullable Object getKeyAcquire(int slot) {
        return keyAcquire(slots, valueAt(slot));
    }

    private void setKeyRelease(int slot, @Nullable Object key) {
        SLOT.setRelease(slots, slot << 1, key);
    }

    /** Returns the value in a slot, or null if it is empty. */
    @Nullable Object getValueAcquire(int slot) {
        return valueAcquire(slots, valueAt(slot));
    }

    /** Returns the slots, for {@link #keyAcquire} and {@link #valueAcquire}. */
    @Nullable Object[] slots() {
        return slots;
    }

    private static int valueAt(int slot) {
        return (slot << 1) + 1;
    }

    /**
     * Returns where in the slots' array the value of the first match is: its bit is 8 {@code i} + 7 for
     * slot {@code i}, and a quarter of that is 2 {@code i} + 1.
     */
    static int firstValueAt(long matches) {
        return Long.numberOfTrailingZeros(matches) >>> 2;
    }

    static @Nullable Object keyAcquire(@Nullable Object[] slots, int valueAt) {
        return (Object) SLOT.getAcquire(slots, valueAt - 1);
    }

    static @Nullable Object valueAcquire(@Nullable Object[] slots, int valueAt) {
        return (Object) SLOT.getAcquire(slots, valueAt);
    }

    void setValueRelease(int slot, @Nullable Object value) {
        SLOT.setRelease(slots, valueAt(slot), value);
    }

    /** Returns the trees of the chain; none if it has only slots. */
    KeyTree[] getTreesAcquire() {
        return hasTrees() ? (KeyTree[]) SLOT.getAcquire(slots, 0) : KeyTree.none();
    }

    void setTreesRelease(KeyTree[] trees) {
        SLOT.setRelease(slots, 0, trees);
    }

    private static final VarHandle CONTROL;
    private static final VarHandle TOPHASH;
    private static final VarHandle OVERFLOW;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            CONTROL = lookup.findVarHandle(Bucket.class, "control", int.class);
            TOPHASH = lookup.findVarHandle(Bucket.class, "tophash", long.class);
            OVERFLOW = lookup.findVarHandle(Bucket.class, "overflow", Bucket.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
