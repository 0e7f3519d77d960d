package io.github.safemap.core.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An iteration's place in a map's table, kept while the table grows, shrinks, is emptied, or is
 * replaced, and while other threads change it.
 *
 * <ol>
 *   <li>No key is returned twice.
 *   <li>A key that was in the map from the first step to the last is returned.
 *   <li>A key that was removed before a step is not returned by it.
 *   <li>A key that was added meanwhile may be returned.
 *   <li>The value returned with a key is one that it had during that step.
 *   <li>The first bucket, and the first slot in each bucket, are random, as in Go.
 * </ol>
 *
 * <p>The cursor goes along an {@link IterationOrder}, a bucket at a time. It remembers the keys that
 * the bucket had at one moment; while no slot of that bucket is filled or emptied it reads their values
 * there, and after that looks each key up. A map that was emptied has a table with another seed: then
 * no key was there throughout, and the iteration ends.
 *
 * <p>A cursor can be {@link #split} into two that share out what lies ahead of it. Each has an interval
 * of the order, whichever tables come, so for the two together the same rules hold.
 */
public final class TableCursor {
    private final IterationOrder order;
    private final long seed;
    private final long start;

    /** How much of the order lies behind: 0 to {@link #end}. */
    private long done;

    /** How far this cursor goes: {@link IterationOrder#END}, or less if the rest is another's. */
    private long end = IterationOrder.END;

    private @Nullable Bucket main;
    private int control;
    private @Nullable Object[] keys = new @Nullable Object[Bucket.SLOTS];
    private int[] positions = new int[Bucket.SLOTS];
    private int count;
    private int taken;
    private int rotation;

    private @Nullable Object key;
    private @Nullable Object value;

    /**
     * Creates a cursor before the first entry.
     *
     * @param root the oldest table of the map
     * @param random decides where the iteration begins
     */
    public TableCursor(Table root, int random) {
        order = new IterationOrder(root.bits());
        seed = root.seed();
        start = order.startOfBase(random & (root.length() - 1));
        rotation = random >>> 8;
    }

    private TableCursor(TableCursor whole, long from) {
        order = whole.order;
        seed = whole.seed;
        start = whole.start;
        rotation = whole.rotation;
        done = from;
        end = whole.end;
    }

    /**
     * Leaves the second half of what lies ahead to another cursor. The cut lies between two buckets of
     * the present table, so that neither cursor need hash keys to tell which are its own.
     *
     * @param root the oldest table of the map, now
     * @return the other cursor; null if less than two buckets lie ahead
     */
    public @Nullable TableCursor split(Table root) {
        long cut = (done + ((end - done) >>> 1)) & -order.width(root.bits());
        if (cut <= done) {
            return null;
        }
        TableCursor rest = new TableCursor(this, cut);
        end = cut;
        return rest;
    }

    /**
     * Steps to the next entry.
     *
     * @param root the oldest table of the map, now
     * @return whether there is one
     */
    public boolean advance(Table root) {
        while (true) {
            while (taken < count && root.seed() == seed) {
                int pick = (taken++ + rotation) % count;
                Object candidate = keys[pick];
                if (candidate != null && load(root, candidate, positions[pick])) {
                    return true;
                }
            }
            forget();
            if (done == end || root.seed() != seed) {
                return false;
            }
            enterNextBucket(root);
        }
    }

    /** Returns the key of the entry that the cursor stepped to. */
    public @Nullable Object key() {
        return key;
    }

    /** Returns the value that the entry had when the cursor stepped to it. */
    public @Nullable Object value() {
        return value;
    }

    private boolean load(Table root, Object candidate, int position) {
        Bucket bucket = main;
        Object current = null;
        boolean inPlace = false;
        if (bucket != null && position >= 0) {
            current = Chain.valueAt(bucket, position);
            inPlace = Bucket.sameVersionUnreserved(control, bucket.getControlAcquire());
        }
        if (!inPlace) {
            current = root.get(candidate, root.hash(candidate.hashCode()));
        }
        key = candidate;
        value = current;
        return current != null;
    }

    private void forget() {
        main = null;
        key = null;
        value = null;
        Arrays.fill(keys, 0, count, null);
        count = 0;
        taken = 0;
    }

    /**
     * Remembers the keys of the next bucket, and steps over all of the order that it covers. If a
     * key's {@code hashCode} throws, the cursor has not moved.
     */
    private void enterNextBucket(Table root) {
        long from = (start + done) & (IterationOrder.END - 1);
        int waited = 0;
        while (true) {
            forget(); // what an attempt that failed had collected
            Table table = root;
            long to = Math.min(from + (end - done), order.endOfBucket(from, table.bits()));
            Bucket bucket = bucketAt(table, from);
            while (bucket == Bucket.FORWARDED) {
                table = table.nextOfForwarded();
                // Only what this bucket and every forwarded one before it share is known to be here.
                to = Math.min(to, order.endOfBucket(from, table.bits()));
                bucket = bucketAt(table, from);
            }
            if (bucket == null || collect(bucket)) {
                if (!order.isWholeBucket(from, to, table.bits())) {
                    keepOnly(table, from, to);
                }
                rotation = ((rotation + 1) * 0x9E3779B1) >>> 8;
                done += to - from;
                return;
            }
            waited = Backoff.pause(waited);
        }
    }

    private @Nullable Bucket bucketAt(Table table, long position) {
        return table.getBucketAcquire(order.bucketAt(position, table.length() - 1));
    }

    /**
     * Remembers the keys of a chain as they are at one moment.
     *
     * @return whether that could be done: not if the chain changed meanwhile, when a key that went from
     *     one slot to another might be seen in both
     */
    private boolean collect(Bucket chain) {
        int word = chain.getControlAcquire();
        int base = 0;
        for (Bucket bucket = chain; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object candidate = bucket.getKeyAcquire(slot);
                if (candidate != null) {
                    remember(candidate, base + slot);
                }
            }
            base += Bucket.SLOTS;
        }
        for (KeyTree tree : chain.getTreesAcquire()) {
            tree.forEach((candidate, cell) -> remember(candidate, Chain.UNSLOTTED)); // to be looked up
        }
        main = chain;
        control = word;
        return !Bucket.isRetired(word) && Bucket.sameVersion(word, chain.getControlAcquire());
    }

    /** Forgets the keys that do not lie in [from, to): other steps return those. */
    private void keepOnly(Table table, long from, long to) {
        boolean told = false;
        try {
            for (int i = 0; i < count; i++) {
                Object candidate = Chain.nonNull(keys[i]);
                long position = order.positionOf(table.hash(candidate.hashCode()));
                if (position < from || to <= position) {
                    keys[i] = null;
                }
            }
            told = true;
        } finally {
            if (!told) {
                forget(); // whose they are is not known; the bucket is still ahead
            }
        }
    }

    private void remember(Object candidate, int position) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
        }
        keys[count] = candidate;
        positions[count++] = position;
    }
}
