package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenTrees;
import io.github.safemap.core.engine.Gap;
import io.github.safemap.core.engine.Trees;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key of a tree that is in the map throughout is found while growth or shrinking moves the tree.
 *
 * <p>The twin forwards the bucket to the next table before the tree is there.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualGrowth     3     571,411  100.00%
 *   ActualShrinking  3     479,251  100.00%
 *   Broken           3     417,157   99.84%
 *                    null      654    0.16% !
 * </pre>
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class TreeMoveReadStress {
    private static final int KEYS = Trees.NOT_FEW + 1;

    private TreeMoveReadStress() {}

    /** SafeMap, growth. */
    @JCStressTest
    @JCStressMeta(TreeMoveReadStress.class)
    @State
    public static class ActualGrowth {
        private final SafeMap<String, Integer> map = Maps.growingTree(KEYS);

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, to a bucket that other entries come to. */
    @JCStressTest
    @JCStressMeta(TreeMoveReadStress.class)
    @State
    public static class ActualShrinking {
        private final SafeMap<String, Integer> map = Maps.shrinkingTree(KEYS);

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** Forwards first. */
    @JCStressTest
    @JCStressMeta(TreeMoveReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.growingTree(KEYS);

        @Actor
        public void writer() {
            BrokenTrees.forwardFirst(Inside.shardsOf(map));
        }

        @Actor
        public void reader(L_Result result) {
            Gap.widen(5); // the other takes longer
            result.r1 = map.get(Maps.twin(3));
        }
    }
}
