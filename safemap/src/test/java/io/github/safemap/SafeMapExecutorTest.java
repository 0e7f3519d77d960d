package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.Table;
import io.github.safemap.core.testing.Reachability;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What has begun is ended by the executor, or, whatever the executor does, by later writes. */
class SafeMapExecutorTest {
    private static final int ENTRIES = 20_000;
    private static final int ENOUGH_COLLECTIONS = 20;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Integer, Integer> create(Executor executor) {
        return maps.create(SafeMap.builder().shards(2).executor(executor));
    }

    /** Puts entries until a table is at the beginning of its way to a larger one. */
    private static void growUntilMoving(SafeMap<Integer, Integer> map) {
        for (int key = 0; key < ENTRIES; key++) {
            map.put(key, key);
        }
        map.trim();
        for (int key = ENTRIES; !Tables.moving(map); key++) {
            map.put(key, key);
        }
    }

    /** Removes entries until a table is on the way to a smaller one. */
    private static void removeUntilMoving(SafeMap<Integer, Integer> map) {
        map.trim();
        for (int key = 0; !Tables.moving(map); key++) {
            map.remove(key);
        }
    }

    @Test
    void aTaskRunByHandEndsAGrowthAndAShrink() {
        HandExecutor hand = new HandExecutor();
        SafeMap<Integer, Integer> map = create(hand);
        growUntilMoving(map);
        hand.runUntil("the growth has ended", () -> !Tables.moving(map));
        removeUntilMoving(map);
        hand.runUntil("the shrink has ended", () -> !Tables.moving(map));
        maps.check(map);
    }

