package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.core.engine.ShardPolicy;
import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.StaleRow;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A thread finds what it has put, even if another thread has just made the shard's first table for an
 * entry of its own: look-ups begin in a row of buckets that is written after the table.
 *
 * <p>The twin's first row has an empty place for a bucket, which a look-up takes for a miss.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual  1     929,811  100.00%
 *   Broken  1     576,969   78.47%
 *           null  158,282   21.53% !
 * </pre>
 */
@Outcome(id = "1", expect = ACCEPTABLE, desc = "its own entry")
public final class FirstTableStress {
    private FirstTableStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(FirstTableStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        @Actor
        public void first() {
            map.put(Maps.other(0), 0);
        }

        @Actor
        public void second(L_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = map.get(Maps.KEY);
        }
    }

    /** Begins in a row that says "nothing". */
    @JCStressTest
    @JCStressMeta(FirstTableStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "its own entry is missed")
    @State
    public static class Broken {
        private final StaleRow map = new StaleRow(new Shards(new ShardPolicy(0, 0, true, 0, null)));

        @Actor
        public void first() {
            map.put(Maps.other(0), 0);
        }

        @Actor
        public void second(L_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = map.get(Maps.KEY);
        }
    }
}
