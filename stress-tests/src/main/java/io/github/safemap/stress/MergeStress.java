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
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual        1, 3, 3    931,857   62.85%
 *                 3, 2, 3    550,914   37.15%
 *   ActualAbsent  1, 3, 3    461,290   55.07%
 *                 3, 2, 3    376,361   44.93%
 *   Broken        1, 2, 1     33,074    5.40% !
 *                 1, 2, 2     25,079    4.10% !
 *                 1, 3, 3    405,608   66.24%
 *                 3, 2, 3    148,610   24.27%
 *   Control       1, 3, 3  1,167,890   58.55%
 *                 3, 2, 3    826,881   41.45%
 * </pre>
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

    /** SafeMap, where the first of the two inserts the key. */
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
