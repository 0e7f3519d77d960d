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
 * Each of two threads puts a key and then gets the other's. Not promised: that one of them sees the
 * other's put. A put is a release, a get an acquire, so a get may run ahead of the put before it,
 * of another key, and both find the old values.
 *
 * <p>ConcurrentHashMap does not promise it either, but its fields are volatile, and it never
 * happens.
 *
 * @FREQ@
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
}
