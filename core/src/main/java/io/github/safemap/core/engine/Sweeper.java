package io.github.safemap.core.engine;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jctools.queues.atomic.MpscLinkedAtomicQueue;

/**
 * What ends an evacuation though no writes come: shards whose evacuation has begun wait in a queue, and
 * a task on the user's executor moves their buckets, a few hundred at a time.
 *
 * <p>Writers do the same work as they go, and usually all of it: the task comes a little later, and
 * puts a shard off while its writers make progress. A shard is in the queue once at most, and the queue
 * belongs to the shards: it holds no table, and outlives none. An executor that refuses the task, throws,
 * or never runs it leaves the work to writes; it is asked again when the next evacuation begins.
 */
final class Sweeper implements Runnable {
    private static final int BUCKETS_A_STEP = 512;
    private static final int STEPS_A_VISIT = 16;
    private static final long DELAY_MILLIS = 5;

    /** A task that has not run after so long is taken for lost. */
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Shards shards;
    private final Executor executor;
    private final Queue<Integer> queue = new MpscLinkedAtomicQueue<>();
    private final AtomicIntegerArray queued;

    /** Whether a task is on its way, and since when; the time may be a little wrong. */
    private final AtomicBoolean scheduled = new AtomicBoolean();

    private volatile long scheduledAt;

    /** Taken by the task that runs, so that the queue has one consumer even if a lost task turns up. */
    private final AtomicBoolean running = new AtomicBoolean();

    /** How far each shard has come; used by the running task only. */
    private final int[] positions;

    private final int[] movedBefore;
    private final int[] lengths;

    Sweeper(Shards shards, Executor executor) {
        this.shards = shards;
        this.executor = executor;
        queued = new AtomicIntegerArray(shards.length());
        positions = new int[shards.length()];
        movedBefore = new int[shards.length()];
        lengths = new int[shards.length()];
    }

    void evacuationStarted(int shard) {
        enqueue(shard);
        schedule();
    }

    /** Puts a shard into the queue, unless it is there. */
    private void enqueue(int shard) {
        if (queued.getAndSet(shard, 1) != 0) {
            return;
        }
        boolean done = false;
        try {
            queue.offer(shard);
            done = true;
        } finally {
            if (!done) { // no memory
                queued.set(shard, 0);
            }
        }
    }

    private void schedule() {
        boolean mine = scheduled.compareAndSet(false, true);
        if (!mine && System.nanoTime() - scheduledAt < LOST_NANOS) {
            return;
        }
        scheduledAt = System.nanoTime();
        boolean done = false;
        try {
            CompletableFuture.delayedExecutor(DELAY_MILLIS, TimeUnit.MILLISECONDS, this::submit)
                    .execute(this);
            done = true;
        } finally {
            if (!done) { // no memory
                scheduled.set(false);
            }
        }
    }

    private void submit(Runnable task) {
        try {
            executor.execute(task);
        } catch (Throwable e) { // it is not for the thread that comes by here to report
            scheduled.set(false);
        }
    }

    /**
     * Returns whether there is nothing to do, and nobody doing it. The queue is asked last: a task takes a
     * shard out, and puts it back before it ends.
     */
    boolean isIdle() {
        return !scheduled.get() && !running.get() && queue.isEmpty();
    }

    /** Visits each shard that waits once, and comes again if there is more to do. */
    @Override
    public void run() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            for (int left = queue.size(); left > 0; left--) {
                Integer shard = queue.poll();
                if (shard == null) {
                    break;
                }
                visit(shard);
            }
        } finally {
            running.set(false);
            scheduled.set(false);
            if (!queue.isEmpty()) {
                schedule();
            }
        }
    }

    /**
     * Moves some buckets of a shard that has been taken from the queue. That is said before the table is
     * looked at: who begins an evacuation either says so first, and is seen here, or puts the shard back.
     * Both exchange the flag, so that each sees what the one before did, whatever the flag was.
     */
    private void visit(int shard) {
        queued.getAndSet(shard, 0);
        Table table = shards.getTableAcquire(shard);
        int moved = table.tally().movedAcquire();
        if (table.getNextAcquire() != null && moved != movedBefore[shard]) {
            movedBefore[shard] = moved; // writers are at work: look again later
            positions[shard] = 0;
            enqueue(shard);
            return;
        }
        if (lengths[shard] != table.length()) { // another evacuation than last time
            lengths[shard] = table.length();
            positions[shard] = 0;
        }
        int position = Math.min(positions[shard], table.length());
        boolean unfinished = true;
        for (int step = 0; step < STEPS_A_VISIT && unfinished; step++) {
            int to = Math.min(table.length(), position + BUCKETS_A_STEP);
            long since = System.nanoTime();
            unfinished = shards.evacuate(shard, table, position, to) && to < table.length();
            shards.rebuilds().stepTook(System.nanoTime() - since);
            position = to;
        }
        if (unfinished) {
            positions[shard] = position;
            movedBefore[shard] = table.tally().movedAcquire();
            enqueue(shard);
            return;
        }
        positions[shard] = 0;
        movedBefore[shard] = 0;
    }
}
