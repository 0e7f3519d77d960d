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
 * Two threads put the same key, whose hash has a tree: each put is one step, whether the key is new or not,
 * or is the one that makes a tree of slots. If they put two new keys, both are there.
 *
 * <p>The twins make the next tree of one that has been exchanged since.
 *
 * <p>Seen on Linux x86_64 with 2 cores, JDK 25.0.3, C2 (run.sh short);
 * an exclamation mark is an outcome that is not acceptable of a map, or not promised:
 *
 * <pre>
 *   ActualBoth         null, null, 3  489,491  100.00%
 *   ActualBothTurning  null, null, 3  201,151  100.00%
 *   ActualNew          2, null, 1     302,807   60.59%
 *                      null, 1, 2     196,924   39.41%
 *   ActualPresent      2, 3, 1        235,553   41.22%
 *                      3, 1, 2        335,858   58.78%
 *   ActualTurning      2, null, 1      96,972   46.38%
 *                      null, 1, 2     112,087   53.62%
 *   BrokenBoth         null, null, 1   23,183    5.55% !
 *                      null, null, 2   31,680    7.58% !
 *                      null, null, 3  362,948   86.87%
 *   BrokenNew          2, null, 1      59,733   14.66%
 *                      null, 1, 2     276,074   67.74%
 *                      null, null, 1   35,874    8.80% !
 *                      null, null, 2   35,890    8.81% !
 *   Control            2, null, 1     163,686   29.71%
 *                      null, 1, 2     387,245   70.29%
 * </pre>
 */
public final class TreePutPutStress {
    private static final int KEYS = Trees.NOT_FEW + 1;

    private TreePutPutStress() {}

    /** The outcomes of two puts of a key that was not there. */
    @Outcome(id = "null, 1, 2", expect = ACCEPTABLE, desc = "first, then second")
    @Outcome(id = "2, null, 1", expect = ACCEPTABLE, desc = "second, then first")
    static final class New {}

    /** The outcomes of two puts of a key that had the value 3. */
    @Outcome(id = "3, 1, 2", expect = ACCEPTABLE, desc = "first, then second")
    @Outcome(id = "2, 3, 1", expect = ACCEPTABLE, desc = "second, then first")
    static final class Present {}

    /** The outcomes of two puts of two keys that were not there. */
    @Outcome(id = "null, null, 3", expect = ACCEPTABLE, desc = "both are there")
    static final class Both {}

    private static int present(ConcurrentMap<String, Integer> map, int first, int second) {
        return (map.containsKey(Maps.twin(first)) ? 1 : 0) + (map.containsKey(Maps.twin(second)) ? 2 : 0);
    }

    /** SafeMap, a key that is there. */
    @JCStressTest
    @JCStressMeta(Present.class)
    @State
    public static class ActualPresent {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(3), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(3), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, a new key. */
    @JCStressTest
    @JCStressMeta(New.class)
    @State
    public static class ActualNew {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(KEYS), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(KEYS));
        }
    }

    /** SafeMap, two new keys. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @State
    public static class ActualBoth {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(KEYS + 1), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = present(map, KEYS, KEYS + 1);
        }
    }

    /** SafeMap, a new key that makes a tree. */
    @JCStressTest
    @JCStressMeta(New.class)
    @State
    public static class ActualTurning {
        private final SafeMap<String, Integer> map = Maps.almostTree();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(Trees.ALMOST_MANY), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(Trees.ALMOST_MANY), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(Trees.ALMOST_MANY));
        }
    }

    /** SafeMap, two new keys that make a tree. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @State
    public static class ActualBothTurning {
        private final SafeMap<String, Integer> map = Maps.almostTree();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(Trees.ALMOST_MANY), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(Trees.ALMOST_MANY + 1), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = present(map, Trees.ALMOST_MANY, Trees.ALMOST_MANY + 1);
        }
    }

    /** Does not look again, a new key. */
    @JCStressTest
    @JCStressMeta(New.class)
    @Outcome(id = "null, null, .*", expect = ACCEPTABLE_INTERESTING, desc = "both found none")
    @State
    public static class BrokenNew {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = BrokenTrees.put(Inside.shardsOf(map), Maps.twin(KEYS), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = BrokenTrees.put(Inside.shardsOf(map), Maps.twin(KEYS), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(KEYS));
        }
    }

    /** Does not look again, two new keys. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @Outcome(id = "null, null, [12]", expect = ACCEPTABLE_INTERESTING, desc = "one is lost")
    @State
    public static class BrokenBoth {
        private final SafeMap<String, Integer> map = Maps.tree(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = BrokenTrees.put(Inside.shardsOf(map), Maps.twin(KEYS), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = BrokenTrees.put(Inside.shardsOf(map), Maps.twin(KEYS + 1), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = present(map, KEYS, KEYS + 1);
        }
    }

    /** The JDK's map, a new key. */
    @JCStressTest
    @JCStressMeta(New.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = Maps.control(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(KEYS), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(KEYS));
        }
    }
}
