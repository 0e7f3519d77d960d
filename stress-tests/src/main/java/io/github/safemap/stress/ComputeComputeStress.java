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
 * Two computes of the same key: one function gets the result of the other.
 *
 * <p>The twin reads first and writes later: one update is lost.
 */
@Outcome(id = "1, 11, 11", expect = ACCEPTABLE, desc = "first, then second")
@Outcome(id = "11, 10, 11", expect = ACCEPTABLE, desc = "second, then first")
public final class ComputeComputeStress {
    private ComputeComputeStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ComputeComputeStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> 1 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.compute(Maps.KEY, (key, value) -> 10 + value);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(ComputeComputeStress.class)
    @Outcome(
            id = {"1, 10, 1", "1, 10, 10"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "an update is lost")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> 1 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.compute(Maps.KEY, (key, value) -> 10 + value);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ComputeComputeStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> 1 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.compute(Maps.KEY, (key, value) -> 10 + value);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
