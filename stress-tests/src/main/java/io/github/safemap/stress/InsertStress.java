package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenSlots;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads insert different keys into one bucket. Both are there afterwards, and both are counted. The
 * bucket may not exist yet, or it has room for one of the two, or for both.
 *
 * <p>The twin does not claim the shard: both take the same slot.
 */
@Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "both, and the size is right")
public final class InsertStress {
    private InsertStress() {}

    /** SafeMap, room for both. */
    @JCStressTest
    @JCStressMeta(InsertStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.with(1);

        @Actor
        public void first() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void second() {
            map.put(Maps.other(9), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(9));
            result.r3 = map.size() - 3;
        }
    }

    /** No bucket yet. */
    @JCStressTest
    @JCStressMeta(InsertStress.class)
    @State
    public static class ActualFirst {
        private final SafeMap<String, Integer> map = Maps.with(0);

        @Actor
        public void first() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void second() {
            map.put(Maps.other(9), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(9));
            result.r3 = map.size() - 2;
        }
    }

    /** Room for one: the shard is rebuilt with more slots. */
    @JCStressTest
    @JCStressMeta(InsertStress.class)
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.with(6);

        @Actor
        public void first() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void second() {
            map.put(Maps.other(9), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(9));
            result.r3 = map.size() - 8;
        }
    }

    /** Without a claim. */
    @JCStressTest
    @JCStressMeta(InsertStress.class)
    @Outcome(
            id = {"1, null, 0", "null, 2, 0", "null, null, 0", "2, null, 0", "null, 1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "one is lost, or has the other's value")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.with(1);

        @Actor
        public void first() {
            BrokenSlots.putUnclaimed(Inside.of(map), Maps.KEY, 1);
        }

        @Actor
        public void second() {
            BrokenSlots.putUnclaimed(Inside.of(map), Maps.other(9), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(9));
            result.r3 = map.size() - 3;
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(InsertStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        @Actor
        public void first() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void second() {
            map.put(Maps.other(9), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(9));
            result.r3 = map.size() - 2;
        }
    }
}
