package io.github.safemap;

import io.github.safemap.core.engine.Waiting;
import io.github.safemap.core.testing.PinnedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Games for the classes of a {@link FaultLoader}, about threads that wait for a key that a function has
 * reserved. Each of them adds one to the key's value. The owner or a waiter stops at each point in turn. All
 * must end, and the sum must be right.
 */
final class WaiterGames {
    private static final String KEY = "key";

    private WaiterGames() {}

    private static SafeMap<String, Integer> create(long seed) {
        PinnedRandom.pin(seed);
        SafeMap<String, Integer> map = SafeMap.builder().shrinkThreshold(0).build();
        map.put(KEY, 0);
        return map;
    }

    private static Task<Integer> adder(SafeMap<String, Integer> map) {
        return Task.start(() -> map.merge(KEY, 1, Integer::sum));
    }

    /** Starts so many threads, and waits until all of them wait for the key. */
    private static List<Task<Integer>> parkedAdders(SafeMap<String, Integer> map, int count) {
        List<Task<Integer>> adders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            adders.add(adder(map).awaitParked());
        }
        return adders;
    }

    private static void check(SafeMap<String, Integer> map, @Nullable Integer sum) {
        if (!Objects.equals(sum, map.get(KEY))) {
            throw new AssertionError("the sum is " + map.get(KEY) + ", not " + sum);
        }
        if (Waiting.threads() > 0) {
            throw new AssertionError("a thread is said to wait");
        }
        SafeMapInvariants.check(map);
    }

    /**
     * The owner stops at each access from the end of its function on. Meanwhile others come, until they end or
     * wait. One may have come before.
     */
    static class StandingOwner implements LongConsumer {
        /** So long a thread may take to wake up. */
        private final long millis;

        StandingOwner() {
            this(20_000);
        }

        private StandingOwner(long millis) {
            this.millis = millis;
        }

        @Override
        public void accept(long seed) {
            for (boolean removes : new boolean[] {false, true}) {
                for (int early = 0; early <= 1; early++) {
                    for (int late = 1; late <= 2; late++) {
                        for (int point = 1; play(seed, removes, early, late, point); point++) {}
                    }
                }
            }
        }

        /** Returns whether the owner reached the point. */
        private boolean play(long seed, boolean removes, int early, int late, int point) {
            SafeMap<String, Integer> map = create(seed);
            List<Task<Integer>> waiters = new ArrayList<>();
            map.compute(KEY, (key, old) -> {
                waiters.addAll(parkedAdders(map, early));
                FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
                    for (int i = 0; i < late; i++) {
                        Task<Integer> waiter = adder(map);
                        waiters.add(waiter);
                        waiter.awaitStop();
                    }
                });
                return removes ? null : old;
            });
            boolean reached = FaultPoint.disarm();
            try {
                for (Task<Integer> waiter : waiters) {
                    waiter.get(millis);
                }
                check(map, removes && waiters.isEmpty() ? null : waiters.size());
            } catch (Exception | AssertionError e) {
                throw new AssertionError("access " + point + " of an owner, " + early + " early, " + late + " late", e);
            }
            return reached;
        }
    }

    /** The same for a twin, which shall not take long to fail. */
    static final class ImpatientOwner extends StandingOwner {
        ImpatientOwner() {
            super(1_000);
        }
    }

    /** A waiter stops at each access in turn. Meanwhile the owner ends. Another may wait already. */
    static final class StandingWaiter implements LongConsumer {
        @Override
        public void accept(long seed) {
            for (int early = 0; early <= 1; early++) {
                for (int point = 1; play(seed, early, point); point++) {}
            }
        }

        /** Returns whether the waiter reached the point. */
        private static boolean play(long seed, int early, int point) {
            SafeMap<String, Integer> map = create(seed);
            ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> old);
            List<Task<Integer>> waiters = parkedAdders(map, early);
            CountDownLatch standing = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            Task<Boolean> waiter = Task.start(() -> {
                FaultPoint.arm(FaultPoint.Kind.ACCESS, point, () -> {
                    standing.countDown();
                    Waiting.until(() -> go.getCount() == 0); // to park here could use up what wakes it later
                });
                map.merge(KEY, 1, Integer::sum);
                return FaultPoint.disarm();
            });
            try {
                try {
                    Tables.await("it stops or waits", () -> standing.getCount() == 0 || waiter.isParked());
                    held.end();
                } finally {
                    go.countDown();
                }
                boolean reached = waiter.get();
                for (Task<Integer> each : waiters) {
                    each.get();
                }
                check(map, early + 1);
                return reached;
            } catch (Exception | AssertionError e) {
                throw new AssertionError("access " + point + " of a waiter, " + early + " early", e);
            }
        }
    }

    /**
     * Memory runs out at each allocation of a waiter in turn. Then it has changed nothing, and nobody waits for
     * it. Another may wait already.
     */
    static final class StarvedWaiter implements LongConsumer {
        @Override
        public void accept(long seed) {
            for (int early = 0; early <= 1; early++) {
                for (int point = 1; play(seed, early, point); point++) {}
            }
        }

        /** Returns whether the waiter reached the point. */
        private static boolean play(long seed, int early, int point) {
            SafeMap<String, Integer> map = create(seed);
            ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> old);
            List<Task<Integer>> waiters = parkedAdders(map, early);
            boolean[] added = {false};
            Task<Boolean> waiter = Task.start(() -> {
                FaultPoint.arm(FaultPoint.Kind.ALLOCATION, point, () -> {
                    throw new OutOfMemoryError("simulated");
                });
                try {
                    map.merge(KEY, 1, Integer::sum);
                    added[0] = true;
                } catch (OutOfMemoryError e) {
                    // nothing has changed
                }
                return FaultPoint.disarm();
            });
            try {
                waiter.awaitStop();
                held.end();
                boolean reached = waiter.get();
                for (Task<Integer> each : waiters) {
                    each.get();
                }
                check(map, early + (added[0] ? 1 : 0));
                return reached;
            } catch (Exception | AssertionError e) {
                throw new AssertionError("allocation " + point + " of a waiter, " + early + " early", e);
            }
        }
    }
}
