package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * The object in the place of a key while a user function computes the key's value. Only the key is reserved,
 * for one thread: its <i>owner</i>. The value stays in its slot until the owner stores the new one, so readers
 * see the old value, or none.
 *
 * <p>It is a fair lock, and its creator is the first owner. Other writers of the key park in its queue. When
 * the owner has stored its result, and one of them insists ({@link #mustPass}), the first of them becomes the
 * owner of the same reservation in the same place. Otherwise the owner puts the key back, and the reservation is
 * <i>over</i>. A thread that gets the lock after that starts again.
 *
 * <p>A thread that would wait for itself, or in a circle with others, gets an {@link IllegalStateException}.
 * Before a thread queues, it publishes what it waits for. Then it follows the chain from the reservation to its
 * owner, and from there to the reservation that the owner waits for. Of the threads that close a circle, the
 * last one to publish sees the whole circle. While the lock passes from one thread to the next, the reservation
 * has no owner and the chain ends there. That is safe: the next owner is running, and checks for itself before
 * it waits.
 */
@SuppressWarnings("serial") // never serialized
final class Reservation extends AbstractQueuedSynchronizer implements Marker {
    /** What each waiting thread waits for. Has entries only while some thread is waiting. */
    private static final Map<Thread, Wait> WAITING = new ConcurrentHashMap<>();

    /** The state of the lock. 0 means locked, so that the creator owns it without a store. */
    private static final int HELD = 0;

    private static final int FREE = 1;

    private final Object key;
    private final int keyHashCode;

    /** The value of the key. Only the owner reads it, and writes it under a claim of the shard. */
    private @Nullable Object value;

    /** Where this was put in the place of a present key. Wrong once the shard has been rebuilt. */
    private int lastSlot;

    @SuppressWarnings("unused") // through OWNER
    private @Nullable Thread owner;

    @SuppressWarnings("unused") // through OVER
    private boolean over;

    /** Set by threads that must not be overtaken, before they queue. */
    @SuppressWarnings("unused") // through INSISTED
    private boolean insisted;

    /**
     * Creates a reservation of the current thread.
     *
     * @param key the key as it is, or will be, in the map
     */
    Reservation(Object key, int keyHashCode) {
        this.key = key;
        this.keyHashCode = keyHashCode;
        this.owner = Thread.currentThread();
    }

    /** Returns the reserved key. */
    Object key() {
        return key;
    }

    @Nullable Object value() {
        return value;
    }

    void setValue(@Nullable Object value) {
        this.value = value;
    }

    @Override
    public int keyHashCode() {
        return keyHashCode;
    }

    /**
     * Waits until the current thread is the owner or the reservation is over. Keeps the thread's interrupt.
     *
     * @param again whether the thread has waited before, for a reservation of the same key
     * @return whether the current thread is the owner; if not, the reservation is over
     * @throws IllegalStateException if the current thread is the owner already, or would wait in a circle
     */
    boolean awaitTurn(boolean again) {
        Thread me = Thread.currentThread();
        if (!again && getOwnerVolatile() != me && isSoonOver()) {
            return false;
        }
        Wait wait = new Wait(this);
        try {
            WAITING.put(me, wait);
            refuseCircle(me);
            if (again || hasQueuedThreads()) {
                setInsistedVolatile();
            }
            acquire(1);
        } finally {
            wait.end(me);
        }
        if (isOverAcquire()) {
            release(1); // the next in the queue finds the same
            return false;
        }
        setOwnerVolatile(me);
        return true;
    }

    /**
     * Waits briefly, in case the function ends before this thread could park. Does not wait if others are in
     * the queue.
     */
    @SuppressWarnings("ThreadPriorityCheck") // yielding lets an owner that lost its processor go on
    private boolean isSoonOver() {
        for (int tries = 0; tries < Sizing.SPINS + Sizing.KEY_YIELDS && !hasQueuedThreads(); tries++) {
            if (isOverAcquire()) {
                return true;
            }
            if (tries < Sizing.SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return isOverAcquire();
    }

    /**
     * A circle does not go away, because each thread in it waits. So it is a circle if a second look finds the
     * same waits. A single look may combine waits that never existed at one moment.
     */
    private void refuseCircle(Thread me) {
        List<Wait> seen = waitsBackTo(me);
        while (seen != null) {
            List<Wait> again = waitsBackTo(me);
            if (seen.equals(again)) {
                throw new IllegalStateException(
                        seen.isEmpty()
                                ? "recursive update of the key " + key
                                : "threads wait for each other's keys in a circle: " + key);
            }
            seen = again;
        }
    }

    /** Returns the waits that lead from this reservation to the thread, or null. */
    private @Nullable List<Wait> waitsBackTo(Thread me) {
        List<Wait> waits = new ArrayList<>();
        Reservation next = this;
        while (next != null && waits.size() < Sizing.MAX_CIRCLE) {
            Thread nextOwner = next.getOwnerVolatile();
            if (nextOwner == me) {
                return waits;
            }
            Wait wait = nextOwner == null ? null : WAITING.get(nextOwner);
            if (wait == null) {
                return null;
            }
            waits.add(wait);
            next = wait.get();
        }
        return null; // the chain ends, or a circle that others have closed: one of them finds it
    }

    /** One wait of one thread: for this reservation, or null when it has ended. It equals only itself. */
    private static final class Wait extends AtomicReference<@Nullable Reservation> {
        Wait(Reservation target) {
            super(target);
        }

        void end(Thread me) {
            set(null);
            try {
                WAITING.remove(me);
            } catch (OutOfMemoryError e) {
                // It stays until the thread waits again, but leads nowhere.
            }
        }
    }

    int lastSlot() {
        return lastSlot;
    }

    void setLastSlot(int at) {
        lastSlot = at;
    }

    /**
     * Returns whether the owner must pass the reservation on to the first in the queue, instead of ending it. A
     * thread that waits alone and for the first time may be overtaken: waking it takes longer than a short
     * function, so the key is free meanwhile.
     */
    boolean mustPass() {
        return hasQueuedThreads() && isInsistedVolatile();
    }

    /**
     * Ends the reservation: under the claim of the shard, when the key is back in its place, or after the map
     * was cleared. From now on every thread that asks for the lock gets it.
     */
    void end() {
        setOwnerRelease(null);
        setOverRelease();
    }

    /**
     * Wakes the first in the queue, if there is one. No waiter sleeps for ever when this is over. The owner
     * sets {@code over}, gives the shard back by a volatile store, and then looks at the queue. A late waiter
     * enters the queue and then asks for the lock. One of the two sees the other.
     */
    void pass() {
        if (!isOverAcquire()) {
            setOwnerVolatile(null);
            release(1);
        } else if (hasQueuedThreads()) {
            release(1); // each lets the next one go on
        }
    }

    /**
     * Takes a reservation through its life. So later no VarHandle has to be linked, which needs memory, where
     * nothing may fail.
     */
    static void rehearse() {
        Reservation reservation = new Reservation("rehearsal", 0);
        reservation.setInsistedVolatile();
        reservation.isInsistedVolatile();
        reservation.pass();
        reservation.awaitTurn(true);
        reservation.end();
        reservation.pass();
        reservation.awaitTurn(true);
    }

    @Override
    protected boolean tryAcquire(int ignored) {
        return isOverVolatile() || (!hasQueuedPredecessors() && compareAndSetState(FREE, HELD));
    }

    @Override
    protected boolean tryRelease(int ignored) {
        setState(FREE);
        return true;
    }

    private boolean isInsistedVolatile() {
        return (boolean) INSISTED.getVolatile(this);
    }

    private void setInsistedVolatile() {
        INSISTED.setVolatile(this, true);
    }

    private boolean isOverVolatile() {
        return (boolean) OVER.getVolatile(this);
    }

    private void setOverRelease() {
        OVER.setRelease(this, true);
    }

    private boolean isOverAcquire() {
        return (boolean) OVER.getAcquire(this);
    }

    private @Nullable Thread getOwnerVolatile() {
        return (Thread) OWNER.getVolatile(this);
    }

    private void setOwnerRelease(@Nullable Thread thread) {
        OWNER.setRelease(this, thread);
    }

    private void setOwnerVolatile(@Nullable Thread thread) {
        OWNER.setVolatile(this, thread);
    }

    private static final VarHandle OWNER;
    private static final VarHandle OVER;
    private static final VarHandle INSISTED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            OWNER = lookup.findVarHandle(Reservation.class, "owner", Thread.class);
            OVER = lookup.findVarHandle(Reservation.class, "over", boolean.class);
            INSISTED = lookup.findVarHandle(Reservation.class, "insisted", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
