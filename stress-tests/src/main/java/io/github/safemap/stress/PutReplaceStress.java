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
import org.openjdk.jcstress.infra.results.LZL_Result;

/**
 * A put and a conditional replacement of the same key: the replacement comes before the put and finds the first
 * value, or it does not find the value that it expects.
 *
 * <p>The twin compares first and writes later: both replace the first value.
 */
@Outcome(id = "0, false, 1", expect = ACCEPTABLE, desc = "put, then replace")
@Outcome(id = "2, true, 1", expect = ACCEPTABLE, desc = "replace, then put")
public final class PutReplaceStress {
    private PutReplaceStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(PutReplaceStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LZL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LZL_Result result) {
            result.r2 = map.replace(Maps.KEY, 0, 2);
        }

        @Arbiter
        public void after(LZL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(PutReplaceStress.class)
    @Outcome(
            id = {"0, true, 1", "0, true, 2"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "both replaced the first value")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LZL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LZL_Result result) {
            result.r2 = map.replace(Maps.KEY, 0, 2);
        }

        @Arbiter
        public void after(LZL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(PutReplaceStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LZL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LZL_Result result) {
            result.r2 = map.replace(Maps.KEY, 0, 2);
        }

        @Arbiter
        public void after(LZL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
