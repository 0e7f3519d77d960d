package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenEvacuation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key that is in the map throughout is found while growth moves its bucket.
 *
 * <p>The twin forwards the bucket to the larger table before the entries are there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual           3     602,131  100.00%
 *   ActualBeginning  3     520,211  100.00%
 *   Broken           3     580,849   99.86%
 *                    null      802    0.14% !
 *   Control          3     755,731  100.00%
 * </pre>
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class GrowthReadStress {
    private GrowthReadStress() {}

    /** SafeMap, whose first write moves the bucket. */
    @JCStressTest
    @JCStressMeta(GrowthReadStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.growing();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** SafeMap, where the writer has growth begin as well. */
    @JCStressTest
    @JCStressMeta(GrowthReadStress.class)
    @State
    public static class ActualBeginning {
        private final SafeMap<String, Integer> map = Maps.with(8);

        @Actor
        public void writer() {
            map.put(Maps.other(8), 8);
            map.put(Maps.other(9), 9);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** Forwards first. */
    @JCStressTest
    @JCStressMeta(GrowthReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.growing();

        @Actor
        public void writer() {
            BrokenEvacuation.forwardFirst(Inside.shardsOf(map));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** The JDK's map, which grows with its 13th entry. */
    @JCStressTest
    @JCStressMeta(GrowthReadStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<Integer, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            for (int i = 0; i < 12; i++) {
                map.put(i, i);
            }
        }

        @Actor
        public void writer() {
            map.put(12, 12);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(3);
        }
    }
}
