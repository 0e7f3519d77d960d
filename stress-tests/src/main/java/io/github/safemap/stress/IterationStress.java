package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.NaiveWalk;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A key that is in the map throughout is returned by an iteration once, while another thread's
 * write moves the buckets to a larger or a smaller table. The outcome is the number of keys that
 * were missed, and of those that came twice.
 *
 * <p>The twin goes from bucket to bucket by their index, in whatever table there is: after growth
 * it meets in the second bucket what it has seen in the first, and when the table shrinks it misses
 * the second.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualGrowing    0, 0  530,451  100.00%
 *   ActualShrinking  0, 0  581,651  100.00%
 *   BrokenGrowing    0, 0  642,438   99.90%
 *                    0, 1       10   &lt;0.01% !
 *                    0, 2       51   &lt;0.01% !
 *                    0, 3      114    0.02% !
 *                    0, 4      151    0.02% !
 *                    0, 5      151    0.02% !
 *                    0, 6      112    0.02% !
 *                    0, 7       43   &lt;0.01% !
 *                    0, 8       15   &lt;0.01% !
 *                    0, 9        3   &lt;0.01% !
 *                    3, 0        1   &lt;0.01% !
 *                    4, 0        2   &lt;0.01% !
 *   BrokenShrinking  0, 0  509,817   99.97%
 *                    0, 1        8   &lt;0.01% !
 *                    0, 2       22   &lt;0.01% !
 *                    0, 3       40   &lt;0.01% !
 *                    0, 4       21   &lt;0.01% !
 *                    0, 5        4   &lt;0.01% !
 *                    0, 6       13   &lt;0.01% !
 *                    1, 0        7   &lt;0.01% !
 *                    2, 0       13   &lt;0.01% !
 *                    3, 0       11   &lt;0.01% !
 *                    4, 0        9   &lt;0.01% !
 *                    5, 0        6   &lt;0.01% !
 * </pre>
 */
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "each key once")
public final class IterationStress {
    private IterationStress() {}

    /** Counts how often each key comes that was there throughout. */
    private static final class Counts {
        private final int[] times;

        Counts(int keys) {
            times = new int[keys];
        }

        void add(Object key) {
            for (int i = 0; i < times.length; i++) {
                times[i] += Maps.other(i).equals(key) ? 1 : 0;
            }
        }

        void report(II_Result result) {
            for (int count : times) {
                result.r1 += count == 0 ? 1 : 0;
                result.r2 += count > 1 ? 1 : 0;
            }
        }
    }

    /** SafeMap, growth. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.growing();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void iterator(II_Result result) {
            Counts counts = new Counts(9);
            map.keySet().forEach(counts::add);
            counts.report(result);
        }
    }

    /** SafeMap, a smaller table. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualShrinking {
        private final SafeMap<String, Integer> map = Maps.shrinking();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void iterator(II_Result result) {
            Counts counts = new Counts(6);
            map.keySet().forEach(counts::add);
            counts.report(result);
        }
    }

    /** Goes along the buckets, growth. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(
            id = {"0, [1-9]", "[1-9], [0-9]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "keys were missed or came twice")
    @State
    public static class BrokenGrowing {
        private final SafeMap<String, Integer> map = Maps.growing();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void iterator(II_Result result) {
            Counts counts = new Counts(9);
            NaiveWalk.keys(Inside.shardsOf(map), counts::add);
            counts.report(result);
        }
    }

    /** Goes along the buckets, a smaller table. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(
            id = {"0, [1-9]", "[1-9], [0-9]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "keys were missed or came twice")
    @State
    public static class BrokenShrinking {
        private final SafeMap<String, Integer> map = Maps.shrinking();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void iterator(II_Result result) {
            Counts counts = new Counts(6);
            NaiveWalk.keys(Inside.shardsOf(map), counts::add);
            counts.report(result);
        }
    }
}
