package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Gap;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A snapshot beside two writes in one shard, one after the other: the second is not in it without the
 * first. The writes replace values, which moves no version; add entries, the first ones of their buckets;
 * or move a bucket.
 *
 * <p>The twin looks the two keys up, one after the other.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualFirst      1, 1        250,279   34.04%
 *                    1, null         315    0.04%
 *                    null, null  484,657   65.92%
 *   ActualGrowing    1, 1        274,046   43.30%
 *                    1, null         251    0.04%
 *                    null, null  358,554   56.66%
 *   ActualReplace    0, 0         80,997   13.68%
 *                    1, 0         11,296    1.91%
 *                    1, 1        499,598   84.41%
 *   ActualShrinking  1, 1        103,679   21.18%
 *                    1, null         296    0.06%
 *                    null, null  385,516   78.76%
 *   Broken           1, 1        392,759   98.85%
 *                    1, null           4   &lt;0.01%
 *                    null, 1         205    0.05% !
 *                    null, null    4,363    1.10%
 * </pre>
 */
@Outcome(
        id = {"null, null", "0, 0"},
        expect = ACCEPTABLE,
        desc = "before both")
@Outcome(
        id = {"1, null", "1, 0"},
        expect = ACCEPTABLE,
        desc = "between them")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after both")
public final class SnapshotStress {
    private static final String SECOND = "second";

    private SnapshotStress() {}

    private static void write(Map<String, Integer> map) {
        map.put(Maps.KEY, 1);
        map.put(SECOND, 1);
    }

    private static void tell(Map<String, Integer> copy, LL_Result result) {
        result.r1 = copy.get(Maps.KEY);
        result.r2 = copy.get(SECOND);
    }

    /** Values are replaced, in two buckets. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualReplace {
        private final SafeMap<String, Integer> map = Maps.spacious();

        public ActualReplace() {
            map.put(Maps.KEY, 0);
            map.put(SECOND, 0);
        }

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The first entries of a map, in a table of one bucket. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualFirst {
        private final SafeMap<String, Integer> map = Maps.single();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The first write moves the only bucket to a larger table. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.growing();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The first write moves both buckets to a smaller table. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualShrinking {
        private final SafeMap<String, Integer> map = Maps.shrinking();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** Copies one key after the other. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @Outcome(id = "null, 1", expect = ACCEPTABLE_INTERESTING, desc = "the second without the first")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.single();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            Map<String, Integer> copy = new HashMap<>();
            copy.put(Maps.KEY, map.get(Maps.KEY));
            for (int i = 0; i < 20; i++) { // time for two writes
                Gap.widen();
            }
            copy.put(SECOND, map.get(SECOND));
            tell(copy, result);
        }
    }
}
