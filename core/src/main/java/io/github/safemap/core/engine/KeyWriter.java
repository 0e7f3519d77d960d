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
            if (holder instanceof Reservation) {
                return writeInTurn(directory, key, hashCode, new Turn(expected, value), kind);
            }
            Object current = shard.getValue(at, key);
            if (current == null) {
                continue; // it was removed since
            }
            if (!kind.replaces) {
                return current;
            }
            if (expected != null && !Objects.equals(expected, current)) {
                return null;
            }
            Object seen = expected == null ? null : current; // identity from here on: equals is user code
            Object old;
            if (value == null) {
                old = holder instanceof CollisionTree collisions
                        ? shard.removeFrom(collisions, at, key, seen)
                        : shard.remove(at, holder, seen);
            } else {
                old = holder instanceof CollisionTree collisions
                        ? shard.replaceIn(collisions, at, key, seen, value)
                        : shard.replace(at, holder, seen, value);
            }
            if (old != null) {
                try {
                    tidy(directory, shard, value == null);
                } catch (StackOverflowError e) {
                    // It is due again at the next write.
                }
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
        } else if (value != null) { // not between a reservation and the try that settles it
            try {
                tidy(directory, shard, false);
            } catch (StackOverflowError e) {
                // It is due again at the next write.
            }
        }
        return insertion == Shard.Insertion.DONE;
    }

    /** Writes a key that a function is computing: as a function, which gets its turn. */
    private static @Nullable Object writeInTurn(Directory directory, Object key, int hashCode, Turn turn, Kind kind) {
        Object after = compute(directory, key, hashCode, turn, kind);
        return turn.came ? turn.replaced : after;
    }

    /** A conditional write as a function. */
    private static final class Turn implements UnaryOperator<@Nullable Object> {
        private final @Nullable Object expected;
        private final @Nullable Object value;
        private boolean came;
        private @Nullable Object replaced;

        Turn(@Nullable Object expected, @Nullable Object value) {
            this.expected = expected;
            this.value = value;
        }

        @Override
        public @Nullable Object apply(@Nullable Object old) {
            boolean matches = expected == null || Objects.equals(expected, old);
            came = true;
            replaced = matches ? old : null;
            return matches ? value : old;
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
                continue; // it was removed since
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
        Shard settled;
        try {
            if (old == null ? kind.inserts : kind.replaces) {
                result = function.apply(old);
            }
        } finally {
            settled = settle(directory, reservation, hash, result);
        }
        try {
            tidy(directory, settled, old != null && result == null);
        } catch (StackOverflowError e) {
            // It is due again at the next write.
        }
        return result;
    }

    /**
     * Stores the new value of a reserved key, wakes the next waiter, and returns the shard. It runs in a {@code
     * finally}, so it must not fail: it calls no user code, and {@link StackRoom} has checked the stack that it needs.
     */
    private static Shard settle(Directory directory, Reservation reservation, long hash, @Nullable Object value) {
        Shard shard;
        Shard.Settlement settlement;
        do {
            shard = directory.shardOf(hash);
            settlement = shard.settle(reservation, hash, value);
        } while (settlement == Shard.Settlement.OVERTAKEN);
        reservation.pass();
        return shard;
    }

    /**
     * Does the rebuild that a write has made due. It is optional, and calls user code: so it is not where a reserved
     * key is settled, and a caller goes on if there is no stack even to begin.
     */
    private static void tidy(Directory directory, Shard shard, boolean removed) {
        if (removed) {
            Resizer.shrink(directory, shard);
        }
        if (shard.control().getContendedOpaque() >= Sizing.CONTENDED) {
            Resizer.relieve(directory, shard);
        }
    }
}
