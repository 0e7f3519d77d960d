package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sweeper's task, run by hand: how much a visit moves, when it comes again, and when it ends. */
class SweeperTest {
    private static final int BUCKETS_A_VISIT = 16 * 512;

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final ShardsFixture shard = new ShardsFixture(14, true, 0);
    private final Sweeper sweeper = new Sweeper(shard.shards(), tasks::add);

    @AfterEach
    void checkInvariants() {
        ShardsInvariants.check(shard.shards());
    }

    private Table begin(int bits) {
        Table table = shard.shards().getTableAcquire(0);
        assertTrue(Growth.startNow(table, bits));
        return table;
    }

    /** Returns the task that comes, after the sweeper's delay. */
    private Runnable task() throws InterruptedException {
        Runnable task = tasks.poll(20, TimeUnit.SECONDS);
        assertTrue(task != null, "no task came");
        return task;
    }

    @Test
    void visitsEndAnEvacuation() throws InterruptedException {
        long since = System.nanoTime();
        shard.put(1, 1);
        Table table = begin(13);
        assertTrue(sweeper.isIdle());
        sweeper.evacuationStarted(0);
        assertFalse(sweeper.isIdle());
        task().run();
        assertEquals(BUCKETS_A_VISIT, table.tally().movedAcquire());
        assertFalse(sweeper.isIdle(), "it comes again");
        task().run();
        assertTrue(table.isEvacuated());
        assertNotSame(table, shard.shards().getTableAcquire(0));
        assertTrue(sweeper.isIdle());
        assertNull(tasks.poll());
        long longest = shard.shards().rebuilds().longestStepNanos();
        assertTrue(longest > 0 && longest <= System.nanoTime() - since, "a step is a part of the whole");
    }

    @Test
    void aShardWhoseWritersMakeProgressIsPutOff() throws InterruptedException {
        shard.put(1, 1);
        Table table = begin(13);
        Growth.tryEvacuate(table, table.nextOfForwarded(), 5, true);
        sweeper.evacuationStarted(0);
        task().run();
        assertEquals(1, table.tally().movedAcquire(), "a writer is at work");
        Growth.tryEvacuate(table, table.nextOfForwarded(), 6, true);
        task().run();
        assertEquals(2, table.tally().movedAcquire(), "still");
        task().run();
        assertEquals(BUCKETS_A_VISIT, table.tally().movedAcquire(), "no more");
        task().run();
        assertTrue(table.isEvacuated());
        assertTrue(sweeper.isIdle());
    }

    @Test
    void aSecondEvacuationIsBegunFromItsFirstBucket() throws InterruptedException {
        shard.put(1, 1);
        for (int bits : new int[] {13, 14, 13}) {
            Table table = begin(bits);
            sweeper.evacuationStarted(0);
            while (!sweeper.isIdle()) {
                task().run();
            }
            assertTrue(table.isEvacuated());
            assertEquals(bits, shard.shards().getTableAcquire(0).bits());
        }
    }

    /** The one before was ended by writers, when the sweeper had got half way. */
    @Test
    void anEvacuationThatOthersEndedLeavesNoPlaceBehind() throws InterruptedException {
        shard.put(1, 1);
        Table table = begin(13);
        sweeper.evacuationStarted(0);
        task().run();
        shard.settle();
        assertTrue(table.isEvacuated());
        Table next = begin(12);
        sweeper.evacuationStarted(0);
        while (!sweeper.isIdle()) {
            task().run();
        }
        assertTrue(next.isEvacuated());
    }

    /** As many buckets have moved as when the sweeper left the one before, but others. */
    @Test
    void anEvacuationOfAnotherTableIsBegunFromItsFirstBucket() throws InterruptedException {
        shard.put(1, 1);
        begin(15);
        sweeper.evacuationStarted(0);
        task().run();
        shard.settle();
        Table table = begin(14);
        for (int index = BUCKETS_A_VISIT; index < 2 * BUCKETS_A_VISIT; index++) {
            Growth.tryEvacuate(table, table.nextOfForwarded(), index, true);
        }
        task().run();
        assertEquals(2 * BUCKETS_A_VISIT, table.tally().movedAcquire());
    }

    @Test
    void aBucketThatCannotBeMovedIsLeftToWrites() throws InterruptedException {
        ShardsFixture small = new ShardsFixture(3, true, 0);
        Sweeper other = new Sweeper(small.shards(), tasks::add);
        AtomicBoolean refuses = new AtomicBoolean();
        Object key = new Object() {
            @Override
            public int hashCode() {
                if (refuses.get()) {
                    throw new UnsupportedOperationException();
                }
                return 42;
            }
        };
        small.put(key, 1);
        Table table = small.shards().getTableAcquire(0);
        assertTrue(Growth.startNow(table, 4));
        refuses.set(true);
        other.evacuationStarted(0);
        task().run();
        assertEquals(7, table.tally().movedAcquire());
        assertTrue(other.isIdle(), "it does not come again");
        refuses.set(false);
        small.put(2, 2);
        small.settle();
        assertTrue(table.isEvacuated());
        ShardsInvariants.check(small.shards());
    }

    @Test
    void aShardIsVisitedOnceHoweverOftenItIsSaid() throws InterruptedException {
        shard.put(1, 1);
        Table table = begin(13);
        for (int i = 0; i < 10; i++) {
            sweeper.evacuationStarted(0);
        }
        task().run();
        assertEquals(BUCKETS_A_VISIT, table.tally().movedAcquire());
        task().run();
        assertTrue(sweeper.isIdle());
        assertNull(tasks.poll(50, TimeUnit.MILLISECONDS));
    }

    @Test
    void aTaskWithNothingToDoDoesNothing() throws InterruptedException {
        shard.put(1, 1);
        Table table = shard.shards().getTableAcquire(0);
        sweeper.evacuationStarted(0);
        task().run();
        assertSame(table, shard.shards().getTableAcquire(0));
        assertTrue(sweeper.isIdle());
        sweeper.run(); // a lost task that turns up
        assertTrue(sweeper.isIdle());
    }

    private static boolean isAtRest(Thread thread) {
        Thread.State state = thread == null ? Thread.State.NEW : thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.TERMINATED;
    }

    @Test
    void anExecutorThatRefusesIsAskedAgainNextTime() throws InterruptedException {
        shard.put(1, 1);
        AtomicBoolean refuses = new AtomicBoolean(true);
        AtomicReference<Thread> refusedIn = new AtomicReference<>();
        Sweeper refused = new Sweeper(shard.shards(), task -> {
            if (refuses.get()) {
                refusedIn.set(Thread.currentThread());
                throw new RejectedExecutionException();
            }
            tasks.add(task);
        });
        Table table = begin(13);
        refused.evacuationStarted(0);
        while (!isAtRest(refusedIn.get())) {
            Thread.onSpinWait(); // the refusal may not have been noted yet
        }
        assertFalse(refused.isIdle(), "the shard is in the queue still");
        refuses.set(false);
        refused.evacuationStarted(0);
        task().run();
        task().run();
        assertTrue(table.isEvacuated());
    }
}
