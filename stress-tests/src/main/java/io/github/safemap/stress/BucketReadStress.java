package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenTidying;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key that is in the map throughout is found while another thread's writes have its bucket
 * replaced: by a wider one when it is full, by a narrower one when it is almost empty.
 *
 * <p>The twin takes the bucket out of the table before its copy is there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualNarrowing  3       622,611  100.00%
 *   ActualWidening   3     1,237,011  100.00%
 *   Broken           3     1,120,577   99.66%
 *                    null      3,794    0.34% !
 * </pre>
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class BucketReadStress {
    private BucketReadStress() {}

    /** SafeMap, a fifth entry. */
    @JCStressTest
    @JCStressMeta(BucketReadStress.class)
    @State
    public static class ActualWidening {
        private final SafeMap<String, Integer> map = Maps.with(4);

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** SafeMap, two of five entries left. */
    @JCStressTest
    @JCStressMeta(BucketReadStress.class)
    @State
    public static class ActualNarrowing {
        private final SafeMap<String, Integer> map = Maps.with(5);

        @Actor
        public void writer() {
            map.remove(Maps.other(0));
            map.remove(Maps.other(1));
            map.remove(Maps.other(2));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }

    /** Takes the bucket out first. */
    @JCStressTest
    @JCStressMeta(BucketReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.with(4);

        @Actor
        public void writer() {
            BrokenTidying.takeOutFirst(Inside.shardsOf(map));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(3));
        }
    }
}
