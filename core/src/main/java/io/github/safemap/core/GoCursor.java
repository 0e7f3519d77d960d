package io.github.safemap.core;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An iteration's place in a table, kept while the table changes and grows.
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
 * <p>The cursor goes along the buckets that there are when it begins (the old ones, if the table is growing).
 * It copies what is in one of them, then returns these entries one by one; if any entry of the map has changed
 * since, it looks the key up. The table never shrinks, and growth divides buckets: what was to be in bucket
 * {@code i} of {@code n} is at any later time in the buckets {@code i}, {@code i + n}, {@code i + 2n} and so
 * on, and the cursor copies all of these at one moment. So it meets each key once. Only a map that becomes
 * empty gives its keys other buckets; then no key was there throughout, and the iteration ends.
 */
final class GoCursor {
    private final GoTable table;
    private final long seed;

    /** The number of buckets to go along, and how many of them have been copied. */
    private final int length;

    private int done;
    private final int firstBucket;
    private final int firstSlot;

    /** The entries of the last of them: the key of entry {@code i} at {@code 2 * i}, its value behind it. */
    private @Nullable Object[] entries = new @Nullable Object[2 * GoBucket.SLOTS];

    /** How many entries were copied, and how many of them have been returned. */
    private int count;

    private int taken;

    /** What {@link GoTable#changes} said when they were copied. */
    private long changes;

    private @Nullable Object key;
    private @Nullable Object value;

    /** Creates a cursor before the first entry; which that is follows from a random number. */
    GoCursor(GoTable table, int random) {
        this.table = table;
        seed = table.seed();
        length = (table.isGrowing() ? table.old() : table.buckets()).length;
        firstBucket = random & (length - 1);
        firstSlot = random >>> 8;
    }

    /** Steps to the next entry, if there is one. If {@code hashCode} or {@code equals} throws, it has not. */
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

    /** Copies what has become of a bucket behind the entries copied before; returns how many there are then. */
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
