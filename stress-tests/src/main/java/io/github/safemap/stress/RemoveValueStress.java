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
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two threads remove the same entry, key and value: one of them does it.
 *
 * <p>The twin compares first and removes later: both do it.
 */
@Outcome(id = "true, false, 0", expect = ACCEPTABLE, desc = "first wins")
@Outcome(id = "false, true, 0", expect = ACCEPTABLE, desc = "second wins")
public final class RemoveValueStress {
    private RemoveValueStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(RemoveValueStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZZL_Result result) {
            result.r1 = map.remove(Maps.KEY, 0);
        }

        @Actor
        public void second(ZZL_Result result) {
            result.r2 = map.remove(Maps.KEY, 0);
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = map.size();
        }
    }

    /** Looks first and writes later. */
    @JCStressTest
    @JCStressMeta(RemoveValueStress.class)
    @Outcome(id = "true, true, 0", expect = ACCEPTABLE_INTERESTING, desc = "both win")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new LookThenWrite<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZZL_Result result) {
            result.r1 = map.remove(Maps.KEY, 0);
        }

        @Actor
        public void second(ZZL_Result result) {
            result.r2 = map.remove(Maps.KEY, 0);
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = map.size();
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(RemoveValueStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZZL_Result result) {
            result.r1 = map.remove(Maps.KEY, 0);
        }

        @Actor
        public void second(ZZL_Result result) {
            result.r2 = map.remove(Maps.KEY, 0);
        }

        @Arbiter
        public void after(ZZL_Result result) {
            result.r3 = map.size();
        }
    }
}
