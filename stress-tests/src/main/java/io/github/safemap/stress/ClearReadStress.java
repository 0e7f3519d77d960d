package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

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
 *   Actual   1, 1           97,689  11.84%
 *            1, 2           13,392   1.62%
 *            1, null           671   0.08%
 *            2, 2          701,319  84.97%
 *            null, 2         2,477   0.30%
 *            null, null      9,834   1.19%
 *   Broken   1, 1          716,695  73.98%
 *            1, 2              333   0.03%
 *            1, null           325   0.03%
 *            2, 2          250,606  25.87%
 *            null, 1           120   0.01% !
 *            null, 2            17  &lt;0.01%
 *            null, null        646   0.07%
 *   Control  1, 1        2,318,802  83.07%
 *            1, 2              139  &lt;0.01%
 *            1, null         1,657   0.06%
 *            2, 2          464,884  16.65%
 *            null, 2         1,859   0.07%
 *            null, null      4,121   0.15%
 * </pre>
 */
@Outcome(
        id = {"1, 1", "null, null", "2, 2"},
        expect = ACCEPTABLE,
        desc = "at one time")
@Outcome(
        id = {"1, null", "1, 2", "null, 2"},
        expect = ACCEPTABLE,
        desc = "as time goes by")
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
