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
 *
 * <p>Seen in 200 ms each (2 cores, x86-64, JDK 17.0.15, C2); an exclamation mark is an outcome that
 * is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual   false, true, 2    225,019  24.52%
 *            true, false, 1    692,523  75.48%
 *   Broken   false, true, 2    124,653  16.10%
 *            true, false, 1    635,346  82.07%
 *            true, true, 1       7,839   1.01% !
 *            true, true, 2       6,344   0.82% !
 *   Control  false, true, 2  1,308,184  45.69%
 *            true, false, 1  1,554,958  54.31%
 * </pre>
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
