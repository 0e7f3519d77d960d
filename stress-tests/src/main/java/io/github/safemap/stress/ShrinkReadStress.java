package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenEvacuation;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key that is in the map throughout is found while a rebuild moves its bucket to a smaller table,
 * and merges it with another bucket there.
 *
 * <p>The twin forwards each bucket to the smaller table before the entries are there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual      3     684,051  100.00%
 *   ActualTrim  3     632,851  100.00%
 *   Broken      3     509,873   99.98%
 *               null       98    0.02% !
 * </pre>
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class ShrinkReadStress {
    private ShrinkReadStress() {}

    /** SafeMap, whose first write moves the buckets. */
    @JCStressTest
    @JCStressMeta(ShrinkReadStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.shrinking();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** SafeMap, trimmed. */
    @JCStressTest
    @JCStressMeta(ShrinkReadStress.class)
    @State
    public static class ActualTrim {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer() {
            map.trim();
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** Forwards first. */
    @JCStressTest
    @JCStressMeta(ShrinkReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.shrinking();

        @Actor
        public void writer() {
            BrokenEvacuation.forwardFirst(Inside.shardsOf(map));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }
}
