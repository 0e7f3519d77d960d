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
 * A compute and a removal of the same key of a collision tree: the removal gets the function's result, or the
 * function finds nothing.
 *
 * <p>The twin does not check whether the value that it computed from is still there.
 */
@Outcome(id = "13, 13, null", expect = ACCEPTABLE, desc = "compute, then remove")
@Outcome(id = "1, 3, 1", expect = ACCEPTABLE, desc = "remove, then compute")
public final class CollisionTreeComputeRemoveStress {
    private static final int KEYS = 20;

    private CollisionTreeComputeRemoveStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(CollisionTreeComputeRemoveStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

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

    /** SafeMap, the collision tree's only key: the slot of the collision tree dies. */
    @JCStressTest
    @Outcome(id = "10, 10, null", expect = ACCEPTABLE, desc = "compute, then remove")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "remove, then compute")
    @State
    public static class ActualOnly {
        private final SafeMap<String, Integer> map = Maps.collisions(1, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.compute(Maps.twin(0), (key, value) -> value == null ? 1 : 10 + value);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.remove(Maps.twin(0));
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(0));
        }
    }

    /** Stores its result in the collision tree, although the key may have left it by then. */
    @JCStressTest
    @JCStressMeta(CollisionTreeComputeRemoveStress.class)
    @Outcome(id = "13, 3, .*", expect = ACCEPTABLE_INTERESTING, desc = "both took the first value")
    @Outcome(id = "1, 3, null", expect = ACCEPTABLE_INTERESTING, desc = "what was computed is lost")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = (Integer) BrokenCollisionTree.computeUnasked(
                    Inside.of(map),
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
    @JCStressMeta(CollisionTreeComputeRemoveStress.class)
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