    /** A turn moves 8,192 buckets, and the first one looks whether writers are at work. */
    @Test
    void aLargeTableIsMovedInSeveralTurns() {
        HandExecutor hand = new HandExecutor();
        SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().shards(1).executor(hand));
        int key = 0;
        for (; key < 100_000; key++) {
            map.put(key, key);
        }
        map.trim();
        assertEquals(16_384, Tables.buckets(map));
        for (; !Tables.moving(map); key++) {
            map.put(key, key);
        }
        AtomicInteger turns = new AtomicInteger();
        Tables.await("the growth has ended", () -> {
            turns.addAndGet(hand.runNext() ? 1 : 0);
            return !Tables.moving(map);
        });
        assertTrue(turns.get() >= 2, turns::toString);
        assertEquals(32_768, Tables.buckets(map));
    }

    @Test
    void thereIsOneTaskAtATime() {
        HandExecutor hand = new HandExecutor();
        SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().shards(16).executor(hand));
        growUntilMoving(map);
        Tables.await("a task", () -> hand.waiting() > 0);
        map.trim();
        growUntilMovingFrom(map, map.size());
        assertEquals(1, hand.waiting());
        hand.runUntil("the growth has ended", () -> !Tables.moving(map));
        assertTrue(hand.waiting() <= 1);
    }

    @Test
    void anExecutorThatRunsAtOnceWillDo() {
        SafeMap<Integer, Integer> map = create(Runnable::run);
        growUntilMoving(map);
        Tables.await("the growth has ended", () -> !Tables.moving(map));
        removeUntilMoving(map);
        Tables.await("the shrink has ended", () -> !Tables.moving(map));
    }

    @Test
    void anExecutorThatStartsAThreadForEachTaskWillDo() {
        SafeMap<Integer, Integer> map = create(task -> {
            Thread thread = new Thread(task, "sweeper");
            thread.setDaemon(true);
            thread.start();
        });
        growUntilMoving(map);
        Tables.await("the growth has ended", () -> !Tables.moving(map));
        removeUntilMoving(map);
        Tables.await("the shrink has ended", () -> !Tables.moving(map));
    }

    @Test
    void withAnExecutorThatRejectsLaterWritesEndTheGrowth() {
        laterWritesEndTheGrowth(new RejectedExecutionException("closed"));
    }

    @Test
    void withAnExecutorThatThrowsLaterWritesEndTheGrowth() {
        laterWritesEndTheGrowth(new IllegalStateException("broken"));
    }

    private void laterWritesEndTheGrowth(RuntimeException thrown) {
        AtomicInteger tries = new AtomicInteger();
        SafeMap<Integer, Integer> map = create(task -> {
            tries.incrementAndGet();
            throw thrown;
        });
        growUntilMoving(map);
        Tables.await("a try", () -> tries.get() > 0);
        for (int key = 0; Tables.moving(map); key++) {
            map.put(key % ENTRIES, key);
            assertTrue(key < 100 * ENTRIES, "writes do not end it");
        }
        for (int key = 0; key < ENTRIES; key++) {
            assertTrue(map.containsKey(key));
        }
    }

    @Test
    void anExecutorThatRejectedOnceIsAskedAgain() {
        isAskedAgainAfter(new RejectedExecutionException("closed"));
    }

    @Test
    void anExecutorThatThrewOnceIsAskedAgain() {
        isAskedAgainAfter(new IllegalStateException("broken"));
    }

    private void isAskedAgainAfter(RuntimeException thrown) {
        AtomicBoolean works = new AtomicBoolean();
        AtomicInteger tries = new AtomicInteger();
        SafeMap<Integer, Integer> map = create(task -> {
            tries.incrementAndGet();
            if (!works.get()) {
                throw thrown;
            }
            task.run();
        });
        growUntilMoving(map);
        Tables.await("a try", () -> tries.get() > 0);
        map.trim();
        works.set(true);
        growUntilMovingFrom(map, map.size());
        Tables.await("the growth has ended", () -> !Tables.moving(map));
    }

    private static void growUntilMovingFrom(SafeMap<Integer, Integer> map, int from) {
        for (int key = from; !Tables.moving(map); key++) {
            map.put(key, key);
        }
    }

    @Test
    void aClearedMapsTablesAreGarbageOnceTheQueueIsDrained() throws Exception {
        HandExecutor hand = new HandExecutor();
        SafeMap<Integer, Integer> map = create(hand);
        Reachability tables = new Reachability();
        growUntilMoving(map);
        watchTables(map, tables);
        map.clear();
        assertNoneReachable(tables, hand);
        assertTrue(map.isEmpty());
    }

    @Test
    void aMapThatHasBeenDroppedIsGarbageOnceTheQueueIsDrained() throws Exception {
        HandExecutor hand = new HandExecutor();
        Reachability tables = new Reachability();
        growAndDrop(hand, tables);
        assertNoneReachable(tables, hand);
    }

    private static void growAndDrop(Executor executor, Reachability tables) {
        SafeMap<Integer, Integer> map =
                SafeMap.builder().shards(2).executor(executor).build();
        growUntilMoving(map);
        watchTables(map, tables);
        tables.watch(map);
    }

    @Test
    void anEvacuatedTableIsGarbageOnceTheQueueIsDrained() throws Exception {
        HandExecutor hand = new HandExecutor();
        SafeMap<Integer, Integer> map = create(hand);
        Reachability tables = new Reachability();
        growUntilMoving(map);
        map.trim();
        watchTablesThatGoAway(map, tables);
        assertNoneReachable(tables, hand);
        assertFalse(map.isEmpty());
    }

    @Test
    void anExecutorThatRejectsKeepsNoOldTables() throws Exception {
        keepsNoOldTables(task -> {
            throw new RejectedExecutionException("closed");
        });
    }

    @Test
    void anExecutorThatDropsItsTasksKeepsNoOldTables() throws Exception {
        keepsNoOldTables(task -> {});
    }

    @Test
    void anExecutorThatWorksKeepsNoOldTables() throws Exception {
        keepsNoOldTables(Runnable::run);
    }

    private void keepsNoOldTables(Executor executor) throws Exception {
        SafeMap<Integer, Integer> map = create(executor);
        Reachability tables = new Reachability();
        for (int i = 0; i < 20; i++) {
            growUntilMovingFrom(map, 0);
            map.trim();
            watchTablesThatGoAway(map, tables);
            map.clear();
        }
        // A few may wait for the next task, but not all that there ever were.
        int reachable = tables.reachableAfter(ENOUGH_COLLECTIONS);
        assertTrue(reachable <= 4, () -> reachable + " old tables are kept");
    }

    /** Watches the tables that there are now, and makes the map grow out of them. */
    private static void watchTablesThatGoAway(SafeMap<Integer, Integer> map, Reachability tables) {
        watchTables(map, tables);
        long buckets = Tables.buckets(map);
        for (int key = map.size(); Tables.buckets(map) < 4 * buckets; key++) {
            map.put(key, key);
        }
        map.trim();
    }

    private static void watchTables(SafeMap<?, ?> map, Reachability tables) {
        Shards shards = map.getShardsAcquire();
        for (int shard = 0; shard < shards.length(); shard++) {
            for (Table table = shards.getTableAcquire(shard); table != null; table = table.getNextAcquire()) {
                tables.watch(table);
            }
        }
    }

    private static void assertNoneReachable(Reachability tables, HandExecutor hand) throws InterruptedException {
        for (int i = 0; i < ENOUGH_COLLECTIONS; i++) {
            for (int task = 0; task < 10; task++) {
                hand.runNext();
            }
            if (tables.reachableAfter(1) == 0) {
                return;
            }
        }
        assertEquals(0, tables.reachableAfter(ENOUGH_COLLECTIONS), "tables still reachable");
    }
}
