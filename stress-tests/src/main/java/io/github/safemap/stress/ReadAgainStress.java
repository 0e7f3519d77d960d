package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.EarlyTophash;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One thread removes a key and puts it again, with another value, into the slot it had; the other gets
 * it twice. What the first get has seen, the second does not miss.
 *
 * <p>The twin loads the tophash before the control word, and is content with a version that has not moved since:
 * it can see the new value before the entry is there, and then miss it. A writer is between these two
 * stores for a nanosecond or so, too short for this to be seen in 800,000 samples; so here is also a writer that
 * stays there for longer, and {@code ActualSlow} is the map beside that.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual      1, 1          2,583    0.65%
 *               1, 2              3   &lt;0.01%
 *               1, null         111    0.03%
 *               2, 2        394,333   99.25%
 *               null, 2         249    0.06%
 *               null, null       52    0.01%
 *   ActualSlow  1, 1        381,709   89.17%
 *               1, 2              3   &lt;0.01%
 *               1, null           7   &lt;0.01%
 *               2, 2         45,867   10.72%
 *               null, 2          40   &lt;0.01%
 *               null, null      425    0.10%
 *   Broken      1, 1        364,073   83.07%
 *               1, 2             72    0.02%
 *               1, null          43   &lt;0.01%
 *               2, 2         73,561   16.78%
 *               2, null          71    0.02% !
 *               null, 2          42   &lt;0.01%
 *               null, null      429    0.10%
 *   Control     1, 1          2,650    0.65%
 *               1, 2            232    0.06%
 *               1, null         103    0.03%
 *               2, 2        404,536   99.26%
 *               null, 2          42    0.01%
 *               null, null        8   &lt;0.01%
 * </pre>
 */
public final class ReadAgainStress {
    private static final SlowKey STAYS = new SlowKey(0);
    private static final SlowKey KEY = new SlowKey(1);
    private static final SlowKey COPY = new SlowKey(1);

    private ReadAgainStress() {}

    private static <M extends ConcurrentMap<SlowKey, Integer>> M filled(M map) {
        map.put(STAYS, 0); // the bucket would be dropped if it became empty
        map.put(KEY, 1);
        return map;
    }

    private static void renew(ConcurrentMap<SlowKey, Integer> map) {
        map.remove(KEY);
        map.put(KEY, 2);
    }

    private static SafeMap<String, Integer> filled() {
        SafeMap<String, Integer> map = Maps.with(1);
        map.put(Maps.KEY, 1);
        return map;
    }

    private static void renewSlowly(SafeMap<String, Integer> map) {
        map.remove(Maps.KEY);
        EarlyTophash.putSlowly(Inside.shardsOf(map), Maps.KEY, 2);
    }

    /** The outcomes that follow each other in time. */
    @Outcome(
            id = {"1, 1", "1, null", "1, 2", "null, null", "null, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "as time goes by")
    static final class InOrder {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class Actual {
        private final ConcurrentMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            renew(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }

    /** SafeMap, and a writer that is slow in the middle of its insertion. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class ActualSlow {
        private final SafeMap<String, Integer> map = filled();

        @Actor
        public void writer() {
            renewSlowly(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** Loads the tophash too early. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @Outcome(
            id = {"2, null", "2, 1", "null, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "back in time")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = filled();

        @Actor
        public void writer() {
            renewSlowly(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = EarlyTophash.get(Inside.shardsOf(map), Maps.KEY);
            result.r2 = EarlyTophash.get(Inside.shardsOf(map), Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class Control {
        private final ConcurrentMap<SlowKey, Integer> map = filled(new ConcurrentHashMap<>());

        @Actor
        public void writer() {
            renew(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }
}
