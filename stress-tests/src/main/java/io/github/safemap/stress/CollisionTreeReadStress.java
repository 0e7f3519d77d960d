package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenCollisionTree;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key of a collision tree that is in the map throughout is always found: while another key of the same hash
 * code comes or goes, while the collision tree is created or enlarged, and while the key itself moves to a slot
 * because it is computed. A reader of a replaced shard finds it too.
 *
 * <p>One twin takes the key out of the collision tree before it is in its slot. The other gives a new shard the
 * collision tree object of the old one, so the key leaves both.
 */
@Outcome(id = "3", expect = ACCEPTABLE, desc = "found")
public final class CollisionTreeReadStress {
    private static final int KEYS = 20;

    private CollisionTreeReadStress() {}

    /** SafeMap, one more key. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualInsertion {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

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
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualRemoval {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void writer() {
            map.remove(Maps.twin(0));
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap; the keys in slots move into the collision tree. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualEnlarging {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, a key that moves from its slot into the collision tree. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualJoining {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(KEYS + 3)) - KEYS;
        }
    }

    /** SafeMap; keys in slots become a collision tree. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualMaking {
        private final SafeMap<String, Integer> map = Maps.collisions(Maps.single(), 0, 28, 32);

        @Actor
        public void writer() {
            map.put(Maps.twin(28), -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, a computed key, which moves from the collision tree to a slot of its own. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualReserving {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void writer() {
            map.compute(Maps.twin(3), (key, value) -> value);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** SafeMap, the same after a rebuild. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @State
    public static class ActualRebuiltReserving {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
            map.compute(Maps.twin(3), (key, value) -> value);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** Takes the key out of the collision tree first. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class BrokenReserving {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 0);

        @Actor
        public void writer() {
            BrokenCollisionTree.computeTakingFirst(Inside.of(map), Maps.twin(3), value -> value);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** Rebuilds the shard to one that shares the collision tree. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class BrokenRebuilt {
        private final SafeMap<String, Integer> map = Maps.collisions(Maps.single(), KEYS, 0, 8);

        @Actor
        public void writer() {
            BrokenCollisionTree.rebuildSharing(Inside.of(map));
            map.compute(Maps.twin(3), (key, value) -> value);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.twin(3));
        }
    }

    /** The JDK's map. It has a tree too. */
    @JCStressTest
    @JCStressMeta(CollisionTreeReadStress.class)
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
