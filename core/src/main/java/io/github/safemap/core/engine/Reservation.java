package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the place of a key's value while a function of the user's computes the next one: the
 * key is held, and nothing else.
 *
 * <p>Readers of the key see the old value, or none. Writers of it wait here, parked. A thread that would
 * wait for itself, or in a circle with others, gets an {@link IllegalStateException} instead: before it
 * parks it says what it waits for, and then follows the reservations from owner to owner. Of the
 * threads that close a circle the last to say so sees all of it.
 */
final class Reservation {
    /** What each waiting thread waits for. Has entries only while some thread is waiting. */
    private static final Map<Thread, Reservation> WAITING = new ConcurrentHashMap<>();

    /** So many threads in a circle are looked for; more is one that does not lead back here. */
    private static final int MAX_CIRCLE = 1 << 16;

    /** How often a waiting thread looks for a circle again. */
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Ends the list of waiters once the reservation is over. */
    private static final Waiter OVER = new Waiter(null, null);

    private final Thread owner = Thread.currentThread();
    private final Object key;
    private final long hash;
    private final @Nullable Object old;

    /**
     * The cell that this stands in, if the key is in a {@link KeyTree}. Written under the claim of the
     * key's chain; who has claimed it knows what is so.
     */
    private volatile @Nullable AtomicReference<@Nullable Object> cell;

    @SuppressWarnings("unused") // through WAITERS
    private @Nullable Waiter waiters;

    /**
     * Creates a reservation of the current thread.
     *
     * @param hash the hash that leads to it, whatever the key's {@code hashCode} says later
     */
    Reservation(Object key, long hash, @Nullable Object old) {
        this.key = key;
        this.hash = hash;
        this.old = old;
    }

    private record Waiter(@Nullable Thread thread, @Nullable Waiter next) {}

    /** Returns the hash under which the reservation is looked for. */
    long hash() {
        return hash;
    }

    /** Returns the key. */
    Object key() {
        return key;
    }

    /** Returns the cell that this stands in, if the key is in a tree. */
    @Nullable AtomicReference<@Nullable Object> cell() {
        return cell;
    }

    /** Says which cell this is about to stand in. */
    void standIn(AtomicReference<@Nullable Object> newCell) {
        cell = newCell;
    }

    /** Returns the value that is to be seen meanwhile; null if the key was not there. */
    @Nullable Object old() {
        return old;
    }

    /** Returns what a value in a slot stands for. */
    static @Nullable Object visible(@Nullable Object value) {
        return value instanceof Reservation reservation ? reservation.old : value;
    }

    /**
     * Waits until the reservation is over.
     *
     * @throws IllegalStateException if it never would be, because the current thread holds it, or the
     *     one that does waits for the current thread
     */
    void await() {
        Thread me = Thread.currentThread();
        boolean interrupted = false;
        WAITING.put(me, this);
        try {
            while (!enlist(me)) {
                refuseCircle(me);
                LockSupport.parkNanos(this, RECHECK_NANOS);
                interrupted |= Thread.interrupted();
            }
        } finally {
            WAITING.remove(me);
            if (interrupted) {
                me.interrupt();
            }
        }
    }

    private void refuseCircle(Thread me) {
        Reservation next = this;
        for (int steps = 0; steps < MAX_CIRCLE && next != null && !next.isOver(); steps++) {
            if (next.owner == me) {
                throw new IllegalStateException(
                        next == this
                                ? "recursive update of the key " + key
                                : "threads wait for each other's keys in a circle: " + key);
            }
            next = WAITING.get(next.owner);
        }
    }

    private boolean isOver() {
        return getWaitersAcquire() == OVER;
    }

    /** Joins the waiters, unless the thread has already; returns whether there is nothing to wait for. */
    private boolean enlist(Thread me) {
        for (; ; ) {
            Waiter first = getWaitersAcquire();
            if (first == OVER) {
                return true;
            }
            for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
                if (waiter.thread == me) {
                    return false;
                }
            }
            if (casWaiters(first, new Waiter(me, first))) {
                return false;
            }
        }
    }

    /** Ends the reservation, whose outcome is in the table, and wakes those who wait. */
    void end() {
        for (Waiter waiter = swapWaiters(OVER); waiter != null; waiter = waiter.next) {
            LockSupport.unpark(waiter.thread);
        }
    }

    private @Nullable Waiter getWaitersAcquire() {
        return (Waiter) WAITERS.getAcquire(this);
    }

    private boolean casWaiters(@Nullable Waiter expected, Waiter waiter) {
        return WAITERS.compareAndSet(this, expected, waiter);
    }

    private @Nullable Waiter swapWaiters(Waiter waiter) {
        return (Waiter) WAITERS.getAndSet(this, waiter);
    }

    private static final VarHandle WAITERS;

    static {
        try {
            WAITERS = MethodHandles.lookup().findVarHandle(Reservation.class, "waiters", Waiter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
