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
 * Two threads put the same absent key if it is absent: one wins, and the other gets the winner's
 * value.
 *
 * <p>An insertion has four ways to go, and each is raced here: into an empty bucket, an empty slot,
 * a wider bucket, and an overflow bucket. The twin looks first and writes later: both win.
 *
 * <p>Seen in 200 ms each (2 cores, x86-64, JDK 17.0.15, C2); an exclamation mark is an outcome that
 * is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual           2, null, 2       473,553  35.41%
 *                    null, 1, 1       863,829  64.59%
 *   ActualEmptySlot  2, null, 2       490,730  38.77%
 *                    null, 1, 1       774,972  61.23%
 *   ActualOverflow   2, null, 2       197,476  24.23%
 *                    null, 1, 1       617,666  75.77%
 *   ActualWidening   2, null, 2       212,818  27.86%
 *                    null, 1, 1       551,124  72.14%
 *   Broken           2, null, 2       177,932  22.98%
 *                    null, 1, 1       576,439  74.46%
 *                    null, null, 1     10,684   1.38% !
 *                    null, null, 2      9,127   1.18% !
 *   Control          2, null, 2     2,215,204  48.55%
 *                    null, 1, 1     2,347,778  51.45%
 * </pre>
 */
@Outcome(id = "null, 1, 1", expect = ACCEPTABLE, desc = "first wins")
@Outcome(id = "2, null, 2", expect = ACCEPTABLE, desc = "second wins")
public final class PutIfAbsentStress {
    private PutIfAbsentStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.putIfAbsent(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.putIfAbsent(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** SafeMap, into a bucket of one. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @State
    public static class ActualEmptySlot {
        private final ConcurrentMap<String, Integer> map = Maps.with(1);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.putIfAbsent(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.putIfAbsent(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** SafeMap, into a bucket that has to be replaced by a wider one. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @State
    public static class ActualWidening {
        private final ConcurrentMap<String, Integer> map = Maps.with(4);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.putIfAbsent(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.putIfAbsent(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** SafeMap, into a full bucket, and growth begins. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @State
    public static class ActualOverflow {
        private final ConcurrentMap<String, Integer> map = Maps.with(8);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.putIfAbsent(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.putIfAbsent(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @Outcome(
            id = {"null, null, 1", "null, null, 2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both win")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.putIfAbsent(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.putIfAbsent(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.putIfAbsent(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.putIfAbsent(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
