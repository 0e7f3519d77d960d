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
 * A write during a merge of its shard with the buddy is neither lost nor doubled. The result of the write, a
 * later look-up, an iteration and the size agree on the key.
 *
 * <p>The twin claims the shard but not its buddy: a write to the buddy after its copy is lost.
 */
public final class MergeWriteStress {
    private MergeWriteStress() {}

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
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(2), 100);
        }

        @Actor
        public void mover() {
            map.trim();
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
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.odd(2));
        }

        @Actor
        public void mover() {
            map.trim();
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
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(5), 100);
        }

        @Actor
        public void mover() {
            map.trim();
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
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.odd(2), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }

    /** SafeMap; a removal in one shard merges both. */
    @JCStressTest
    @Outcome(id = "0, 100, 1, 2", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualRemoval {
        private final SafeMap<String, Integer> map = Maps.parted(2, 1);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(0), 100);
        }

        @Actor
        public void mover() {
            map.remove(Maps.even(1));
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(0), result);
        }
    }

    /** Claims the shard, but not its buddy. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(
            id = {"2, 2, 1, .*", "2, null, 0, .*", "2, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost")
    @State
    public static class BrokenBuddy {
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.odd(2), 100);
        }

        @Actor
        public void mover() {
            BrokenRebuild.unclaimedBuddy(Inside.of(map), Maps.even(0));
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.odd(2), result);
        }
    }
}
