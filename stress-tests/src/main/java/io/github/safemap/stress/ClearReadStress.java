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
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual   1, 1          690,809   90.19%
 *            1, 2              340    0.04%
 *            1, null            95    0.01%
 *            2, 2           73,035    9.53%
 *            null, 2           143    0.02%
 *            null, null      1,549    0.20%
 *   Broken   1, 1          450,549   86.61%
 *            1, 2               64    0.01%
 *            1, null           171    0.03%
 *            2, 2           68,774   13.22%
 *            null, 1           220    0.04% !
 *            null, 2            74    0.01%
 *            null, null        359    0.07%
 *   Control  1, 1        2,259,610   95.20%
 *            1, 2               31   &lt;0.01%
 *            1, null           928    0.04%
 *            2, 2          105,830    4.46%
 *            null, 2         1,672    0.07%
 *            null, null      5,580    0.24%
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
