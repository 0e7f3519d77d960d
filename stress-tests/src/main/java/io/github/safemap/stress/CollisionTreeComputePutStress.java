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
 * A compute and a put of the same key of a collision tree: the function gets the value that was put, or the put
 * replaces the function's result.
 *
 * <p>The twin does not check whether the value that it computed from is still there.
 */
@Outcome(id = "13, 13, 5", expect = ACCEPTABLE, desc = "compute, then put")
@Outcome(id = "15, 3, 15", expect = ACCEPTABLE, desc = "put, then compute")
public final class CollisionTreeComputePutStress {
    private static final int KEYS = 20;

    private CollisionTreeComputePutStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(CollisionTreeComputePutStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

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

    /** Stores its result in the collision tree, although the key may have another value by then. */
    @JCStressTest
    @JCStressMeta(CollisionTreeComputePutStress.class)
    @Outcome(id = "13, 3, .*", expect = ACCEPTABLE_INTERESTING, desc = "both took the first value")
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
            result.r2 = map.put(Maps.twin(3), 5);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(CollisionTreeComputePutStress.class)
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
