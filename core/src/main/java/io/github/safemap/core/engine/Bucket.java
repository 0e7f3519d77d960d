package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code bmap} as an object: eight slots, the tophash word that tells which of them are full,
 * and a link to an overflow bucket.
 *
 * <p>Key and value of slot {@code i} lie side by side in {@code slots[2i]} and {@code slots[2i+1]}.
 * An entry stays in its slot until it is removed or the whole chain is evacuated.
 *
 * <p>The control word of a main bucket stands for its whole chain; that of an overflow bucket is not
 * used. It holds {@link #EVACUATED} and a version that moves with each removal, always after the
 * slot has been emptied and before it can be filled again. A reader that finds the version unmoved
 * after it read a slot's key and then its value has therefore read the two of one entry.
 *
 * <p>This class is the one place that touches these fields, and the name of each accessor says how:
 * writers have the chain to themselves and publish with release stores, tophash last; readers pair
 * with acquire loads, tophash first.
 */
public final class Bucket {
    /** Slots in a bucket. */
    public static final int SLOTS = 8;

    /**
     * Set in the control word of a main bucket once its chain has moved to the next table. Never
     * cleared; the chain is not changed again.
     */
    static final int EVACUATED = 1;

    /** What one removal adds to the control word. */
    private static final int VERSION_STEP = 16;

    /** Stands in a table in the place of each bucket that has moved to the next table. */
    static final Bucket FORWARDED = new Bucket(new @Nullable Object[0], EVACUATED);

    @SuppressWarnings("unused") // through CONTROL
    private int control;

    @SuppressWarnings("unused") // through TOPHASH
    private long tophash;

    private final @Nullable Object[] slots;

    @SuppressWarnings("unused") // through OVERFLOW
    private @Nullable Bucket overflow;

    Bucket() {
        this(new @Nullable Object[2 * SLOTS], 0);
    }

    private Bucket(@Nullable Object[] slots, int control) {
        this.slots = slots;
        this.control = control;
    }

    /**
     * Returns the slot of this bucket whose key is, or equals, the given one, or -1. The one probe
     * that reads, writes and evacuations share. May call the keys' {@code equals}.
     */
    int find(Object key, long pattern, long word) {
        for (long matches = TopHash.matches(word, pattern);
                matches != 0;
                matches = TopHash.withoutFirst(matches)) {
            int slot = TopHash.firstSlot(matches);
            Object candidate = getKeyAcquire(slot);
            // null: the slot was emptied after its word was read
            if (candidate == key || (candidate != null && key.equals(candidate))) {
                return slot;
            }
        }
        return -1;
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

    /** Says in a main bucket that a slot of its chain has been emptied. */
    void bumpVersion() {
        setControlRelease(getControlAcquire() + VERSION_STEP);
    }

    /** Says in a main bucket that its chain has moved to the next table. */
    void markEvacuated() {
        setControlRelease(getControlAcquire() | EVACUATED);
    }

    boolean isEvacuated() {
        return (getControlAcquire() & EVACUATED) != 0;
    }

    // ---- The fields, by access mode ----

    int getControlAcquire() {
        return (int) CONTROL.getAcquire(this);
    }

    private void setControlRelease(int word) {
        CONTROL.setRelease(this, word);
    }

    /** Returns the tophash word. */
    public long getTophashAcquire() {
        return (long) TOPHASH.getAcquire(this);
    }

    void setTophashRelease(long word) {
        TOPHASH.setRelease(this, word);
    }

    /** Returns the next bucket of the chain, or null at its end. */
    public @Nullable Bucket getOverflowAcquire() {
        return (Bucket) OVERFLOW.getAcquire(this);
    }

    void setOverflowRelease(@Nullable Bucket bucket) {
        OVERFLOW.setRelease(this, bucket);
    }

    /** Returns the key in a slot, or null if it is empty. */
    public @Nullable Object getKeyAcquire(int slot) {
        return (Object) SLOT.getAcquire(slots, slot << 1);
    }

    private void setKeyRelease(int slot, @Nullable Object key) {
        SLOT.setRelease(slots, slot << 1, key);
    }

    /** Returns the value in a slot, or null if it is empty. */
    public @Nullable Object getValueAcquire(int slot) {
        return (Object) SLOT.getAcquire(slots, (slot << 1) + 1);
    }

    void setValueRelease(int slot, @Nullable Object value) {
        SLOT.setRelease(slots, (slot << 1) + 1, value);
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
