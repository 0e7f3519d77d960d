package io.github.safemap.core.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One pass over all entries of a map, which may change meanwhile.
 *
 * <ol>
 *   <li>No key is returned twice.
 *   <li>A key that is in the map from the first step to the last is returned.
 *   <li>A key that has been removed before a step is not returned by it.
 *   <li>A key that has been added meanwhile may be returned.
 *   <li>The value returned with a key is one that it had during that step.
 *   <li>Two walks over a map that has not changed have the same order.
 * </ol>
 *
 * <p>A walk follows the order of hashes, read from the lowest bit up: a <i>position</i> is the mirrored {@link
 * HashSeed#placeBits} of a hash, from 0 to 2^32. In this order the keys of one shard are
 * side by side, however shards are split and merged. When the walk enters a shard, it remembers the full slots,
 * and its position moves behind the shard. Then it reads the entries from the slots themselves. It skips an
 * entry that has left its slot, and does not look for one that came later. A slot is used once, so a key is
 * never in two slots when both are read. Once the shard has been replaced, its slots no longer change, and the
 * walk looks up their keys in the map.
 *
 * <p>A shard that was merged meanwhile may begin before the current position. A shard that two parts of a walk
 * share extends beyond one of them. In both cases the hash of each key tells whether it belongs to this part.
 */
public final class Walk {
    private static final long END = 1L << 32;

    private final Directory directory;

    /** Where the positions after the current shard begin. */
    private long next;

    /** Where the walk ends. */
    private long end;

    /** Where this walk's part of the current shard begins. It ends at {@link #next}. */
    private long from;

    /** Whether this part is less than the shard. */
    private boolean partial;

    private @Nullable Shard shard;

    /** The full slots of each bucket of the current shard, as a mask of tophash bytes. */
    private long[] full = {};

    private int bucket;

    /** The remaining keys of the current shard's collision trees. */
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
     * Gives about half of the positions after the current shard to another walk. The two together keep the same
     * rules.
     *
     * @return the other walk; null if there are no more positions
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
     * Steps to the next entry. Returns whether there is one. May call code of the keys. If that throws, the
     * step can be repeated.
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

    /** Returns the key of the current entry. */
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
            full[bucket] = TopHash.withoutFirst(full[bucket]); // afterwards: a step that threw can be repeated
        }
        while (!found && !collisions.isEmpty()) {
            found = isInPart(collisions.element()) && load(collisions.element());
            collisions.remove();
        }
        return found;
    }

    private boolean step(Shard present, int at) {
        boolean current = directory.shardAt(present.bits()) == present;
        Object holder = present.getHolderAcquire(at);
        if (holder == null || holder instanceof CollisionTree) {
            return false; // it is dead; or its keys have been read, and come last
        }
        Object candidate = holder instanceof Reservation reservation ? reservation.key() : holder;
        if (!isInPart(candidate)) {
            return false;
        }
        if (!current) {
            return load(candidate); // these slots no longer change
        }
        key = candidate; // the shard was in the directory during this step, so the value is one of this step
        value = present.getValueAcquire(at);
        return value != null;
    }

    private boolean load(Object candidate) {
        key = candidate;
        value = directory.get(candidate, candidate.hashCode());
        return value != null;
    }

    private boolean isInPart(Object candidate) {
        if (!partial) {
            return true;
        }
        long position = positionOf(HashSeed.placeBits(directory.hash(candidate.hashCode())));
        return from <= position && position < next;
    }

    private void enter() {
        StackRoom.require((int) next); // so that the fields below change together or not at all
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

    /** Returns how many positions are after the current shard, of {@code 1L << 32} in all. */
    public long ahead() {
        return end - next;
    }

    // ---- Copies ----

    /**
     * Copies all entries. Each shard is copied under a claim, at one moment. Readers go on. Writers of a shard
     * wait while it is copied.
     *
     * @param sink gets each key and value, while nothing is claimed
     */
    public static void copy(Directory directory, BiConsumer<Object, Object> sink) {
        StackRoom.require((int) directory.seed());
        Walk walk = new Walk(directory);
        while (walk.next < END) {
            Shard present = walk.shardAt(walk.next);
            List<Object> entries = present.copyOfEntries();
            if (entries == null) {
                continue; // it has been replaced
            }
            walk.goBehind(present);
            for (int i = 0; i < entries.size(); i += 2) {
                if (walk.isInPart(entries.get(i))) {
                    sink.accept(entries.get(i), entries.get(i + 1));
                }
            }
        }
    }
}
