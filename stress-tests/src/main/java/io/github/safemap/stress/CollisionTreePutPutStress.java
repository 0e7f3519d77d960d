package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenCollisionTree;
import io.github.safemap.core.engine.BrokenSlots;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads put the same key, and there is a collision tree for its hash code. Each put is one step: for a
 * key in the collision tree, for a new key that gets a slot, and for a new key that creates or enlarges the
 * collision tree. If the threads put two new keys, both are there.
 *
 * <p>The twins return the value that they saw before their claim, or do not check whether a slot was used since
 * they looked.
 */
public final class CollisionTreePutPutStress {
    private static final int KEYS = 20;

    /** This number of keys in slots fills the shard. The next key makes a collision tree of them. */
    private static final int ALMOST_TREE = 28;

    private CollisionTreePutPutStress() {}

    private static SafeMap<String, Integer> almostCollisionTree() {
        return Maps.collisions(Maps.single(), 0, ALMOST_TREE, 32);
    }

    /** The outcomes of two puts of an absent key. */
    @Outcome(id = "null, 1, 2", expect = ACCEPTABLE, desc = "first, then second")
    @Outcome(id = "2, null, 1", expect = ACCEPTABLE, desc = "second, then first")
    static final class New {}

    /** The outcomes of two puts of a key that had the value 3. */
    @Outcome(id = "3, 1, 2", expect = ACCEPTABLE, desc = "first, then second")
    @Outcome(id = "2, 3, 1", expect = ACCEPTABLE, desc = "second, then first")
    static final class Present {}

    /** The outcomes of two puts of two absent keys. */
    @Outcome(id = "null, null, 3", expect = ACCEPTABLE, desc = "both are there")
    static final class Both {}

    private static int present(ConcurrentMap<String, Integer> map, int first, int second) {
        return (map.containsKey(Maps.twin(first)) ? 1 : 0) + (map.containsKey(Maps.twin(second)) ? 2 : 0);
    }

    /** SafeMap, a key that is in the collision tree. */
    @JCStressTest
    @JCStressMeta(Present.class)
    @State
    public static class ActualPresent {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

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
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

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
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

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

    /** SafeMap, a new key that creates a collision tree. */
    @JCStressTest
    @JCStressMeta(New.class)
    @State
    public static class ActualMaking {
        private final SafeMap<String, Integer> map = almostCollisionTree();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(ALMOST_TREE), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(ALMOST_TREE), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(ALMOST_TREE));
        }
    }

    /** SafeMap, two new keys that create a collision tree. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @State
    public static class ActualBothMaking {
        private final SafeMap<String, Integer> map = almostCollisionTree();

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(ALMOST_TREE), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(ALMOST_TREE + 1), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = present(map, ALMOST_TREE, ALMOST_TREE + 1);
        }
    }

    /** SafeMap, two new keys that enlarge the collision tree. */
    @JCStressTest
    @JCStressMeta(Both.class)
    @State
    public static class ActualBothEnlarging {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS + 6), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = map.put(Maps.twin(KEYS + 7), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = present(map, KEYS + 6, KEYS + 7);
        }
    }

    /** Returns the value that it saw before its claim. */
    @JCStressTest
    @JCStressMeta(Present.class)
    @Outcome(id = "3, 3, [12]", expect = ACCEPTABLE_INTERESTING, desc = "both took the first value")
    @State
    public static class BrokenPresent {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = (Integer) BrokenCollisionTree.putUnasked(Inside.of(map), Maps.twin(3), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = (Integer) BrokenCollisionTree.putUnasked(Inside.of(map), Maps.twin(3), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(3));
        }
    }

    /** Does not check whether a slot was used since it looked. */
    @JCStressTest
    @JCStressMeta(New.class)
    @Outcome(id = "null, null, .*", expect = ACCEPTABLE_INTERESTING, desc = "both found none")
    @State
    public static class BrokenNew {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void first(LLL_Result result) {
            result.r1 = (Integer) BrokenSlots.putUnasked(Inside.of(map), Maps.twin(KEYS), 1);
        }

        @Actor
        public void second(LLL_Result result) {
            result.r2 = (Integer) BrokenSlots.putUnasked(Inside.of(map), Maps.twin(KEYS), 2);
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r3 = map.get(Maps.twin(KEYS));
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
