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
 *
 * <p>Seen in 200 ms each (2 cores, x86-64, JDK 17.0.15, C2); an exclamation mark is an outcome that
 * is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual   false, true, 0    408,392  30.54%
 *            true, false, 0    928,990  69.46%
 *   Broken   false, true, 0    181,713  21.48%
 *            true, false, 0    657,911  77.78%
 *            true, true, 0       6,238   0.74% !
 *   Control  false, true, 0  1,603,107  45.17%
 *            true, false, 0  1,946,115  54.83%
 * </pre>
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
