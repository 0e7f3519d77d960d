package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenTrees;
import io.github.safemap.core.engine.Gap;
import io.github.safemap.core.engine.Trees;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key of a tree that is in the map throughout is found while another of the same hash comes or goes.
 *
 * <p>The twin takes the tree away before the next one is there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualInsertion  3     622,611  100.00%
 *   ActualRemoval    3     530,451  100.00%
 *   Broken           3     407,133   99.89%
 *                    null      438    0.11% !
 *   Control          3     591,891  100.00%
 * </pre>
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class TreeReadStress {
    private static final int KEYS = Trees.NOT_FEW + 1;

    private TreeReadStress() {}

    /** SafeMap, one more key. */
    @JCStressTest
    @JCStressMeta(TreeReadStress.class)
    @State
    public static class ActualInsertion {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer() {
            map.put(Maps.twin(KEYS), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, one key less. */
    @JCStressTest
    @JCStressMeta(TreeReadStress.class)
    @State
    public static class ActualRemoval {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer() {
            map.remove(Maps.twin(0));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** Takes the tree away first. */
    @JCStressTest
    @JCStressMeta(TreeReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer() {
            BrokenTrees.takeAwayFirst(Inside.shardsOf(map), Maps.twin(KEYS), -1);
        }

        @Actor
        public void reader(L_Result result) {
            Gap.widen(5); // the other takes longer
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** The JDK's map, which has a tree too. */
    @JCStressTest
    @JCStressMeta(TreeReadStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = Maps.control(KEYS);

        @Actor
        public void writer() {
            map.put(Maps.twin(KEYS), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }
}
