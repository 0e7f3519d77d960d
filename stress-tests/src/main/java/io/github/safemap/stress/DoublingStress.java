package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenDirectory;
import io.github.safemap.core.engine.States;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * One thread splits a shard and doubles the directory for that. Meanwhile another thread replaces another shard
 * by a new one. The copy of the directory has both changes. The outcome is the length of the directory, and
 * what is found of two keys of the rebuilt shard.
 *
 * <p>The twin stores its new shard without the directory's lock, into the array that has just been copied.
 */
@Outcome(id = "4, 7, 2", expect = ACCEPTABLE, desc = "both")
public final class DoublingStress {
    private DoublingStress() {}

    private static void report(SafeMap<String, Integer> map, String key, LLL_Result result) {
        result.r1 = States.places(Inside.of(map));
        result.r2 = map.get(key);
        result.r3 = map.get(Maps.odd(2));
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(DoublingStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.splitAndGrowthDue();

        @Actor
        public void doubler() {
            map.put(Maps.even(0), 0);
        }

        @Actor
        public void swapper() {
            map.put(Maps.odd(7), 7);
        }

        @Arbiter
        public void after(LLL_Result result) {
            report(map, Maps.odd(7), result);
        }
    }

    /** Stores the new shard without the lock. */
    @JCStressTest
    @JCStressMeta(DoublingStress.class)
    @Outcome(id = "4, null, 2", expect = ACCEPTABLE_INTERESTING, desc = "the fresh shard is lost")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.splitAndGrowthDue();

        @Actor
        public void doubler() {
            map.put(Maps.even(0), 0);
        }

        @Actor
        public void swapper() {
            BrokenDirectory.swapUnlocked(Inside.of(map), Maps.odd(7), 7);
        }

        @Arbiter
        public void after(LLL_Result result) {
            report(map, Maps.odd(7), result);
        }
    }

    /** SafeMap, a merge that halves the directory. */
    @JCStressTest
    @JCStressMeta(DoublingStress.class)
    @State
    public static class ActualHalving {
        private final SafeMap<String, Integer> map = Maps.mergeAndGrowthDue();

        @Actor
        public void halver() {
            map.remove(Maps.even(0));
        }

        @Actor
        public void swapper() {
            map.put(Maps.odd(14), 7);
        }

        @Arbiter
        public void after(LLL_Result result) {
            report(map, Maps.odd(14), result);
        }
    }

    /** Stores the new shard without the lock. */
    @JCStressTest
    @JCStressMeta(DoublingStress.class)
    @Outcome(id = "4, null, 2", expect = ACCEPTABLE_INTERESTING, desc = "the fresh shard is lost")
    @State
    public static class BrokenHalving {
        private final SafeMap<String, Integer> map = Maps.mergeAndGrowthDue();

        @Actor
        public void halver() {
            map.remove(Maps.even(0));
        }

        @Actor
        public void swapper() {
            BrokenDirectory.swapUnlocked(Inside.of(map), Maps.odd(14), 7);
        }

        @Arbiter
        public void after(LLL_Result result) {
            report(map, Maps.odd(14), result);
        }
    }
}
