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
 * Two threads put the same key. Each put is one step, so the second put returns the first one's value, and its
 * own value stays.
 *
 * <p>The twin looks up the old value before it writes: both find none.
 */
@Outcome(id = "null, 1, 2", expect = ACCEPTABLE, desc = "first, then second")
@Outcome(id = "2, null, 1", expect = ACCEPTABLE, desc = "second, then first")
public final class PutPutStress {
    private PutPutStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(PutPutStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(PutPutStress.class)
    @Outcome(
            id = {"null, null, 1", "null, null, 2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both came first")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(PutPutStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.KEY, 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
