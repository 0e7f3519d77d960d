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
 * A key that is in the map throughout is found while it and others of the same hash, which have become
 * many, move from slots into a tree; and while they, which have become few, move back.
 *
 * <p>The twin's tree can be seen before its values are in it.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualBack  3     520,211  100.00%
 *   ActualInto  3     195,235  100.00%
 *   Broken      3     181,304   99.94%
 *               null      107    0.06% !
 *   Control     3     581,651  100.00%
 * </pre>
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class TreeTurnStress {
    private TreeTurnStress() {}

    /** SafeMap, one key more than slots are good for. */
    @JCStressTest
    @JCStressMeta(TreeTurnStress.class)
    @State
    public static class ActualInto {
        private final SafeMap<String, Integer> map = Maps.almostTree();

        @Actor
        public void writer() {
            map.put(Maps.twin(Trees.ALMOST_MANY), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, one key less than a tree is good for. */
    @JCStressTest
    @JCStressMeta(TreeTurnStress.class)
    @State
    public static class ActualBack {
        private final SafeMap<String, Integer> map = Maps.tree(Trees.NOT_FEW);

        @Actor
        public void writer() {
            map.remove(Maps.twin(0));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** Shows a tree without its values. */
    @JCStressTest
    @JCStressMeta(TreeTurnStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.almostTree();

        @Actor
        public void writer() {
            BrokenTrees.sortUnfilled(Inside.shardsOf(map), Maps.twin(0));
        }

        @Actor
        public void reader(L_Result result) {
            Gap.widen(5); // the other takes longer
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** The JDK's map, in which a ninth key of one hash makes a tree. */
    @JCStressTest
    @JCStressMeta(TreeTurnStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = Maps.control(8);

        @Actor
        public void writer() {
            map.put(Maps.twin(8), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }
}
