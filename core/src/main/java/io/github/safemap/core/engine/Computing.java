package io.github.safemap.core.engine;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a function of the user's computes a key's value.
 *
 * <p>The value of a key that is in a slot is computed under a hold ({@link Holds}): the chain is claimed while
 * the function runs, unless somebody needs it meanwhile. Everywhere else the key is reserved: a {@link
 * Reservation} takes the place of its value, the function runs while nothing else is held, and what it gives
 * takes the place of the reservation.
 *
 * <p>To hold or to reserve, as to write, is to look first and claim after. To settle, the reservation is
 * found by identity; no code of the user's runs then, so that it cannot fail.
 */
final class Computing {
    private Computing() {}

    /**
     * Does {@link Shards#compute}. The reservation is made and settled within this one method: what a
     * compiled method and all that is inlined into it need of the stack is asked for when it is called, and
     * between the two it would be too late.
     */
    static @Nullable Object compute(
            Shards shards, int shard, Object key, long hash, UnaryOperator<@Nullable Object> function, int mode) {
        Object found = computeOrReserve(shards, shard, key, hash, function, mode);
        if (!(found instanceof Reservation reservation)) {
            return found;
        }
        Object result = reservation.old();
        try {
            Object fresh = function.apply(reservation.old());
            if (reservation.old() == null && fresh != null) {
                shards.counts().countInserted(); // before the entry can be seen
            }
            result = fresh;
        } finally {
            settle(shards, shard, reservation, result);
        }
        return result;
    }

    /** Returns the result; or a reservation, for the function to be run. */
    private static @Nullable Object computeOrReserve(
            Shards shards, int shard, Object key, long hash, UnaryOperator<@Nullable Object> function, int mode) {
        Table table = shards.getTableAcquire(shard);
        int waited = 0;
        for (; ; ) {
            int index = table.indexOf(hash);
            Bucket main = table.getBucketAcquire(index);
            if (table.getNextAcquire() != null && shards.follows(shard, table, index)) {
                table = table.nextOfForwarded();
                continue;
            }
            if (main == null) {
                Object found = reserveFirst(shards, shard, table, index, hash, key, mode);
                if (found != Crowd.RETRY) {
                    return found;
                }
                table = shards.getTableAcquire(shard);
                continue;
            }
            int word = main.getControlAcquire();
            if (Bucket.isFree(word)) {
                int position = Chain.find(main, key, TopHash.pattern(hash));
                Object found;
                int stripe;
                if (position < 0) {
                    found = reserveAbsent(shards, shard, table, index, main, word, position, hash, key, mode);
                } else if ((stripe = stripeFor(main, word, position, mode)) == Holds.NONE) {
                    found = reservePresent(main, word, position, hash, key, mode);
                } else {
                    found = computeHeld(shards, shard, table, index, main, word, position, hash, function, stripe);
                }
                if (found != Crowd.RETRY) {
                    return found;
                }
            }
            waited = Backoff.pause(waited, table, index, main);
        }
    }

    // ---- Under a hold ----

    /** Returns the stripe to hold the value at a position with; {@link Holds#NONE} if it is to be reserved. */
    private static int stripeFor(Bucket main, int word, int position, int mode) {
        return (mode & Shards.REPLACE) != 0 && !Bucket.isReserved(word) && Chain.valueAt(main, position) != null
                ? Holds.stripe()
                : Holds.NONE;
    }

    /**
     * Holds a chain and computes the value at a position; {@link Crowd#RETRY} if the chain has changed. The
     * hold begins and ends within this method, for the reason given at {@link #compute}.
     */
    private static @Nullable Object computeHeld(
            Shards shards,
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            int position,
            long hash,
            UnaryOperator<@Nullable Object> function,
            int stripe) {
        if (!main.tryHold(word)) {
            return Crowd.RETRY;
        }
        Object old = Chain.nonNull(Chain.valueAt(main, position));
        Holds.begin(stripe, table, hash, position, word);
        Object result = old;
        try {
            result = function.apply(old);
        } finally {
            Holds.end(stripe);
            if (result != null && result != old) {
                Chain.replaceAt(main, position, result);
            }
            int waited = 0;
            while (!endHold(shards, shard, table, index, main, word, position, result)) {
                if (Bucket.isRetired(main.getControlAcquire())) {
                    settle(shards, shard, Holds.takeInflated(stripe), result);
                    break;
                }
                waited = Backoff.pause(waited);
            }
        }
        return result;
    }

