package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenCollisionTree;
import io.github.safemap.core.engine.Gap;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A rebuild enlarges a collision tree. Meanwhile another thread replaces, removes or computes a key of the
 * tree, or a key in a slot that moves into the tree. The result of the write, a later look-up, an iteration or a
 * snapshot, and the size agree on the key.
 *
 * <p>The twins claim nothing, or do not check whether a key has been removed or reserved since they read it.
 */
public final class CollisionTreeWriteStress {
    private static final int KEYS = 20;

    /** About as many operations as the other thread needs to read the keys. */
    private static final int READING = 8;

    private CollisionTreeWriteStress() {}

    private static int times(Map<String, Integer> map, String key) {
        int times = 0;
        for (String present : map.keySet()) {
            times += present.equals(key) ? 1 : 0;
        }
        return times;
    }

    private static void report(SafeMap<String, Integer> map, String key, LLLL_Result result) {
        result.r2 = map.get(key);
        result.r3 = times(map, key);
        result.r4 = map.size() - KEYS;
    }

    /** A snapshot has even a key that the collision tree has without a value. An iteration does not return it. */
    private static void reportWithSnapshot(SafeMap<String, Integer> map, String key, LLLL_Result result) {
        report(map, key, result);
        result.r3 = times(map.snapshot(), key);
    }

    /** SafeMap, a key of the collision tree. */
    @JCStressTest
    @Outcome(id = "3, 100, 1, 7", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplace {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(3), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** SafeMap, a key of the collision tree. */
    @JCStressTest
    @Outcome(id = "3, null, 0, 6", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemove {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.twin(3));
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** SafeMap, a key of the collision tree. */
    @JCStressTest
    @Outcome(id = "103, 103, 1, 7", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualCompute {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.twin(3), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** SafeMap, a key that moves into the collision tree. */
    @JCStressTest
    @Outcome(id = "23, 100, 1, 7", expect = ACCEPTABLE, desc = "replaced")
    @State
    public static class ActualReplaceJoining {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS + 3), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS + 3), result);
        }
    }

    /** SafeMap, a key that moves into the collision tree. */
    @JCStressTest
    @Outcome(id = "23, null, 0, 6", expect = ACCEPTABLE, desc = "removed")
    @State
    public static class ActualRemoveJoining {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.remove(Maps.twin(KEYS + 3));
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            reportWithSnapshot(map, Maps.twin(KEYS + 3), result);
        }
    }

    /** SafeMap, a key that moves into the collision tree, unless it is reserved. */
    @JCStressTest
    @Outcome(id = "123, 123, 1, 7", expect = ACCEPTABLE, desc = "computed")
    @State
    public static class ActualComputeJoining {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.compute(Maps.twin(KEYS + 3), (key, value) -> value + 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS + 3), result);
        }
    }

    /** SafeMap, another new key. */
    @JCStressTest
    @Outcome(id = "null, 100, 1, 8", expect = ACCEPTABLE, desc = "inserted")
    @State
    public static class ActualInsert {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS + 7), 100);
        }

        @Actor
        public void mover() {
            map.put(Maps.twin(KEYS + 6), -1);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS + 7), result);
        }
    }

    /** Claims nothing. */
    @JCStressTest
    @Outcome(id = "23, 100, 1, 6", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(id = "23, 23, 1, 6", expect = ACCEPTABLE_INTERESTING, desc = "lost")
    @State
    public static class BrokenClaim {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);

        @Actor
        public void writer(LLLL_Result result) {
            result.r1 = map.put(Maps.twin(KEYS + 3), 100);
        }

        @Actor
        public void mover() {
            BrokenCollisionTree.enlargeUnclaimed(Inside.of(map), Maps.twin(0));
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS + 3), result);
        }
    }

    /** Does not check whether the collision tree has lost a key. */
    @JCStressTest
    @Outcome(id = "3, null, 0, 5", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "3, 3, 1, 5", expect = ACCEPTABLE_INTERESTING, desc = "back again")
    @State
    public static class BrokenCheck {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);
        private volatile boolean written;

        @Actor
        public void writer(LLLL_Result result) {
            Gap.widen(READING);
            result.r1 = map.remove(Maps.twin(3));
            written = true;
        }

        @Actor
        public void mover() {
            BrokenCollisionTree.enlargeUnasked(Inside.of(map), Maps.twin(0), () -> written);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(3), result);
        }
    }

    /** Does not check whether a slot has died. */
    @JCStressTest
    @Outcome(id = "23, null, 0, 5", expect = ACCEPTABLE, desc = "removed")
    @Outcome(id = "23, null, 1, 5", expect = ACCEPTABLE_INTERESTING, desc = "back again, without a value")
    @State
    public static class BrokenSlotCheck {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);
        private volatile boolean written;

        @Actor
        public void writer(LLLL_Result result) {
            Gap.widen(READING);
            result.r1 = map.remove(Maps.twin(KEYS + 3));
            written = true;
        }

        @Actor
        public void mover() {
            BrokenCollisionTree.enlargeUnasked(Inside.of(map), Maps.twin(0), () -> written);
        }

        @Arbiter
        public void after(LLLL_Result result) {
            reportWithSnapshot(map, Maps.twin(KEYS + 3), result);
        }
    }

    /** Does not check whether a key has been reserved. */
    @JCStressTest
    @Outcome(id = "123, 123, 1, 6", expect = ACCEPTABLE, desc = "computed")
    @Outcome(id = "123, 23, 1, 6", expect = ACCEPTABLE_INTERESTING, desc = "lost")
    @State
    public static class BrokenReservationCheck {
        private final SafeMap<String, Integer> map = Maps.collisions(KEYS, 6);
        private volatile boolean written;
        private volatile boolean moved;

        @Actor
        public void writer(LLLL_Result result) {
            Gap.widen(READING);
            result.r1 = map.compute(Maps.twin(KEYS + 3), (key, value) -> {
                written = true;
                Gap.await(() -> moved);
                return value + 100;
            });
        }

        @Actor
        public void mover() {
            BrokenCollisionTree.enlargeUnasked(Inside.of(map), Maps.twin(0), () -> written);
            moved = true;
        }

        @Arbiter
        public void after(LLLL_Result result) {
            report(map, Maps.twin(KEYS + 3), result);
        }
    }
}
