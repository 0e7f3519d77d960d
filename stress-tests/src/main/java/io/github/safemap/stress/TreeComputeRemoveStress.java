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
 * A compute and a removal of the same key of a tree: the removal takes what the function left, or the
 * function finds nothing.
 *
 * <p>The twin does not ask whether what it has computed from is still there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   Actual      1, 3, 1        30,410    5.73%
 *               13, 13, null  500,041   94.27%
 *   ActualBack  1, 3, 1        86,782   18.92%
 *               13, 13, null  371,989   81.08%
 *   Broken      1, 3, 1       356,557   85.34%
 *               1, 3, null         27   &lt;0.01% !
 *               13, 13, null   60,789   14.55%
 *               13, 3, null       438    0.10% !
 *   Control     1, 3, 1       199,493   39.12%
 *               13, 13, null  310,478   60.88%
 * </pre>
 */
@Outcome(id = "13, 13, null", expect = ACCEPTABLE, desc = "compute, then remove")
@Outcome(id = "1, 3, 1", expect = ACCEPTABLE, desc = "remove, then compute")
public final class TreeComputeRemoveStress {
    private static final int KEYS = Trees.NOT_FEW + 1;

    private TreeComputeRemoveStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(TreeComputeRemoveStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(3));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, where the removal takes the keys back into slots. */
    @JCStressTest
    @JCStressMeta(TreeComputeRemoveStress.class)
    @State
    public static class ActualBack {
        private final SafeMap<String, Integer> map = Maps.tree(Trees.NOT_FEW);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(3));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** Does not look again. */
    @JCStressTest
    @JCStressMeta(TreeComputeRemoveStress.class)
    @Outcome(id = "13, 3, .*", expect = ACCEPTABLE_INTERESTING, desc = "both took the first value")
    @Outcome(id = "1, 3, null", expect = ACCEPTABLE_INTERESTING, desc = "what was computed is lost")
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
            result.r2 = map.remove(Maps.twin(3));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(TreeComputeRemoveStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = Maps.control(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(3));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }
}
