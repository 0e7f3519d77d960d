package io.github.safemap.core.engine;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Every change of one key: look first, claim after. The key is searched without a claim, because the search
 * calls its {@code equals}. Then the shard's method claims the shard, checks that the result still holds, and
 * stores. If it does not hold, the search starts again.
 *
 * <p>User functions run under a {@link Reservation} of their key, while nothing is claimed.
 */
public final class KeyWriter {
    /** What a write does with a present key, and with an absent one. */
    public enum Kind {
        /** Gives the key the value, present or absent. */
        PUT(true, true),
        /** Gives the key the value if it is absent. */
        PUT_IF_ABSENT(true, false),
        /** If the key is present, gives it the value or removes it. */
        REPLACE(false, true);

        private final boolean inserts;
        private final boolean replaces;

        Kind(boolean inserts, boolean replaces) {
            this.inserts = inserts;
            this.replaces = replaces;
        }
    }

    private KeyWriter() {}

    /**
     * Writes one key, atomically.
     *
     * @param hashCode the key's
     * @param expected the write is done only if the current value equals this; null for no condition
     * @param value the new value; null to remove the key
     * @return the value that the key had, or null if it had none or not the expected one
     * @throws IllegalStateException if the current thread is computing the key, or would wait in a circle
     */
    public static @Nullable Object write(
            Directory directory,
            Object key,
            int hashCode,
            @Nullable Object expected,
            @Nullable Object value,
            Kind kind) {
        StackRoom.require(hashCode);
        long hash = directory.hash(hashCode);
        boolean waited = false;
        while (true) {
            Shard shard = directory.shardOf(hash);
            int used = shard.control().getUsedAcquire();
            int at = shard.find(key, hash);
            if (at == Shard.ABSENT) {
                if (!kind.inserts || value == null) {
                    return null;
                }
                if (inserted(directory, shard, used, hash, hashCode, key, value)) {
                    return null;
                }
                continue;
            }
            Object holder = shard.getHolderAcquire(at);
            if (holder == null) {
                continue; // it was removed since
            }
            if (holder instanceof Reservation reservation) {
                if (reservation.awaitTurn(waited)) {
                    return writeReserved(directory, reservation, hash, expected, value, kind);
                }
                waited = true;
                continue;
            }
            Object current = shard.getValue(at, key);
            if (current == null) {
                continue; // the same
            }
            if (!kind.replaces) {
                return current;
            }
            if (expected != null && !Objects.equals(expected, current)) {
                return null;
            }
            Object seen = expected == null ? null : current;
            Object old;
            if (value == null) {
                old = holder instanceof CollisionTree collisions
                        ? shard.removeFrom(collisions, at, key, seen)
                        : shard.remove(at, holder, seen);
                if (old != null) {
                    Resizer.shrink(directory, shard);
                }
            } else {
                old = holder instanceof CollisionTree collisions
                        ? shard.replaceIn(collisions, at, key, seen, value)
                        : shard.replace(at, holder, seen, value);
            }
            if (old != null) {
                relieve(directory, shard);
                return old;
            }
        }
    }

    /** Inserts a key or a reservation. Returns whether it was done; if not, the caller tries again. */
    private static boolean inserted(
            Directory directory,
            Shard shard,
            int used,
            long hash,
            int hashCode,
            Object holder,
            @Nullable Object value) {
        Shard.Insertion insertion = shard.insert(used, hash, holder, value);
        if (insertion == Shard.Insertion.FULL) {
            Resizer.makeRoom(directory, shard, hashCode);
        } else {
            relieve(directory, shard);
        }
        return insertion == Shard.Insertion.DONE;
    }

    private static void relieve(Directory directory, Shard shard) {
        if (shard.control().contended() >= Sizing.CONTENDED) {
            Resizer.relieve(directory, shard);
        }
    }

    // ---- Functions ----

    /**
     * Gives a key the value that a function makes of its current one, atomically. The function is called once,
     * or not at all if the kind has nothing to do. Only the key is reserved meanwhile.
     *
     * @param hashCode the key's
     * @param function gets the value or null; returns the new value, or null to remove the key
     * @return the value that the key has afterwards, or null
     * @throws IllegalStateException if the current thread is computing the key, or would wait in a circle
     */
    public static @Nullable Object compute(
            Directory directory, Object key, int hashCode, UnaryOperator<@Nullable Object> function, Kind kind) {
        StackRoom.require(hashCode);
        long hash = directory.hash(hashCode);
        Reservation reservation = null;
        boolean waited = false;
        while (true) {
            Shard shard = directory.shardOf(hash);
            int used = shard.control().getUsedAcquire();
            int at = shard.find(key, hash);
            if (at == Shard.ABSENT) {
                if (!kind.inserts) {
                    return null;
                }
                reservation = new Reservation(key, hashCode);
                if (inserted(directory, shard, used, hash, hashCode, reservation, null)) {
                    break;
                }
                continue;
            }
            Object holder = shard.getHolderAcquire(at);
            if (holder == null) {
                continue; // it was removed since
            }
            if (holder instanceof Reservation other) {
                if (other.awaitTurn(waited)) {
                    reservation = other;
                    break;
                }
                waited = true;
                continue;
            }
            Object current = shard.getValue(at, key);
            if (current == null) {
                continue; // the same
            }
            if (!kind.replaces) {
                return current;
            }
            if (holder instanceof CollisionTree collisions) {
                Object own = collisions.keyLike(key);
                if (own == null) {
                    continue;
                }
                reservation = new Reservation(own, hashCode);
                Shard.Insertion insertion = shard.reserveFrom(collisions, at, used, hash, reservation);
                if (insertion == Shard.Insertion.DONE) {
                    break;
                }
                if (insertion == Shard.Insertion.FULL) {
                    Resizer.makeRoom(directory, shard, hashCode);
                }
                continue;
            }
            reservation = new Reservation(holder, hashCode);
            if (shard.reserve(at, holder, reservation)) {
                break;
            }
        }
        Object old = reservation.value();
        Object result = old;
        try {
            if (old == null ? kind.inserts : kind.replaces) {
                result = function.apply(old);
            }
        } finally {
            settle(directory, reservation, hash, result);
        }
        return result;
    }

    /** Writes a key that the current thread has reserved. */
    private static @Nullable Object writeReserved(
            Directory directory,
            Reservation reservation,
            long hash,
            @Nullable Object expected,
            @Nullable Object value,
            Kind kind) {
        Object old = reservation.value();
        Object result = old;
        boolean matches = false;
        try {
            matches = old == null ? expected == null : expected == null || Objects.equals(expected, old);
            if (matches && (old == null ? kind.inserts : kind.replaces)) {
                result = value;
            }
        } finally {
            settle(directory, reservation, hash, result);
        }
        return matches ? old : null;
    }

    /** Stores the new value of a reserved key, and wakes the next waiter. */
    private static void settle(Directory directory, Reservation reservation, long hash, @Nullable Object value) {
        boolean removes = value == null && reservation.value() != null;
        Shard shard;
        Shard.Settlement settlement;
        do {
            shard = directory.shardOf(hash);
            settlement = shard.settle(reservation, hash, value);
        } while (settlement == Shard.Settlement.OVERTAKEN);
        reservation.pass();
        if (removes) {
            Resizer.shrink(directory, shard);
        }
        relieve(directory, shard);
    }
}
