package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenTrees;
import io.github.safemap.core.engine.Trees;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A compute and a put of the same key of a tree: the function is given what was put, or the put replaces
 * what the function returned.
 *
 * <p>The twin does not ask whether what it has computed from is still there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual   13, 13, 5  197,342   37.93%
 *            15, 3, 15  322,869   62.07%
 *   Broken   13, 13, 5   47,608   11.68%
 *            13, 3, 13      316    0.08% !
 *            15, 3, 15  359,647   88.24%
 *   Control  13, 13, 5  361,455   65.61%
 *            15, 3, 15  189,476   34.39%
 * </pre>
 */
@Outcome(id = "13, 13, 5", expect = ACCEPTABLE, desc = "compute, then put")
@Outcome(id = "15, 3, 15", expect = ACCEPTABLE, desc = "put, then compute")
public final class TreeComputePutStress {
    private static final int KEYS = Trees.NOT_FEW + 1;

    private TreeComputePutStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(TreeComputePutStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(3), 5);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** Does not look again. */
    @JCStressTest
    @JCStressMeta(TreeComputePutStress.class)
    @Outcome(id = "13, 3, .*", expect = ACCEPTABLE_INTERESTING, desc = "both took the first value")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = BrokenTrees.compute(
                    Inside.shardsOf(map),
                    Maps.twin(3),
                    value -> value == null ? Integer.valueOf(1) : Integer.valueOf(10 + (Integer) value));
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(3), 5);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(TreeComputePutStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = Maps.control(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(3), 5);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }
}
