package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenCollisionTree;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads remove keys of a collision tree. One key is removed once, and two keys are both removed. Each
 * thread builds a tree without its key before it claims the shard. It stores the new tree only if the tree that
 * it copied is still there.
 *
 * <p>The twin does not check that, so it puts the other's key back.
 */
public final class CollisionTreeRemoveStress {
    private static final int KEYS = 20;

    private CollisionTreeRemoveStress() {}

    /** The outcomes of two removals of one key. */
    @Outcome(id = "3, null, -1", expect = ACCEPTABLE, desc = "first removed it")
    @Outcome(id = "null, 3, -1", expect = ACCEPTABLE, desc = "second removed it")
    static final class Same {}

    /** The outcomes of the removals of two keys. */
    @Outcome(id = "3, 4, -2", expect = ACCEPTABLE, desc = "both have gone")
    static final class Both {}

    /** Returns the number of wrong keys that an iteration finds, minus the number that it misses. */
    private static int added(ConcurrentMap<String, Integer> map) {
        int keys = 0;
        for (String ignored : map.keySet()) {
            keys++;
        }
        return keys - KEYS;
    }

    /** SafeMap, one key. */
    @JCStressTest
    @JCStressMeta(Same.class)
    @State
    public static class ActualSame {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.remove(Maps.twin(3));
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(3));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = added(map);
        }
    }

    /** SafeMap, two keys. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @State
    public static class ActualBoth {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.remove(Maps.twin(3));
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(4));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = added(map);
        }
    }

    /** Stores its tree although another tree has replaced the copied one. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @Outcome(id = "3, 4, -1", expect = ACCEPTABLE_INTERESTING, desc = "one is back")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = (Integer) BrokenCollisionTree.removeUnasked(Inside.of(map), Maps.twin(3));
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = (Integer) BrokenCollisionTree.removeUnasked(Inside.of(map), Maps.twin(4));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = added(map);
        }
    }

    /** The JDK's map, two keys. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = Maps.control(KEYS);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.remove(Maps.twin(3));
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(4));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = added(map);
        }
    }
}
