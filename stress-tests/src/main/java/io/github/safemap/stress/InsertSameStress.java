package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenSlots;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Two threads insert the same key: it is there once, and the second thread returns the first one's value. Every
 * insertion increases the count of used slots. So a thread that did not find the key sees that it must look
 * again.
 *
 * <p>The twin does not check the count: both insert.
 */
@Outcome(id = "null, 1, 2, 1", expect = ACCEPTABLE, desc = "first, then second")
@Outcome(id = "2, null, 1, 1", expect = ACCEPTABLE, desc = "second, then first")
public final class InsertSameStress {
    private InsertSameStress() {}

    private static int times(SafeMap<String, Integer> map, String key) {
        int times = 0;
        for (String present : map.keySet()) {
            times += present.equals(key) ? 1 : 0;
        }
        return times;
    }

    /** SafeMap, room for both. */
    @JCStressTest
    @JCStressMeta(InsertSameStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.with(2);

        @Actor
        public void first(LLLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLLL_Result result) {
            result.r2 = map.put(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            result.r3 = map.get(Maps.KEY);
            result.r4 = times(map, Maps.KEY);
        }
    }

    /** SafeMap, an insertion that rebuilds the shard. */
    @JCStressTest
    @JCStressMeta(InsertSameStress.class)
    @State
    public static class ActualFull {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void first(LLLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLLL_Result result) {
            result.r2 = map.put(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            result.r3 = map.get(Maps.KEY);
            result.r4 = times(map, Maps.KEY);
        }
    }

    /** SafeMap, a key that joins the collision tree of its hash code. */
    @JCStressTest
    @JCStressMeta(InsertSameStress.class)
    @State
    public static class ActualCollisionTree {
        private final SafeMap<String, Integer> map = Maps.collisions(Maps.single(), 3, 6, 8);

        @Actor
        public void first(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(9), 1);
        }

        @Actor
        public void second(LLLL_Result result) {
            result.r2 = map.put(Maps.twin(9), 2);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            result.r3 = map.get(Maps.twin(9));
            result.r4 = times(map, Maps.twin(9));
        }
    }

    /** Does not check whether a slot was used since it looked. */
    @JCStressTest
    @JCStressMeta(InsertSameStress.class)
    @Outcome(id = "null, null, [12], 2", expect = ACCEPTABLE_INTERESTING, desc = "there twice")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.with(2);

        @Actor
        public void first(LLLL_Result result) {
            result.r1 = (Integer) BrokenSlots.putUnasked(Inside.of(map), Maps.KEY, 1);
        }

        @Actor
        public void second(LLLL_Result result) {
            result.r2 = (Integer) BrokenSlots.putUnasked(Inside.of(map), Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            result.r3 = map.get(Maps.KEY);
            result.r4 = times(map, Maps.KEY);
        }
    }
}
