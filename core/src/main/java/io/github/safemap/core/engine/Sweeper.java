package io.github.safemap.core.engine;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.atomic.MpscLinkedAtomicQueue;
import org.jspecify.annotations.Nullable;

/**
 * What ends an evacuation though no writes come: shards whose evacuation has begun wait in a queue, and
 * a task on the user's executor moves their buckets, a few hundred at a time.
 *
 * <p>Writers do the same work as they go, and usually all of it: the task comes a little later, and
 * puts itself off while they make progress. There is one task at a time, and none while the queue is
 * empty. An executor that refuses the task leaves the work to later writes.
 */
public final class Sweeper implements Runnable {
    private static final int BUCKETS_A_STEP = 512;
    private static final int STEPS_A_RUN = 32;
    private static final long DELAY_MILLIS = 5;

    private final @Nullable Executor executor;
    private final Queue<Pending> queue = new MpscLinkedAtomicQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Creates a sweeper.
     *
     * @param executor runs the task; null to leave everything to writers
     */
    public Sweeper(@Nullable Executor executor) {
        this.executor = executor;
    }

    /** One evacuation, and how far the task has come with it. */
    private static final class Pending {
        final Shards shards;
        final int shard;
        final Table table;
        int position;
        int movedBefore;

        Pending(Shards shards, int shard, Table table) {
            this.shards = shards;
            this.shard = shard;
            this.table = table;
        }

        /** Returns whether writers have moved buckets since this was asked last. */
        boolean progresses() {
            int moved = table.tally().movedAcquire();
            boolean progress = moved != movedBefore;
            movedBefore = moved;
            return progress && !table.isEvacuated();
        }

        /** Moves some buckets, and returns whether there may be more. */
        boolean step() {
            int end = Math.min(table.length(), position + BUCKETS_A_STEP);
            boolean unfinished = shards.evacuate(shard, table, position, end);
            position = end;
            return unfinished && end < table.length();
        }
    }

    void evacuationStarted(Shards shards, int shard, Table table) {
        if (executor != null) {
            queue.offer(new Pending(shards, shard, table));
            schedule();
        }
    }

    private void schedule() {
        if (executor != null && scheduled.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(
                            DELAY_MILLIS, TimeUnit.MILLISECONDS, task -> submit(executor, task))
                    .execute(this);
        }
    }

    private void submit(Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            scheduled.set(false);
        }
    }

    /** Returns whether there is nothing to do, and nobody doing it. */
    boolean isIdle() {
        return queue.isEmpty() && !scheduled.get();
    }

    /** Takes some steps, and comes again if there is more to do. */
    @Override
    public void run() {
        try {
            for (int steps = 0; steps < STEPS_A_RUN; steps++) {
                Pending pending = queue.poll();
                if (pending == null || !advance(pending)) {
                    break;
                }
            }
        } finally {
            scheduled.set(false);
        }
        if (!queue.isEmpty()) {
            schedule();
        }
    }

    /** Returns whether to go on with the next; not if writers are at work. */
    private boolean advance(Pending pending) {
        if (pending.progresses()) {
            queue.offer(pending);
            return false;
        }
        if (pending.step()) {
            pending.movedBefore = pending.table.tally().movedAcquire();
            queue.offer(pending);
        }
        return true;
    }
}
