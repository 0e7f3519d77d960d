package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Who runs a function of the user's under a hold, and on which key: what it takes to turn the hold into
 * a {@link Reservation}.
 *
 * <p>A hold is a claim that is kept while the function runs. It costs what a claim costs, and a function
 * mostly takes no longer. Who waits for the chain in vain for a while, whatever key it wants, <i>inflates</i>
 * the hold: from then on the key alone is held, by a reservation, as if it had been from the beginning. It
 * is what JVMs do with thin locks (Bacon, Konuru, Murthy and Serrano, 1998).
 *
 * <p>A chain has no place for who holds it, so each thread writes that down on a board, in a stripe that
 * is its own for as long as it lives: the table, the key's hash, the position and the control word. They
 * are numbers: a reference stored there, into an old array, would cost what the hold saves. A thread has one
 * hold at a time; a function that computes another key reserves it, and so does a thread whose stripe is
 * another's.
 *
 * <p><b>To inflate</b> is to copy the chain with the reservation in the place of the value, to take the
 * claim over, by a compare-and-set from the held word, to see that the stripe has not changed since before
 * the copy (then nobody but its thread can have had the chain), to put the copy into the table, and to
 * retire the chain. The holder finds out when it ends its hold, by a compare-and-set too, and settles the
 * reservation instead.
 *
 * <p><b>The holder's last store</b>, of the new value into its slot, comes before that compare-and-set, and
 * so perhaps after the chain was copied. It is not lost, nor seen too early: until the reservation is over, the slot
 * in the retired chain is where it looks for its value. Hence there is one place that has the value, for who
 * comes by the old chain or by the new one, and the store is the moment of the write.
 */
final class Holds {
    /** What {@link #stripe} returns if the thread cannot hold. */
    static final int NONE = -1;

    /** Threads beyond so many share stripes, and reserve. A power of two. */
    static final int STRIPES = 256;

    /** The length of a stripe: 128 bytes, so that no two threads write the same cache line. */
    private static final int WIDTH = 16;

    // What a stripe has. The turn is odd while the rest is that of a hold; it never comes back.
    private static final int TURN = 0;
    private static final int TABLE = 1;
    private static final int HASH = 2;
    private static final int PLACE = 3;

    private static final long[] BOARD = new long[(STRIPES + 1) * WIDTH];

    private static final AtomicReferenceArray<@Nullable WeakReference<Thread>> OWNERS =
            new AtomicReferenceArray<>(STRIPES);

    /** What a stripe's hold has become, until its thread has seen it. */
    private static final AtomicReferenceArray<@Nullable Reservation> INFLATED = new AtomicReferenceArray<>(STRIPES);

    private Holds() {}

    /** Returns the stripe of the current thread, or {@link #NONE} if it has none, or holds already. */
    static int stripe() {
        Thread me = Thread.currentThread();
        int stripe = (int) me.getId() & (STRIPES - 1);
        WeakReference<Thread> owner = OWNERS.getAcquire(stripe);
        if (owner == null || !owner.refersTo(me)) {
            return settleDown(stripe, owner, me);
        }
        return isTaken(getTurnAcquire(stripe)) ? NONE : stripe;
    }

    /** Takes a stripe whose thread has ended. */
    private static int settleDown(int stripe, @Nullable WeakReference<Thread> owner, Thread me) {
        Thread other = owner == null ? null : owner.get();
        boolean free = other == null || !other.isAlive();
        return free && !isTaken(getTurnAcquire(stripe)) && OWNERS.compareAndSet(stripe, owner, new WeakReference<>(me))
                ? stripe
                : NONE;
    }

    private static boolean isTaken(long turn) {
        return (turn & 1) != 0;
    }

