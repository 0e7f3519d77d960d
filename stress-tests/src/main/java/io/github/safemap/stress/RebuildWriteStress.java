package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenEvacuation;
import io.github.safemap.core.engine.Rebuild;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * An entry that is replaced, removed or inserted while another thread's writes move its bucket to
 * another table is neither lost nor doubled: what the write returned, what a look-up finds
 * afterwards, how often an iteration returns the key, and the size agree.
 *
 * <p>The twin copies the bucket without claiming it: what is written to the old bucket meanwhile is
 * lost.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualComputeGrowing    103, 103, 1, 10   509,971  100.00%
 *   ActualComputeShrinking  103, 103, 1, 6    489,491  100.00%
 *   ActualInsertGrowing     null, 100, 1, 11  499,731  100.00%
 *   ActualInsertShrinking   null, 100, 1, 7   520,211  100.00%
 *   ActualRemoveGrowing     3, null, 0, 9     581,651  100.00%
 *   ActualRemoveShrinking   3, null, 0, 5     509,971  100.00%
 *   ActualReplaceGrowing    3, 100, 1, 10     561,171  100.00%
 *   ActualReplaceShrinking  3, 100, 1, 6      397,331  100.00%
 *   Broken                  3, 100, 1, 8      540,552   99.97%
 *                           3, 3, 1, 8            139    0.03% !
 * </pre>
 */
public final class RebuildWriteStress {
    private RebuildWriteStress() {}

    private static void report(SafeMap<String, Integer> map, String key, LLLL_Result result) {
        int times = 0;
        for (String present : map.keySet()) {
            times += present.equals(key) ? 1 : 0;
        }
        result.r2 = map.get(key);
        result.r3 = times;
        result.r4 = map.size();
    }

    /** SafeMap, growth. */
    @JCStressTest
    @Outcome(id = "3, 100, 1, 10", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplaceGrowing {
        private final SafeMap<String, Integer> map = Maps.with(8);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(3), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
            map.put(Maps.other(9), 9);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }

    /** SafeMap, growth. */
    @JCStressTest
    @Outcome(id = "3, null, 0, 9", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveGrowing {
        private final SafeMap<String, Integer> map = Maps.with(8);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.other(3));
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
            map.put(Maps.other(9), 9);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }

    /** SafeMap, growth. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 11", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertGrowing {
        private final SafeMap<String, Integer> map = Maps.with(8);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.KEY, 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
            map.put(Maps.other(9), 9);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.KEY, result);
        }
    }

    /** SafeMap, growth; the reservation moves too. */
    @JCStressTest
    @Outcome(id = "103, 103, 1, 10", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualComputeGrowing {
        private final SafeMap<String, Integer> map = Maps.with(8);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.other(3), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
            map.put(Maps.other(9), 9);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }

    /** SafeMap, a smaller table. */
    @JCStressTest
    @Outcome(id = "3, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplaceShrinking {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(3), 100);
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }

    /** SafeMap, a smaller table. */
    @JCStressTest
    @Outcome(id = "3, null, 0, 5", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveShrinking {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.other(3));
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }

    /** SafeMap, a smaller table. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 7", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertShrinking {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.KEY, 100);
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.KEY, result);
        }
    }

    /** SafeMap, a smaller table; the reservation moves too. */
    @JCStressTest
    @Outcome(id = "103, 103, 1, 6", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualComputeShrinking {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.other(3), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }

    /** Copies without a claim. */
    @JCStressTest
    @Outcome(id = "3, 100, 1, 8", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(
            id = {"3, 3, .*", "3, null, .*", "null, .*", "3, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost, or doubled")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.with(8);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(3), 100);
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 1);
            BrokenEvacuation.withoutClaim(Inside.shardsOf(map));
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(3), result);
        }
    }
}
