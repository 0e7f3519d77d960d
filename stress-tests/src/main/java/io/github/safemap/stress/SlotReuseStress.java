package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.UnvalidatedRead;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A slot changes hands: one thread removes a key and inserts another, with the same tophash, which
 * takes the slot; the other thread gets one of the two. It never gets the value of the other key.
 *
 * <p>The twin reads as the map does, the key and then the value, but does not ask whether the
 * bucket's version moved in between: it returns the second key's value for the first.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual        1       7,079    1.65%
 *                 null  420,972   98.35%
 *   ActualSecond  2     410,124   98.16%
 *                 null    7,687    1.84%
 *   Broken        1     230,613   55.20%
 *                 2          13   &lt;0.01% !
 *                 null  187,185   44.80%
 *   Control       1     170,110   39.74%
 *                 null  257,941   60.26%
 * </pre>
 */
public final class SlotReuseStress {
    private static final SlowKey STAYS = new SlowKey(0);
    private static final SlowKey FIRST = new SlowKey(1);
    private static final SlowKey SECOND = new SlowKey(2);

    /** Equal to the keys in the map, but not the same. */
    private static final SlowKey FIRST_COPY = new SlowKey(1);

    private static final SlowKey SECOND_COPY = new SlowKey(2);

    private SlotReuseStress() {}

    private static <M extends ConcurrentMap<SlowKey, Integer>> M filled(M map) {
        map.put(STAYS, 0); // the bucket would be dropped if it became empty
        map.put(FIRST, 1);
        return map;
    }

    private static void exchange(ConcurrentMap<SlowKey, Integer> map) {
        map.remove(FIRST);
        map.put(SECOND, 2);
    }

    /** The outcomes of a reader of the first key. */
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "before the removal")
    @Outcome(id = "null", expect = ACCEPTABLE, desc = "after the removal")
    static final class GetFirst {}

    /** The outcomes of a reader of the second key. */
    @Outcome(id = "null", expect = ACCEPTABLE, desc = "before the insertion")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "after the insertion")
    static final class GetSecond {}

    /** SafeMap, the key that goes. */
    @JCStressTest
    @JCStressMeta(GetFirst.class)
    @State
    public static class Actual {
        private final ConcurrentMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(FIRST_COPY);
        }
    }

    /** SafeMap, the key that comes. */
    @JCStressTest
    @JCStressMeta(GetSecond.class)
    @State
    public static class ActualSecond {
        private final ConcurrentMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(SECOND_COPY);
        }
    }

    /** SafeMap read without a look at the version. */
    @JCStressTest
    @JCStressMeta(GetFirst.class)
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "another key's value")
    @State
    public static class Broken {
        private final SafeMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = UnvalidatedRead.get(Inside.shardsOf(map), FIRST_COPY);
        }
    }

    /** The JDK's map, the key that goes. */
    @JCStressTest
    @JCStressMeta(GetFirst.class)
    @State
    public static class Control {
        private final ConcurrentMap<SlowKey, Integer> map = filled(new ConcurrentHashMap<>());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(FIRST_COPY);
        }
    }
}
