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
 * Two threads call putIfAbsent for the same absent key: one wins, and the other gets the winner's value.
 *
 * <p>The insertion goes into a map without slots, or into an empty slot, or it must rebuild the shard first.
 *
 * <p>The twin looks first and writes later: both win.
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

    /** SafeMap, into a bucket with one entry. */
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

    /** SafeMap, into a shard without unused slots. */
    @JCStressTest
    @JCStressMeta(PutIfAbsentStress.class)
    @State
    public static class ActualFull {
        private final ConcurrentMap<String, Integer> map = Maps.full();

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
