package io.github.safemap;

import io.github.safemap.core.engine.Evacuations;
import java.util.function.LongConsumer;

/**
 * A game for the classes of a {@link FaultLoader}: at each access of the sweeper's task in turn the table grows
 * to its end, or begins to grow, as another thread would have it. Whatever is begun must be ended by the
 * tasks that come, without another write.
 */
final class SweeperGame implements LongConsumer {
    private static final int MOST_POINTS = 10_000;

    private int key;

    @Override
    public void accept(long seed) {
        for (int point = 1; play(point); point++) {
            if (point == MOST_POINTS) {
                throw new AssertionError("the task does not end");
            }
        }
    }

    /** Returns whether the task came to the point. */
    private boolean play(int point) {
        HandExecutor executor = new HandExecutor();
        SafeMap<Integer, Integer> map =
                SafeMap.builder().shards(1).executor(executor).build();
        key = 0;
        putUntil(map, true);
        putUntil(map, false); // the shard is still in the queue, and there is nothing to do
        Tables.await("a task", () -> executor.waiting() > 0);
        FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> putUntil(map, true));
        executor.runNext();
        boolean reached = FaultPoint.disarm();
        Tables.await("the sweeper's rest", () -> {
            executor.runNext();
            return Evacuations.isIdle(map.getShardsAcquire());
        });
        if (Tables.moving(map)) {
            throw new AssertionError("an evacuation is left to writes, access " + point);
        }
        SafeMapInvariants.check(map);
        return reached;
    }

    /** Puts new keys until an evacuation is going on, or none is. */
    private void putUntil(SafeMap<Integer, Integer> map, boolean moving) {
        while (Tables.moving(map) != moving || map.size() < 60) {
            map.put(key, key);
            key++;
        }
    }
}
