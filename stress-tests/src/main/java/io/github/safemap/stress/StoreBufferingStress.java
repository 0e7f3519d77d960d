package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.SafeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Each of two threads puts a key and then gets the other's; or one puts a key and then reads a
 * volatile field, which the other writes before it gets the key. Not promised: that one of them
 * sees what the other wrote. A put is a release, a get an acquire, so a read may run ahead of the
 * put before it, of another key, and both find the old values.
 *
 * <p>ConcurrentHashMap does not promise it either, but its fields are volatile, and it never
 * happens.
 *
 * <p>Seen in 200 ms each (2 cores, x86-64, JDK 17.0.15, C2); an exclamation mark is an outcome that
 * is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual       0, 0      930   0.12% !
 *                0, 1  625,125  78.67%
 *                1, 0  141,727  17.83%
 *                1, 1   26,880   3.38%
 *   ActualFlag   0, 0       22  &lt;0.01% !
 *                0, 1  595,470  77.95%
 *                1, 0  167,654  21.95%
 *                1, 1      796   0.10%
 *   Control      0, 1  712,182  93.22%
 *                1, 0   46,391   6.07%
 *                1, 1    5,369   0.70%
 *   ControlFlag  0, 1  625,649  81.90%
 *                1, 0  138,073  18.07%
 *                1, 1      220   0.03%
 * </pre>
 */
@Outcome(
        id = {"1, 0", "0, 1", "1, 1"},
        expect = ACCEPTABLE,
        desc = "as if one operation came after the other")
public final class StoreBufferingStress {
    private StoreBufferingStress() {}

    /** SafeMap, a value replaced in place. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "each get ran ahead of the put before it")
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map =
                SafeMap.builder().shards(1).expectedSize(100).noExecutor().build();

        public Actual() {
            map.put("a", 0);
            map.put("b", 0);
        }

        @Actor
        public void first(LL_Result result) {
            map.put("a", 1);
            result.r1 = map.get("b");
        }

        @Actor
        public void second(LL_Result result) {
            map.put("b", 1);
            result.r2 = map.get("a");
        }
    }

    /** SafeMap and a flag of the user's: register, then look whether it is closed already. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(
            id = "0, 0",
            expect = ACCEPTABLE_INTERESTING,
            desc = "neither sees the other: registered, and not told that it is closed")
    @State
    public static class ActualFlag {
        private final ConcurrentMap<String, Integer> map = Maps.with(1);
        private volatile int closed;

        @Actor
        public void first(LL_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = closed;
        }

        @Actor
        public void second(LL_Result result) {
            closed = 1;
            result.r2 = map.getOrDefault(Maps.KEY, 0);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put("a", 0);
            map.put("b", 0);
        }

        @Actor
        public void first(LL_Result result) {
            map.put("a", 1);
            result.r1 = map.get("b");
        }

        @Actor
        public void second(LL_Result result) {
            map.put("b", 1);
            result.r2 = map.get("a");
        }
    }

    /** The JDK's map and a flag of the user's. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @State
    public static class ControlFlag {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();
        private volatile int closed;

        @Actor
        public void first(LL_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = closed;
        }

        @Actor
        public void second(LL_Result result) {
            closed = 1;
            result.r2 = map.getOrDefault(Maps.KEY, 0);
        }
    }
}
