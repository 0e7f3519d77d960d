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
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two threads replace the same expected value: one of them finds it.
 *
 * <p>The twin compares first and writes later: both find it.
 */
@Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "first wins")
@Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "second wins")
public final class ReplaceStress {
    private ReplaceStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ReplaceStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZZL_Result result) {
            result.r1 = map.replace(Maps.KEY, 0, 1);
        }

        @Actor
        public void second(ZZL_Result result) {
            result.r2 = map.replace(Maps.KEY, 0, 2);
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(ReplaceStress.class)
    @Outcome(id = "true, true, .*", expect = ACCEPTABLE_INTERESTING, desc = "both win")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZZL_Result result) {
            result.r1 = map.replace(Maps.KEY, 0, 1);
        }

        @Actor
        public void second(ZZL_Result result) {
            result.r2 = map.replace(Maps.KEY, 0, 2);
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ReplaceStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZZL_Result result) {
            result.r1 = map.replace(Maps.KEY, 0, 1);
        }

        @Actor
        public void second(ZZL_Result result) {
            result.r2 = map.replace(Maps.KEY, 0, 2);
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
