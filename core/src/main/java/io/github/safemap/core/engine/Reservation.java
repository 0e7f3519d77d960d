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

    /** How often a thread looks whether a reservation is over before it prepares to park. */
    private static final int SPINS = 64;

    /** How often a waiting thread looks for a circle again. */
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Thread owner;
    private final Object key;
    private final long hash;
    private final @Nullable Object old;

    /** If this was a hold: the retired bucket in whose slot the value is, until this is over. */
    private final @Nullable Bucket source;

    private final int position;

    /** What the function gave, from when it is over; the old value if it threw. */
    private @Nullable Object result;

    /**
     * The cell that this stands in, if the key is in a {@link KeyTree}. Written under the claim of the
     * key's chain; who has claimed it knows what is so.
     */
    private volatile @Nullable AtomicReference<@Nullable Object> cell;

    @SuppressWarnings("unused") // through WAITERS
    private @Nullable Waiter waiters;

    @SuppressWarnings("unused") // through OVER
    private boolean over;

    /**
     * Creates a reservation of the current thread.
     *
     * @param hash the hash that leads to it, whatever the key's {@code hashCode} says later
     */
    Reservation(Object key, long hash, @Nullable Object old) {
        this.owner = Thread.currentThread();
        this.key = key;
        this.hash = hash;
        this.old = old;
        this.source = null;
        this.position = 0;
    }

    /**
     * Creates what a hold of another thread becomes.
     *
     * @param source the chain that the hold is on, which is to be retired
     */
    Reservation(Thread owner, Object key, long hash, Bucket source, int position) {
        this.owner = owner;
        this.key = key;
        this.hash = hash;
        this.old = null;
        this.source = source;
        this.position = position;
    }

    /**
     * Returns a copy of the chain that the hold is on, with this in the place of the value; or null if the
     * chain shows that the hold has ended. If it has, the copy may be of anything.
     */
    @Nullable Bucket copyOfSource() {
        Bucket copy = Chain.copyOf(Chain.nonNull(source));
        if (!Chain.setAt(copy, position, this)) {
            return null;
        }
        copy.markReserved();
        return copy;
    }

    private record Waiter(Thread thread, @Nullable Waiter next) {}

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

    /**
     * Returns the value that was there; null if the key was not. If this was a hold it may be the one that
     * the function gave.
     */
    @Nullable Object old() {
        return source == null ? old : Chain.valueAt(source, position);
    }

    /** Returns what a value in a slot stands for. */
    static @Nullable Object visible(@Nullable Object value) {
        return value instanceof Reservation reservation ? reservation.current() : value;
    }

    /** Returns the outcome once there is one, and until then what was there. */
    @Nullable Object current() {
        return isOverVolatile() ? result : old();
    }

    /**
     * Waits until the reservation is over.
     *
     * @throws IllegalStateException if it never would be, because the current thread holds it, or the
     *     one that does waits for the current thread
     */
    void await() {
        Thread me = Thread.currentThread();
        if (owner != me && isSoonOver()) {
            return;
        }
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

    /** Waits for a function that takes no longer than it takes to park. */
    private boolean isSoonOver() {
        for (int spins = 0; spins < SPINS; spins++) {
            if (isOverVolatile()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private void refuseCircle(Thread me) {
        Reservation next = this;
        for (int steps = 0; steps < MAX_CIRCLE && next != null && !next.isOverVolatile(); steps++) {
            if (next.owner == me) {
                throw new IllegalStateException(
                        next == this
                                ? "recursive update of the key " + key
                                : "threads wait for each other's keys in a circle: " + key);
            }
            next = WAITING.get(next.owner);
        }
    }

    /**
     * Joins the waiters, unless the thread has already; returns whether there is nothing to wait for. Who
     * joins, and then finds that it is not over, is seen by the owner, who says that it is over, claims the
     * chain, and then looks for waiters.
     */
    private boolean enlist(Thread me) {
        while (!isOverVolatile()) {
            Waiter first = getWaitersVolatile();
            for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
                if (waiter.thread == me) {
                    return isOverVolatile();
                }
            }
            if (casWaiters(first, new Waiter(me, first))) {
                return isOverVolatile();
            }
        }
        return true;
    }

    /**
     * Says what the outcome is: readers see it from now on, wherever they find this. The owner then claims
     * the chain to put the value itself in its place; that compare-and-set keeps its later reads behind
     * the outcome, and its look for waiters behind {@code over}.
     */
    void conclude(@Nullable Object outcome) {
        result = outcome;
        setOverRelease();
    }

    /** Wakes those who wait. */
    void wake() {
        for (Waiter waiter = getWaitersVolatile(); waiter != null; waiter = waiter.next) {
            LockSupport.unpark(waiter.thread);
        }
    }

    private void setOverRelease() {
        OVER.setRelease(this, true);
    }

    /** Returns whether there is an outcome. */
    boolean isOverVolatile() {
        return (boolean) OVER.getVolatile(this);
    }

    private @Nullable Waiter getWaitersVolatile() {
        return (Waiter) WAITERS.getVolatile(this);
    }

    private boolean casWaiters(@Nullable Waiter expected, Waiter waiter) {
        return WAITERS.compareAndSet(this, expected, waiter);
    }

    private static final VarHandle WAITERS;
    private static final VarHandle OVER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WAITERS = lookup.findVarHandle(Reservation.class, "waiters", Waiter.class);
            OVER = lookup.findVarHandle(Reservation.class, "over", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
