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
 * Two threads compute the same absent key: both get the value that stays.
 *
 * <p>The twin looks first and writes later: each gets its own value.
 */
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "first wins")
@Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "second wins")
public final class ComputeIfAbsentStress {
    private ComputeIfAbsentStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ComputeIfAbsentStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.computeIfAbsent(Maps.KEY, key -> 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.computeIfAbsent(Maps.KEY, key -> 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(ComputeIfAbsentStress.class)
    @Outcome(id = "1, 2, .*", expect = ACCEPTABLE_INTERESTING, desc = "each gets its own")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.computeIfAbsent(Maps.KEY, key -> 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.computeIfAbsent(Maps.KEY, key -> 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ComputeIfAbsentStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.computeIfAbsent(Maps.KEY, key -> 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.computeIfAbsent(Maps.KEY, key -> 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
