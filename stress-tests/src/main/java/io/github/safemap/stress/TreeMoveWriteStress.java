package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenTrees;
import io.github.safemap.core.engine.Gap;
import io.github.safemap.core.engine.Rebuild;
import io.github.safemap.core.engine.Trees;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A key of a tree that is replaced, removed, inserted or computed while the tree moves to another table is
 * neither lost nor doubled: what the write returned, what a look-up finds afterwards, how often an iteration
 * returns the key, and the size agree.
 *
 * <p>The twin moves the tree without claiming its bucket: the next tree, that somebody hangs there meanwhile,
 * is lost.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualComputeGrowing   103, 103, 1, 11    417,811  100.00%
 *   ActualInsertGrowing    null, 100, 1, 12   448,531  100.00%
 *   ActualInsertShrinking  null, 100, 1, 18   367,275  100.00%
 *   ActualInsertTurning    null, 100, 1, 33   147,391  100.00%
 *   ActualRemoveGrowing    3, null, 0, 9      458,771  100.00%
 *   ActualRemoveShrinking  3, null, 0, 16     377,003  100.00%
 *   ActualReplaceGrowing   3, 100, 1, 11      458,771  100.00%
 *   Broken                 null, 100, 1, 11   407,464   99.97%
 *                          null, null, 0, 11      107    0.03% !
 * </pre>
 */
public final class TreeMoveWriteStress {
    private static final int KEYS = Trees.NOT_FEW + 1;

    private TreeMoveWriteStress() {}

    private static void report(SafeMap<String, Integer> map, String key, LLLL_Result result) {
        int times = 0;
        for (String present : map.keySet()) {
            times += present.equals(key) ? 1 : 0;
        }
        result.r2 = map.get(key);
        result.r3 = times;
        result.r4 = map.size();
    }

    /** SafeMap, growth. */
    @JCStressTest
    @Outcome(id = "3, 100, 1, 11", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplaceGrowing {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(3), 100);
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 1);
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** SafeMap, growth. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 12", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertGrowing {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS), 100);
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 1);
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS), result);
        }
    }

    /** SafeMap, growth; the keys may be few by then. */
    @JCStressTest
    @Outcome(id = "3, null, 0, 9", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveGrowing {
        private final SafeMap<String, Integer> map = Maps.tree(Trees.NOT_FEW);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.twin(3));
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 1);
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** SafeMap, growth; the reservation moves too. */
    @JCStressTest
    @Outcome(id = "103, 103, 1, 11", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualComputeGrowing {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 1);
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** SafeMap, growth of slots that become a tree. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 33", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertTurning {
        private final SafeMap<String, Integer> map = Maps.almostTree();

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(Trees.ALMOST_MANY), 100);
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 4);
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(Trees.ALMOST_MANY), result);
        }
    }

    /** SafeMap, to a bucket that other entries come to. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 18", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsertShrinking {
        private final SafeMap<String, Integer> map = Maps.shrinkingTree(KEYS);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS), result);
        }
    }

    /** SafeMap, to a bucket that other entries come to. */
    @JCStressTest
    @Outcome(id = "3, null, 0, 16", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveShrinking {
        private final SafeMap<String, Integer> map = Maps.shrinkingTree(KEYS);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.twin(3));
        }

        @Actor
        public void mover() {
            map.put(Maps.KEY, -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** Moves without a claim. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 11", expect = ACCEPTABLE, desc = "inserted")
    @Outcome(
            id = {"null, null, 0, .*", "null, 100, 2, .*"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "lost, or doubled")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void writer(LLLL_Result result) {
            Gap.widen(5); // the other takes longer
            result.r1 = map.put(Maps.twin(KEYS), 100);
        }

        @Actor
        public void mover() {
            Rebuild.begin(Inside.shardsOf(map), 1);
            BrokenTrees.withoutClaim(Inside.shardsOf(map));
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS), result);
        }
    }
}