    /** Gives a chain back whose value has been computed; returns whether the hold was still there. */
    private static boolean endHold(
            Shards shards,
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            int position,
            @Nullable Object result) {
        if (result != null) {
            return main.tryEndHold(word);
        }
        if (!main.tryClaimHeld(word)) {
            return false;
        }
        shards.takeOut(shard, table, index, main, word, position, Shards.REPLACE);
        shards.counts().countRemoved();
        return true;
    }

    // ---- Under a reservation ----

    /** Reserves a key whose bucket is not there yet. */
    private static @Nullable Object reserveFirst(
            Shards shards, int shard, Table table, int index, long hash, Object key, int mode) {
        if ((mode & Shards.INSERT) == 0) {
            return null;
        }
        Reservation reservation = new Reservation(key, hash, null);
        StackRoom.require((int) hash); // any number will do
        return shards.placeFirst(shard, table, index, hash, key, reservation, true) ? reservation : Crowd.RETRY;
    }

    /** Reserves a key that is in a slot. */
    private static @Nullable Object reservePresent(
            Bucket main, int word, int position, long hash, Object key, int mode) {
        Object current = Chain.valueAt(main, position);
        if (Bucket.isReserved(word) && current instanceof Reservation other) {
            other.await();
            return Crowd.RETRY;
        }
        if (current == null) {
            return Crowd.RETRY; // it has gone since
        }
        if ((mode & Shards.REPLACE) == 0) {
            return Shards.leave(main, word, current);
        }
        Reservation reservation = new Reservation(key, hash, current);
        if (!main.tryClaim(word)) {
            return Crowd.RETRY;
        }
        if (Chain.valueAt(main, position) != current) {
            main.giveBack(word); // another value has come, which is to be computed from
            return Crowd.RETRY;
        }
        main.announceReservation(word);
        Chain.replaceAt(main, position, reservation);
        main.giveBackReserved(word, true);
        return reservation;
    }

    /** Reserves a key that is in none of the chain's slots. */
    private static @Nullable Object reserveAbsent(
            Shards shards,
            int shard,
            Table table,
            int index,
            Bucket main,
            int word,
            int position,
            long hash,
            Object key,
            int mode) {
        if (position == Chain.UNSLOTTED) {
            Object found = Crowd.reserve(main, word, key, hash, mode);
            if (found != Crowd.ELSEWHERE) {
                return found;
            }
        }
        if ((mode & Shards.INSERT) == 0) {
            return Shards.leave(main, word, null);
        }
        Reservation reservation = new Reservation(key, hash, null);
        if (!main.tryClaim(word)) {
            return Crowd.RETRY;
        }
        shards.place(shard, table, index, main, word, hash, key, reservation, true);
        return reservation;
    }

    /**
     * Puts a function's result, or the old value if it threw, in the place of the reservation. Cannot
     * fail: in slots it calls no code of the user's, and what {@code compareTo} throws in a tree does not
     * matter.
     */
    static void settle(Shards shards, int shard, Reservation reservation, @Nullable Object value) {
        boolean wasThere = reservation.old() != null;
        reservation.conclude(value);
        long hash = reservation.hash();
        Table table = shards.getTableAcquire(shard);
        int waited = 0;
        for (; ; ) {
            int index = table.indexOf(hash);
            Bucket main = table.getBucketAcquire(index);
            if (main == Bucket.FORWARDED) { // to help with the move could ask for more stack
                table = table.nextOfForwarded();
                continue;
            }
            if (main != null) {
                int word = main.getControlAcquire();
                int position = Bucket.isFree(word) ? Chain.findValue(main, reservation) : Chain.ABSENT;
                if (position == Chain.ABSENT) {
                    if (Crowd.settle(shards, table, index, main, word, reservation, value)) {
                        return;
                    }
                } else if (main.tryClaimAtOnce(word)) { // reserve has seen to the stack
                    if (value == null) {
                        shards.takeOut(shard, table, index, main, word, position, Shards.REPLACE);
                        reservation.wake();
                        if (wasThere) {
                            shards.counts().countRemoved();
                        }
                    } else {
                        Chain.replaceAt(main, position, value);
                        main.giveBackReserved(word, Chain.hasReservation(main));
                        reservation.wake();
                    }
                    return;
                }
            }
            waited = Backoff.pause(waited);
        }
    }
}
