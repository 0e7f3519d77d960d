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
        assertTrue(shard.shards().rebuilds().longestStepNanos() > 0);
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

    @Test
    void anExecutorThatRefusesIsAskedAgainNextTime() throws InterruptedException {
        shard.put(1, 1);
        boolean[] refuses = {true};
        Sweeper refused = new Sweeper(shard.shards(), task -> {
            tasks.add(task);
            if (refuses[0]) {
                throw new RejectedExecutionException();
            }
        });
        Table table = begin(13);
        refused.evacuationStarted(0);
        task();
        while (refused.isIdle()) {
            Thread.onSpinWait(); // the queue still has the shard: never idle, so this ends at once
        }
        refuses[0] = false;
        Runnable task = null;
        while (task == null) { // the refusal may not have been noted yet
            refused.evacuationStarted(0);
            task = tasks.poll(20, TimeUnit.MILLISECONDS);
        }
        task.run();
        task().run();
        assertTrue(table.isEvacuated());
    }
}
