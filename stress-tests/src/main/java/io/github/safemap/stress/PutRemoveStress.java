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
 * A put and a remove of a present key: the second one finds what the first one left.
 *
 * <p>The twin looks up the old value before it writes: both find the first value.
 */
@Outcome(id = "0, 1, null", expect = ACCEPTABLE, desc = "put, then remove")
@Outcome(id = "null, 0, 1", expect = ACCEPTABLE, desc = "remove, then put")
public final class PutRemoveStress {
    private PutRemoveStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(PutRemoveStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.KEY);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(PutRemoveStress.class)
    @Outcome(id = "0, 0, .*", expect = ACCEPTABLE_INTERESTING, desc = "both found the first value")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.KEY);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(PutRemoveStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.KEY, 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.KEY);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
