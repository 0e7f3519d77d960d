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
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual           2, null, 2       349,693   43.89%
 *                    null, 1, 1       446,998   56.11%
 *   ActualEmptySlot  2, null, 2       539,023   39.64%
 *                    null, 1, 1       820,868   60.36%
 *   ActualOverflow   2, null, 2       125,261   22.74%
 *                    null, 1, 1       425,670   77.26%
 *   ActualWidening   2, null, 2       313,952   40.99%
 *                    null, 1, 1       452,019   59.01%
 *   Broken           2, null, 2       280,219   33.87%
 *                    null, 1, 1       362,299   43.79%
 *                    null, null, 1     93,793   11.34% !
 *                    null, null, 2     91,100   11.01% !
 *   Control          2, null, 2     1,211,179   47.16%
 *                    null, 1, 1     1,357,032   52.84%
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
