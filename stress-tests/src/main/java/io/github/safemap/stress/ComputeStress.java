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
 * A compute and a put of the same key: the function gets the value that it replaces.
 *
 * <p>The twin reads first and writes later: the put finds the first value and is then lost, although the
 * function has not seen it.
 */
@Outcome(id = "10, 10, 1", expect = ACCEPTABLE, desc = "compute, then put")
@Outcome(id = "11, 0, 11", expect = ACCEPTABLE, desc = "put, then compute")
public final class ComputeStress {
    private ComputeStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ComputeStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.KEY, 1);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(ComputeStress.class)
    @Outcome(
            id = {"10, 0, 10", "10, 0, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both replaced the first value")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.KEY, 1);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ComputeStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.KEY, (key, value) -> 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.KEY, 1);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
