package io.github.safemap.core.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A way through all entries of a map, while it is changed.
 *
 * <ol>
 *   <li>No key is returned twice.
 *   <li>A key that is in the map from the first step to the last is returned.
 *   <li>A key that has been removed before a step is not returned by it.
 *   <li>A key that has been added meanwhile may be returned.
 *   <li>The value returned with a key is one that it had during that step.
 *   <li>Two walks over a map that has not changed go the same way.
 * </ol>
 *
 * <p>The entries are gone through in the order of their hashes, read from the lowest bit up: in it the
 * keys of one shard lie side by side, however shards are split and merged. A step into a shard remembers
 * which of its slots are full, and goes behind the shard. Its entries are then read from the slots
 * themselves. An entry that has gone from its slot is left out, and one that came later is not looked
 * for: since a slot is used once, a key cannot be in two of them at the moment at which both are read.
 * Once the shard has been replaced, its keys, which are those that it had then, are looked up in the map.
 *
 * <p>A shard that was merged meanwhile begins before the place that has been reached, and one that two
 * parts of a walk share reaches beyond one of them: then each key's hash tells whether it is due.
 */
public final class Walk {
    private static final long END = 1L << 32;

    private final Directory directory;

    /** What lies ahead of the present shard: from {@code next} to {@code end}. */
    private long next;

    private long end;

    /** Where the part of the present shard begins that is due, and where it ends; all of it if not partial. */
    private long from;

    private boolean partial;

    private @Nullable Shard shard;

    /** The full slots of each bucket of the present shard, as a mask of tophash bytes. */
    private long[] full = {};

    private int bucket;

    /** The keys of the present shard's collision trees that are ahead. */
    private final Deque<Object> collisions = new ArrayDeque<>(0);

    private @Nullable Object key;
    private @Nullable Object value;

    /** Creates a walk before the first entry. */
    public Walk(Directory directory) {
        this(directory, 0, END);
    }

    private Walk(Directory directory, long next, long end) {
        this.directory = directory;
        this.next = next;
        this.end = end;
    }

    /**
     * Leaves about half of what lies ahead of the present shard to another walk. For the two together the
     * same rules hold.
     *
     * @return the other walk; null if nothing lies ahead
     */
    public @Nullable Walk split() {
        long cut = next + (end - next) / 2;
        long start = startOf(shardAt(cut));
        cut = start > next ? start : cut;
        if (cut <= next || cut >= end) {
            return null;
        }
        Walk rest = new Walk(directory, cut, end);
        end = cut;
        return rest;
    }

    /**
     * Steps to the next entry; returns whether there is one. May call code of the keys. If that throws, the
     * step can be tried again.
     */
    public boolean advance() {
        while (true) {
            if (shard != null && advanceInShard(shard)) {
                return true;
            }
            shard = null;
            key = null;
            value = null;
            if (next >= end) {
                return false;
            }
            enter();
        }
    }

    /** Returns the key of the entry stepped to. */
    public @Nullable Object key() {
        return key;
    }

    /** Returns its value at that step. */
    public @Nullable Object value() {
        return value;
    }

    private boolean advanceInShard(Shard present) {
        boolean found = false;
        while (!found && bucket < full.length) {
            if (full[bucket] == 0) {
                bucket++;
                continue;
            }
            found = step(present, (bucket << 4) + (TopHash.firstSlot(full[bucket]) << 1));
            full[bucket] = TopHash.withoutFirst(full[bucket]); // not if a hashCode has thrown
        }
        while (!found && !collisions.isEmpty()) {
            found = isDue(collisions.element()) && load(collisions.element());
            collisions.remove();
        }
        return found;
    }

    private boolean step(Shard present, int at) {
        boolean current = directory.shardAt(present.bits()) == present;
        Object holder = present.getHolderAcquire(at);
        if (holder == null) {
            return false;
        }
        if (holder instanceof CollisionTree) {
            return false; // its keys have been read, and come last
        }
        Object candidate = holder instanceof Reservation reservation ? reservation.key() : holder;
        if (!isDue(candidate)) {
            return false;
        }
        if (!current) { // as it was a moment ago: then what is read here is what it was then
            return load(candidate);
        }
        key = candidate;
        value = present.getValueAcquire(at);
        return value != null;
    }

    private boolean load(Object candidate) {
        key = candidate;
        value = directory.get(candidate, candidate.hashCode());
        return value != null;
    }

    private boolean isDue(Object candidate) {
        if (!partial) {
            return true;
        }
        long position = positionOf(HashSeed.placeBits(directory.hash(candidate.hashCode())));
        return from <= position && position < next;
    }

    private void enter() {
        StackRoom.require((int) next);
        Shard entered = shardAt(next);
        int length = entered.slotCount() >> 3;
        if (full.length != length) {
            full = new long[length];
        }
        collisions.clear();
        entered.readFull(full, collisions);
        goBehind(entered);
        bucket = 0;
        shard = entered;
    }

    private void goBehind(Shard entered) {
        long start = startOf(entered);
        long behind = start + (END >>> entered.depth());
        partial = start < next || end < behind;
        from = next;
        next = Math.min(behind, end);
    }

    private Shard shardAt(long position) {
        return directory.shardAt(Integer.reverse((int) position));
    }

    private static long positionOf(int bits) {
        return Integer.toUnsignedLong(Integer.reverse(bits));
    }

    private static long startOf(Shard shard) {
        return positionOf(shard.bits());
    }

    /** Returns how much lies ahead of the present shard, of {@code 1L << 32} for all. */
    public long ahead() {
        return end - next;
    }

    // ---- Copies ----

    /**
     * Copies all entries, each shard under a claim: as it is at one moment. Readers go on; writers of a
     * shard wait while it is copied.
     *
     * @param sink is given each key and value, while nothing is claimed
     */
    public static void copy(Directory directory, BiConsumer<Object, Object> sink) {
        StackRoom.require(directory.length());
        Walk walk = new Walk(directory);
        while (walk.next < END) {
            Shard present = walk.shardAt(walk.next);
            List<Object> entries = present.copyOfEntries();
            if (entries == null) {
                continue; // it has been replaced
            }
            walk.goBehind(present);
            for (int i = 0; i < entries.size(); i += 2) {
                if (walk.isDue(entries.get(i))) {
                    sink.accept(entries.get(i), entries.get(i + 1));
                }
            }
        }
    }
}
