package io.github.safemap.core;

import io.github.safemap.core.engine.TopHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code bmap}: slots for eight entries, the {@linkplain TopHash tophash word} that tells which of
 * them are full, and a link to an overflow bucket. A main bucket represents the chain that begins with it.
 *
 * <p>A slot that is not full has neither key nor value, so that removed entries become garbage.
 */
final class GoBucket {
    static final int SLOTS = 8;

    private long tophash;

    /** The key of slot {@code i} is at {@code 2 * i}, its value at {@code 2 * i + 1}. */
    private final @Nullable Object[] entries = new @Nullable Object[2 * SLOTS];

    private @Nullable GoBucket overflow;

    /** Returns the slot of this bucket whose key is the given one or equals it; or -1. */
    int find(Object key, long pattern) {
        for (long matches = TopHash.matches(tophash, pattern); matches != 0; matches = TopHash.withoutFirst(matches)) {
            int slot = TopHash.firstSlot(matches);
            Object candidate = key(slot);
            if (candidate == key || key.equals(candidate)) {
                return slot;
            }
        }
        return -1;
    }

    /** Returns the next bucket of the chain, or null if no later bucket has an entry. */
    @Nullable GoBucket next() {
        return TopHash.endsChain(tophash) ? null : overflow;
    }

    /** Returns the next bucket of the chain, or null if this is the last one. */
    @Nullable GoBucket overflow() {
        return overflow;
    }

    /** Returns the key in a slot, or null if it is empty. */
    @Nullable Object key(int slot) {
        return entries[2 * slot];
    }

    /** Returns the value in a slot, or null if it is empty. */
    @Nullable Object value(int slot) {
        return entries[2 * slot + 1];
    }

    /** Returns the tophash byte of a slot. */
    int top(int slot) {
        return TopHash.stateAt(tophash, slot);
    }

    /** Replaces the value in a full slot. */
    void setValue(int slot, Object value) {
        entries[2 * slot + 1] = value;
    }

    /**
     * Adds an entry whose key is not in the chain that begins here. It goes into the first empty slot, or else into a
     * new overflow bucket. Returns whether it needed a new bucket.
     */
    boolean add(int top, Object key, Object value) {
        GoBucket bucket = this;
        while (bucket.isFull() && bucket.overflow != null) {
            bucket = bucket.overflow;
        }
        if (!bucket.isFull()) {
            bucket.set(TopHash.firstSlot(TopHash.empty(bucket.tophash)), top, key, value);
            return false;
        }
        GoBucket added = new GoBucket();
        added.set(0, top, key, value);
        bucket.overflow = added;
        return true;
    }

    private boolean isFull() {
        return TopHash.empty(tophash) == 0;
    }

    /**
     * Empties a slot of the chain that begins here. Empty slots with no full slot after them
     * become {@link TopHash#EMPTY_REST}.
     */
    void remove(GoBucket holder, int slot) {
        holder.set(slot, TopHash.EMPTY_ONE, null, null);
        GoBucket last = this; // the last one with an entry
        for (GoBucket bucket = this; bucket != null; bucket = bucket.overflow) {
            if (TopHash.full(bucket.tophash) != 0) {
                last = bucket;
            }
        }
        for (GoBucket bucket = last; bucket != null; bucket = bucket.overflow) {
            bucket.tophash = TopHash.withRest(bucket.tophash);
        }
    }

    private void set(int slot, int top, @Nullable Object key, @Nullable Object value) {
        entries[2 * slot] = key;
        entries[2 * slot + 1] = value;
        tophash = TopHash.withState(tophash, slot, top);
    }

    /** Empties this bucket and drops the overflow buckets. */
    void clear() {
        tophash = 0;
        Arrays.fill(entries, null);
        overflow = null;
    }
}
