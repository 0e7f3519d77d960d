package io.github.safemap.core;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The position of an iteration in a table. It stays valid while the table changes and grows.
 *
 * <ol>
 *   <li>No key is returned twice.
 *   <li>A key that was in the map from the first step to the last is returned.
 *   <li>A key that was removed before a step is not returned by it.
 *   <li>A key that was added meanwhile may be returned.
 *   <li>The value returned with a key is the one that it has at that step.
 *   <li>The first bucket, and the first slot in each bucket, are random, as in Go.
 * </ol>
 *
 * <p>The cursor goes along the buckets that exist when it begins (the old ones, if the table is growing). It
 * copies the entries of one bucket and returns them one by one. If any entry of the map has changed since the
 * copy, it looks up the key. The table never shrinks, and growth divides buckets: a key that belonged to bucket
 * {@code i} of {@code n} later belongs to one of the buckets {@code i}, {@code i + n}, {@code i + 2n} and so
 * on. The cursor copies all of these at one moment, so it meets each key once. Keys move to other buckets only
 * if the map becomes empty. Then no key was there throughout, and the iteration ends.
 */
final class GoCursor {
    private final GoTable table;
    private final long seed;

    /** The number of buckets of the iteration. */
    private final int length;

    /** How many of them have been copied. */
    private int done;

    private final int firstBucket;
    private final int firstSlot;

    /**
     * The entries of the last copied bucket: the key of entry {@code i} at {@code 2 * i}, its value at {@code 2
     * * i + 1}.
     */
    private @Nullable Object[] entries = new @Nullable Object[2 * GoBucket.SLOTS];

    /** How many entries were copied. */
    private int count;

    /** How many of them have been returned. */
    private int taken;

    /** The table's {@link GoTable#changes} when they were copied. */
    private long changes;

    private @Nullable Object key;
    private @Nullable Object value;

    /** Creates a cursor before the first entry. The random number determines which entry is first. */
    GoCursor(GoTable table, int random) {
        this.table = table;
        seed = table.seed();
        length = (table.isGrowing() ? table.old() : table.buckets()).length;
        firstBucket = random & (length - 1);
        firstSlot = random >>> 8;
    }

    /** Steps to the next entry, if there is one. If {@code hashCode} or {@code equals} throws, it does not step. */
    boolean advance() {
        while (table.seed() == seed && (taken < count || done < length)) {
            if (taken == count) {
                copyNextBucket();
            } else if (load((taken + firstSlot) % count)) {
                return true;
            }
        }
        forget();
        done = length;
        return false;
    }

    /** Returns the key of the entry that the cursor stepped to. */
    @Nullable Object key() {
        return key;
    }

    /** Returns the value that the entry had when the cursor stepped to it. */
    @Nullable Object value() {
        return value;
    }

    private boolean load(int entry) {
        Object candidate = Objects.requireNonNull(entries[2 * entry]);
        value = table.changes() == changes ? entries[2 * entry + 1] : table.get(candidate, candidate.hashCode());
        key = candidate;
        taken++;
        return value != null;
    }

    private void copyNextBucket() {
        forget();
        int bucket = (firstBucket + done) & (length - 1);
        count = copy(table.buckets(), bucket, copy(table.old(), bucket, 0));
        changes = table.changes();
        done++;
    }

    /** Appends the entries of a bucket, and of the buckets it has divided into. Returns the new number of entries. */
    private int copy(@Nullable GoBucket[] buckets, int first, int before) {
        int copied = before;
        for (int index = first; index < buckets.length; index += length) {
            for (GoBucket bucket = buckets[index]; bucket != null; bucket = bucket.next()) {
                for (int slot = 0; slot < GoBucket.SLOTS; slot++) {
                    if (bucket.key(slot) != null) {
                        if (2 * copied == entries.length) {
                            entries = Arrays.copyOf(entries, 2 * entries.length);
                        }
                        entries[2 * copied] = bucket.key(slot);
                        entries[2 * copied + 1] = bucket.value(slot);
                        copied++;
                    }
                }
            }
        }
        return copied;
    }

    private void forget() {
        key = null;
        value = null;
        Arrays.fill(entries, 0, 2 * count, null);
        count = 0;
        taken = 0;
    }
}