    /**
     * Writes a hold down. The caller has claimed the chain for it, so that the numbers before this cannot
     * be taken for those of another turn.
     */
    static void begin(int stripe, Table table, long hash, int position, int word) {
        setRelease(stripe, TABLE, table.id());
        setRelease(stripe, HASH, hash);
        setRelease(stripe, PLACE, place(position, Bucket.held(word)));
        setRelease(stripe, TURN, getTurnAcquire(stripe) + 1);
    }

    /** Says that the function is through. From now on nobody begins to inflate the hold. */
    static void end(int stripe) {
        setRelease(stripe, TURN, getTurnAcquire(stripe) + 1);
    }

    /** Returns what a hold of the current thread has become, whose chain it finds retired. */
    static Reservation takeInflated(int stripe) {
        Reservation reservation = Chain.nonNull(INFLATED.getAcquire(stripe));
        INFLATED.setRelease(stripe, null);
        return reservation;
    }

    private static long place(int position, int word) {
        return (long) position << Integer.SIZE | Integer.toUnsignedLong(word);
    }

    /**
     * Turns the hold of a chain into a reservation, if it is held. May do nothing: the hold may be about
     * to begin or to end.
     *
     * <p>The caller has the stack that it needs.
     *
     * @throws OutOfMemoryError then nothing has changed
     */
    static void inflateAtOnce(Table table, int index, Bucket main) {
        int word = main.getControlAcquire();
        for (int stripe = 0; stripe < STRIPES && Bucket.isHeld(word); stripe++) {
            long turn = getTurnAcquire(stripe);
            if (isOf(stripe, turn, table, index, word)) {
                inflate(stripe, turn, table, index, main, word);
                return;
            }
        }
    }

    /** Returns whether a stripe has, in this turn, the hold of the chain with this control word. */
    static boolean isOf(int stripe, long turn, Table table, int index, int word) {
        return isTaken(turn)
                && getAcquire(stripe, TABLE) == table.id()
                && table.indexOf(getAcquire(stripe, HASH)) == index
                && (int) getAcquire(stripe, PLACE) == word;
    }

    private static void inflate(int stripe, long turn, Table table, int index, Bucket main, int word) {
        Reservation reservation = reservationFor(stripe, main);
        if (reservation == null) {
            return; // it has ended
        }
        Bucket copy = reservation.copyOfSource();
        if (copy == null || !main.tryTakeOver(word)) {
            return;
        }
        if (getTurnAcquire(stripe) != turn) {
            main.giveBackHeld(word); // the hold is ending, or it is another one than was copied
            return;
        }
        publish(stripe, reservation, table, index, main, copy);
    }

    /** Returns what the hold of a stripe on a chain may become, or null. */
    static @Nullable Reservation reservationFor(int stripe, Bucket main) {
        int position = (int) (getAcquire(stripe, PLACE) >>> Integer.SIZE);
        WeakReference<Thread> owner = OWNERS.getAcquire(stripe);
        Thread thread = owner == null ? null : owner.get();
        Object key = Chain.keyAt(main, position);
        return thread == null || key == null
                ? null
                : new Reservation(thread, key, getAcquire(stripe, HASH), main, position);
    }

    /** Puts a copy with a reservation in it into the place of a chain that the caller has taken over. */
    static void publish(int stripe, Reservation reservation, Table table, int index, Bucket main, Bucket copy) {
        INFLATED.setRelease(stripe, reservation);
        table.setBucketRelease(index, copy);
        main.retire(); // last: the holder takes it for a sign that the rest is done
    }

    // ---- The board, by access mode ----

    private static int at(int stripe, int field) {
        return (stripe + 1) * WIDTH + field; // the array's length is on the first line
    }

    /** Returns the number that moves when a hold of the stripe begins or ends. */
    static long getTurnAcquire(int stripe) {
        return getAcquire(stripe, TURN);
    }

    private static long getAcquire(int stripe, int field) {
        return (long) ELEMENT.getAcquire(BOARD, at(stripe, field));
    }

    private static void setRelease(int stripe, int field, long value) {
        ELEMENT.setRelease(BOARD, at(stripe, field), value);
    }

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
}
