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
 * A compute and a removal of the same key: the removal gets the function's result, or the function finds
 * nothing.
 *
 * <p>The twin reads first and writes later: the removed entry comes back, or the removal gets a value that the
 * function has replaced.
 */
@Outcome(id = "10, 10, null", expect = ACCEPTABLE, desc = "compute, then remove")
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "remove, then compute")
public final class ComputeRemoveStress {
    private ComputeRemoveStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ComputeRemoveStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.KEY);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(ComputeRemoveStress.class)
    @Outcome(
            id = {"10, 0, 10", "10, 0, null"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both took the first value")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.KEY);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ComputeRemoveStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.KEY);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
