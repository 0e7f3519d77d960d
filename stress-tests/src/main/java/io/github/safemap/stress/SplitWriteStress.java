package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenRebuild;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Of two writers of a shard, one splits it: no write is lost or doubled. The result of the write, a later
 * look-up, an iteration and the size agree on the key.
 *
 * <p>The twins split it without a claim, or do not retire it.
 */
public final class SplitWriteStress {
    private SplitWriteStress() {}

    private static void report(SafeMap<String, Integer> map, String key, LLLL_Result result) {
        int times = 0;
        for (String present : map.keySet()) {
            times += present.equals(key) ? 1 : 0;
        }
        result.r2 = map.get(key);
        result.r3 = times;
        result.r4 = map.size();
    }

    /** SafeMap. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplace {
        private final SafeMap<String, Integer> map = Maps.contended();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(2), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.even(0), 0);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }

    /** SafeMap. */
    @JCStressTest
    @Outcome(id = "2, null, 0, 5", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemove {
        private final SafeMap<String, Integer> map = Maps.contended();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.odd(2));
        }

        @Actor
        public void mover() {
            map.put(Maps.even(0), 0);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }

    /** SafeMap. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 7", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsert {
        private final SafeMap<String, Integer> map = Maps.contended();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(5), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.even(0), 0);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(5), result);
        }
    }

    /** SafeMap, and the reservation with it. */
    @JCStressTest
    @Outcome(id = "102, 102, 1, 6", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualCompute {
        private final SafeMap<String, Integer> map = Maps.contended();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.odd(2), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.even(0), 0);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }

    /** Two keys, one for each half. */
    @JCStressTest
    @Outcome(id = "0, null, 100, 101", expect = ACCEPTABLE, desc = "both are there")
    @State
    public static class ActualBoth {
        private final SafeMap<String, Integer> map = Maps.contended();

        @Actor
        public void first(LLLL_Result result) {
            result.r1 = map.put(Maps.even(0), 100);
        }

        @Actor
        public void second(LLLL_Result result) {
            result.r2 = map.put(Maps.odd(5), 101);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            result.r3 = map.get(Maps.even(0));
            result.r4 = map.get(Maps.odd(5));
        }
    }

    /** Claims nothing. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(
            id = {"2, 2, 1, .*", "2, null, 0, .*", "2, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost")
    @State
    public static class BrokenClaim {
        private final SafeMap<String, Integer> map = Maps.placed(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(2), 100);
        }

        @Actor
        public void mover() {
            BrokenRebuild.unclaimed(Inside.of(map), Maps.KEY, BrokenRebuild.Kind.SPLIT);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }

    /** Does not retire the old shard. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(
            id = {"2, 2, 1, .*", "2, null, 0, .*", "2, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost")
    @State
    public static class BrokenRetirement {
        private final SafeMap<String, Integer> map = Maps.placed(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(2), 100);
        }

        @Actor
        public void mover() {
            BrokenRebuild.unretired(Inside.of(map), Maps.KEY, BrokenRebuild.Kind.SPLIT);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }
}
