package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The state that the writers of a shard change and its readers never read: the claim, and the counts of slots.
 * It is a separate object so that writers do not invalidate the cache lines of readers. In a larger shard it is
 * padded.
 *
 * <p>A writer <i>claims</i> the shard for a few stores or for one rebuild. It changes {@code FREE} to {@code
 * WRITING} by compare-and-set, which is Go's {@code hashWriting} for one shard. No user code runs under a
 * claim. A replaced shard is {@code RETIRED} for ever: nobody can claim it, so it never changes again.
 */
class Control {
    private static final int FREE = 0;
    private static final int WRITING = 1;
    private static final int RETIRED = 2;

    @SuppressWarnings("unused") // through STATE
    private int state;

    /** How many slots have ever been filled. Written under a claim. */
    @SuppressWarnings("unused") // through USED
    private int used;

    /** How many of the used slots are dead. Written under a claim. */
    @SuppressWarnings("unused") // through DEAD
    private int dead;

    /** Removals since the shard last grew. A shard that shrank continues the count of the old shard. */
    @SuppressWarnings("unused") // through DELETIONS
    private int deletions;

    /** How many claims had to wait since this number was last checked. */
    @SuppressWarnings("unused") // through CONTENDED
    private int contended;

    static Control forSlots(int slots) {
        return slots < Sizing.PADDED_SLOTS ? new Control() : new Padded();
    }

    final boolean isPadded() {
        return this instanceof Padded;
    }

    private static final class Padded extends Control {
        @SuppressWarnings({"unused", "UnusedVariable"})
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, pa, pb, pc, pd, pe;
    }

    // ---- Claiming ----

    /** Claims the shard if it is free. */
    final boolean tryClaim() {
        return STATE.compareAndSet(this, FREE, WRITING);
    }

    /**
     * Claims the shard, and waits as long as necessary. Others claim it only for a few stores, or for a copy of
     * at most some 450 entries. It takes longer only if the claimer loses its processor.
     *
     * @return whether the shard is claimed; false if it is retired
     */
    final boolean claim() {
        return tryClaim() || claimSlowly();
    }

    @SuppressWarnings("ThreadPriorityCheck") // yielding is a courtesy; the wait ends without it
    private boolean claimSlowly() {
        long nanos = Sizing.SHORTEST_PARK_NANOS;
        for (int tries = 0; ; tries++) {
            int seen = getStateAcquire();
            if (seen == RETIRED) {
                return false;
            }
            if (seen == FREE && tryClaim()) {
                setContendedOpaque(getContendedOpaque() + 1);
                return true;
            }
            if (tries < Sizing.SPINS) {
                Thread.onSpinWait();
                continue;
            }
            try {
                Thread.yield(); // before a park, too: if the thread is interrupted, that returns at once
                if (tries >= Sizing.SPINS + Sizing.CLAIM_YIELDS) {
                    LockSupport.parkNanos(this, nanos);
                    nanos = Math.min(2 * nanos, Sizing.LONGEST_PARK_NANOS);
                }
            } catch (VirtualMachineError e) {
                // To yield and to park, a virtual thread needs memory. It spins instead.
            }
        }
    }

    /**
     * Gives the shard back. The store is volatile, so it comes before every later read of the same thread. If
     * one thread puts key A and then reads key B, and another puts B and then reads A, at least one must see
     * the other's put.
     */
    final void giveBack() {
        STATE.setVolatile(this, FREE);
    }

    /** Gives the shard back in the middle of an operation. The operation makes another claim before it returns. */
    final void giveBackRelease() {
        STATE.setRelease(this, FREE);
    }

    /** Gives up a claimed shard for ever. What replaces it must be in the directory already. */
    final void retire() {
        STATE.setVolatile(this, RETIRED);
    }

    final boolean isRetired() {
        return getStateAcquire() == RETIRED;
    }

    final boolean isClaimed() {
        return getStateAcquire() == WRITING;
    }

    private int getStateAcquire() {
        return (int) STATE.getAcquire(this);
    }

    // ---- Counting. Changed under a claim; deletions and contention are also set back without one. ----

    /** Returns the number of used slots. A thread that sees the number sees the content of these slots. */
    final int getUsedAcquire() {
        return (int) USED.getAcquire(this);
    }

    final void setUsedRelease(int slots) {
        USED.setRelease(this, slots);
    }

    final void addUsed(int slots) {
        setUsedRelease(getUsedAcquire() + slots);
    }

    /** Returns the number of dead slots. A thread that sees the number sees these slots dead. */
    final int getDeadAcquire() {
        return (int) DEAD.getAcquire(this);
    }

    /** Counts a slot that is dead. */
    final void countDeadRelease() {
        DEAD.setRelease(this, getDeadAcquire() + 1);
    }

    /** Returns the number of live slots. Without a claim it may be too large, but is never negative. */
    final int live() {
        int deadBefore = getDeadAcquire();
        return getUsedAcquire() - deadBefore;
    }

    final int getDeletionsOpaque() {
        return (int) DELETIONS.getOpaque(this);
    }

    final void countDeletion() {
        if (getDeletionsOpaque() < Integer.MAX_VALUE) {
            setDeletionsOpaque(getDeletionsOpaque() + 1);
        }
    }

    final void setDeletionsOpaque(int count) {
        DELETIONS.setOpaque(this, count);
    }

    final int getContendedOpaque() {
        return (int) CONTENDED.getOpaque(this);
    }

    final void setContendedOpaque(int claims) {
        CONTENDED.setOpaque(this, claims);
    }

    private static final VarHandle STATE;
    private static final VarHandle USED;
    private static final VarHandle DEAD;
    private static final VarHandle DELETIONS;
    private static final VarHandle CONTENDED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Control.class, "state", int.class);
            USED = lookup.findVarHandle(Control.class, "used", int.class);
            DEAD = lookup.findVarHandle(Control.class, "dead", int.class);
            DELETIONS = lookup.findVarHandle(Control.class, "deletions", int.class);
            CONTENDED = lookup.findVarHandle(Control.class, "contended", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
