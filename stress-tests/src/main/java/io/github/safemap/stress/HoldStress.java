package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Gap;
import io.github.safemap.core.engine.Inflation;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A thread counts a key twice by a function and puts another key of the same bucket in between; the other
 * thread turns the hold that it finds into a reservation. Nothing is lost, and no read goes back.
 *
 * <p>The twin takes over any hold that looks like the one that it has copied: the put in between is lost.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual         0, 2, 1  364,973   94.29%
 *                  1, 2, 1      122    0.03%
 *                  2, 2, 1   21,996    5.68%
 *   ActualWaiting  1, 2, 1  350,110   88.12%
 *                  2, 2, 1   47,221   11.88%
 *   Broken         0, 2, 1  363,912   94.01%
 *                  1, 2, 0      122    0.03% !
 *                  1, 2, 1       56    0.01%
 *                  2, 2, 0       97    0.03% !
 *                  2, 2, 1   22,904    5.92%
 * </pre>
 */
@Outcome(id = "[012], 2, 1", expect = ACCEPTABLE, desc = "all done")
public final class HoldStress {
    private static final String NEIGHBOUR = Maps.other(0);

    /** How often the second thread looks for a hold: it mostly starts before the first one. */
    private static final int ATTEMPTS = 1_000;

    private static final int SLOWNESS = 20;

    private HoldStress() {}

    private static SafeMap<String, Integer> map() {
        SafeMap<String, Integer> map = Maps.with(1);
        map.put(Maps.KEY, 0);
        return map;
    }

    private static void countTwice(SafeMap<String, Integer> map) {
        map.merge(Maps.KEY, 1, HoldStress::slowSum);
        map.put(NEIGHBOUR, 1);
        map.merge(Maps.KEY, 1, HoldStress::slowSum);
    }

    /** Takes longer than it takes to look through the board for who holds. */
    private static Integer slowSum(Integer a, Integer b) {
        for (int i = 0; i < SLOWNESS; i++) {
            Gap.widen();
        }
        return a + b;
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(HoldStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = map();

        @Actor
        public void counts() {
            countTwice(map);
        }

        @Actor
        public void inflates(LLL_Result result) {
            Integer before = map.get(Maps.KEY);
            for (int i = 0; i < ATTEMPTS; i++) {
                Inflation.inflate(Inside.shardsOf(map));
            }
            Integer after = map.get(Maps.KEY);
            result.r1 = after < before ? -1 : after;
        }

        @Arbiter
        public void look(LLL_Result result) {
            result.r2 = map.get(Maps.KEY);
            result.r3 = map.get(NEIGHBOUR);
        }
    }

    /** Writers that wait for the same bucket inflate the hold themselves. */
    @JCStressTest
    @JCStressMeta(HoldStress.class)
    @State
    public static class ActualWaiting {
        private final SafeMap<String, Integer> map = Maps.with(2);

        public ActualWaiting() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void counts() {
            map.merge(Maps.KEY, 1, HoldStress::slowSum);
        }

        @Actor
        public void writes(LLL_Result result) {
            map.put(NEIGHBOUR, 1);
            result.r1 = map.merge(Maps.KEY, 1, Integer::sum);
        }

        @Arbiter
        public void look(LLL_Result result) {
            result.r2 = map.get(Maps.KEY);
            result.r3 = map.get(NEIGHBOUR);
        }
    }

    /** Does not look whether it is the same hold. */
    @JCStressTest
    @JCStressMeta(HoldStress.class)
    @Outcome(id = ".*, .*, 0", expect = ACCEPTABLE_INTERESTING, desc = "the put is lost")
    @Outcome(id = ".*, 1, .*", expect = ACCEPTABLE_INTERESTING, desc = "a count is lost")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = map();

        @Actor
        public void counts() {
            countTwice(map);
        }

        @Actor
        public void inflates(LLL_Result result) {
            Integer before = map.get(Maps.KEY);
            for (int i = 0; i < ATTEMPTS; i++) {
                Inflation.inflateUnchecked(Inside.shardsOf(map));
            }
            Integer after = map.get(Maps.KEY);
            result.r1 = after < before ? -1 : after;
        }

        @Arbiter
        public void look(LLL_Result result) {
            result.r2 = map.get(Maps.KEY);
            result.r3 = map.get(NEIGHBOUR);
        }
    }
}
