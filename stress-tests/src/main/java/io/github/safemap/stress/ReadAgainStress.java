package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenSlots;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One thread removes a key and puts it back with another value. The other thread gets the key twice. If the
 * first get has seen the new value, the second does not miss it.
 *
 * <p>The twin puts the key back into its old slot. A reader that read the tophash before the removal finds the
 * new value before the tophash is stored again, and then misses it. A writer is between these two stores for
 * about a nanosecond, too short for the test. So one twin waits between them, and {@code ActualSlow} is the map
 * with a writer that waits.
 */
public final class ReadAgainStress {
    private static final SlowKey STAYS = new SlowKey(0);
    private static final SlowKey KEY = new SlowKey(1);
    private static final SlowKey COPY = new SlowKey(1);

    private ReadAgainStress() {}

    private static <M extends ConcurrentMap<SlowKey, Integer>> M slow(M map) {
        map.put(STAYS, 0); // readers compare it first, after they have read the tophash of both
        map.put(KEY, 1);
        return map;
    }

    private static void renew(ConcurrentMap<SlowKey, Integer> map) {
        map.remove(KEY);
        map.put(KEY, 2);
    }

    private static SafeMap<String, Integer> filled() {
        SafeMap<String, Integer> map = Maps.with(3);
        map.put(Maps.KEY, 1);
        return map;
    }

    /** The outcomes in the order of time. */
    @Outcome(
            id = {"1, 1", "1, null", "1, 2", "null, null", "null, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "as time goes by")
    static final class InOrder {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class Actual {
        private final ConcurrentMap<SlowKey, Integer> map = slow(Maps.single());

        @Actor
        public void writer() {
            renew(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }

    /** SafeMap, and a writer that waits in the middle of its insertion. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class ActualSlow {
        private final SafeMap<String, Integer> map = filled();

        @Actor
        public void writer() {
            map.remove(Maps.KEY);
            BrokenSlots.putSlowly(Inside.of(map), Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** Fills the dead slot, slowly. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @Outcome(id = "2, null", expect = ACCEPTABLE_INTERESTING, desc = "back in time")
    @State
    public static class Broken {
        private final SafeMap<SlowKey, Integer> map = slow(Maps.single());

        @Actor
        public void writer() {
            map.remove(KEY);
            BrokenSlots.putReusingSlowly(Inside.of(map), KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class Control {
        private final ConcurrentMap<SlowKey, Integer> map = slow(new ConcurrentHashMap<>());

        @Actor
        public void writer() {
            renew(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }
}
