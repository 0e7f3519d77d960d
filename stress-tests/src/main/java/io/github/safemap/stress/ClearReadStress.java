package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Gap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A reader beside a clear and a put that follows it: it sees the map before, between and after, in
 * that order.
 *
 * <p>The twin is a clear that brings a new table and then goes back to the old one for a moment, as
 * one that did not publish its table in one step could.
 *
 * <p>Seen in 200 ms each (2 cores, x86-64, JDK 17.0.15, C2); an exclamation mark is an outcome that
 * is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual   1, 1          439,584  29.48%
 *            1, 2           74,242   4.98%
 *            1, null         4,300   0.29%
 *            2, 2          906,918  60.83%
 *            null, 2        13,376   0.90%
 *            null, null     52,562   3.53%
 *   Broken   1, 1        1,579,312  79.66%
 *            1, 2           15,987   0.81%
 *            1, null         1,223   0.06%
 *            2, 2          379,130  19.12%
 *            null, 1           502   0.03% !
 *            null, 2         1,609   0.08%
 *            null, null      4,739   0.24%
 *   Control  1, 1          206,574  26.33%
 *            1, 2               21  &lt;0.01%
 *            1, null           196   0.02%
 *            2, 2          577,191  73.58%
 *            null, 2           232   0.03%
 *            null, null        208   0.03%
 * </pre>
 */
@Outcome(id = {"1, 1", "null, null", "2, 2"}, expect = ACCEPTABLE, desc = "at one time")
@Outcome(id = {"1, null", "1, 2", "null, 2"}, expect = ACCEPTABLE, desc = "as time goes by")
public final class ClearReadStress {
    private ClearReadStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void writer() {
            map.clear();
            map.put(Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** Clears, and has the old table back for a moment. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @Outcome(id = "null, 1", expect = ACCEPTABLE_INTERESTING, desc = "what was cleared came back")
    @State
    public static class Broken {
        private volatile ConcurrentMap<String, Integer> map = Maps.single();

        public Broken() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void writer() {
            ConcurrentMap<String, Integer> old = map;
            map = Maps.single();
            Gap.widen();
            map = old;
            Gap.widen();
            old.clear();
            old.put(Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void writer() {
            map.clear();
            map.put(Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }
}
