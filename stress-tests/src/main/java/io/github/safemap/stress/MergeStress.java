package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

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
 * Two threads merge into the same key: no update is lost.
 *
 * <p>The twin reads first and writes later: one of the two sums is overwritten.
 */
@Outcome(id = "1, 3, 3", expect = ACCEPTABLE, desc = "first, then second")
@Outcome(id = "3, 2, 3", expect = ACCEPTABLE, desc = "second, then first")
public final class MergeStress {
    private MergeStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(MergeStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.merge(Maps.KEY, 1, Integer::sum);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.merge(Maps.KEY, 2, Integer::sum);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** SafeMap; the first of the two inserts the key. */
    @JCStressTest
    @JCStressMeta(MergeStress.class)
    @State
    public static class ActualAbsent {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.merge(Maps.KEY, 1, Integer::sum);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.merge(Maps.KEY, 2, Integer::sum);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(MergeStress.class)
    @Outcome(id = "1, 2, .*", expect = ACCEPTABLE_INTERESTING, desc = "an update is lost")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.merge(Maps.KEY, 1, Integer::sum);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.merge(Maps.KEY, 2, Integer::sum);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(MergeStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.merge(Maps.KEY, 1, Integer::sum);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.merge(Maps.KEY, 2, Integer::sum);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
