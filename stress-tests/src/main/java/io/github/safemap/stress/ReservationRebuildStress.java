package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenRebuild;
import io.github.safemap.core.engine.Gap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A function computes the value of a key while another thread rebuilds the shard. The rebuild copies the
 * reservation, and its owner finds the copy's place. Afterwards the result is there once.
 *
 * <p>The twin copies the reservation's key instead. Then the owner finds no reservation, as in a cleared map,
 * and its result is lost.
 */
public final class ReservationRebuildStress {
    private ReservationRebuildStress() {}

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
    @Outcome(id = "102, 102, 1, 8", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.merge(Maps.other(2), 100, (old, value) -> old + value);
        }

        @Actor
        public void mover() {
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** SafeMap, a smaller shard. */
    @JCStressTest
    @Outcome(id = "102, 102, 1, 6", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.merge(Maps.other(2), 100, (old, value) -> old + value);
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

    /** SafeMap, an absent key: its reservation has no value. */
    @JCStressTest
    @Outcome(id = "100, 100, 1, 9", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualAbsent {
        private final SafeMap<String, Integer> map = Maps.with(6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.computeIfAbsent(Maps.KEY, key -> 100);
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

    /** SafeMap, a function that removes its key. */
    @JCStressTest
    @Outcome(id = "null, null, 0, 7", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoving {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.computeIfPresent(Maps.other(2), (key, value) -> null);
        }

        @Actor
        public void mover() {
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }

    /** Copies the key instead of the reservation. */
    @JCStressTest
    @Outcome(id = "102, 102, 1, 7", expect = ACCEPTABLE, desc = "computed")
    @Outcome(id = "102, 2, 1, 7", expect = ACCEPTABLE_INTERESTING, desc = "the result is lost")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.merge(Maps.other(2), 100, (old, value) -> {
                Gap.widen();
                return old + value;
            });
        }

        @Actor
        public void mover() {
            BrokenRebuild.withoutReservations(Inside.of(map), Maps.KEY);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.other(2), result);
        }
    }
}
