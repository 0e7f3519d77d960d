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
 * An entry that is replaced, removed, inserted or computed while another thread rebuilds its shard is neither
 * lost nor doubled. The result of the write, a later look-up, an iteration and the size agree on the key.
 *
 * <p>One twin claims nothing. One gives the old shard back without retiring it, so that threads still write to
 * it. One does not check whether an entry came since it read the hash codes.
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

    /** SafeMap, a larger shard. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 8", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplaceGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(2), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** SafeMap, a larger shard. */
    @JCStressTest
    @Outcome(id = "2, null, 0, 7", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.other(2));
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** SafeMap, a larger shard. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 9", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.KEY, 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.KEY, result);
        }
    }

    /** SafeMap, a larger shard, and the reservation with it. */
    @JCStressTest
    @Outcome(id = "102, 102, 1, 8", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualComputeGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.other(2), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.other(8), 8);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** SafeMap, a smaller shard. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplaceTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(2), 100);
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** SafeMap, a smaller shard. */
    @JCStressTest
    @Outcome(id = "2, null, 0, 5", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.other(2));
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** SafeMap, a smaller shard. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 7", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertTrimming {
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

    /** SafeMap, a smaller shard, and the reservation with it. */
    @JCStressTest
    @Outcome(id = "102, 102, 1, 6", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualComputeTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.other(2), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.trim();
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** Claims nothing. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 7", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(
            id = {"2, 2, 1, .*", "2, null, 0, .*", "2, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost")
    @State
    public static class BrokenClaim {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(2), 100);
        }

        @Actor
        public void mover() {
            BrokenRebuild.unclaimed(Inside.of(map), Maps.KEY, BrokenRebuild.Kind.GROWTH);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** Does not retire the old shard. */
    @JCStressTest
    @Outcome(id = "2, 100, 1, 7", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(
            id = {"2, 2, 1, .*", "2, null, 0, .*", "2, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost")
    @State
    public static class BrokenRetirement {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.other(2), 100);
        }

        @Actor
        public void mover() {
            BrokenRebuild.unretired(Inside.of(map), Maps.KEY, BrokenRebuild.Kind.GROWTH);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** Does not check whether a slot was used since. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 6", expect = ACCEPTABLE, desc = "inserted")
    @Outcome(id = "null, null, .*", expect = ACCEPTABLE_INTERESTING, desc = "lost: copied with the hash of nothing")
    @State
    public static class BrokenCheck {
        private final SafeMap<String, Integer> map = Maps.with(5);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.KEY, 100);
        }

        @Actor
        public void mover() {
            BrokenRebuild.unasked(Inside.of(map), Maps.KEY, BrokenRebuild.Kind.GROWTH);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.KEY, result);
        }
    }
}
