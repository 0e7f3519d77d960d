package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.NaiveWalk;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An iteration returns a key that is in the map throughout exactly once, while another thread's write rebuilds,
 * splits or merges its shard. It returns a key that is removed and put back at most once. The outcome is the
 * number of missed keys and the number of keys that came twice.
 *
 * <p>One twin goes along the slots of the shard that is in the place at each step, by their index. The other
 * reads slots and collision trees one after the other.
 */
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "each key once")
public final class IterationStress {
    private IterationStress() {}

    /** Counts how often each key comes that is there throughout. */
    private static final class Times {
        private final Map<Object, Integer> times = new HashMap<>();

        /** Begins with the keys that a map has. */
        Times(Map<String, Integer> map) {
            map.forEach((key, value) -> times.put(key, 0));
        }

        void add(Object key) {
            times.computeIfPresent(key, (present, count) -> count + 1);
        }

        void report(II_Result result) {
            for (int count : times.values()) {
                result.r1 += count == 0 ? 1 : 0;
                result.r2 += count > 1 ? 1 : 0;
            }
        }
    }

    /** SafeMap, a larger shard. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.full();
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, a smaller shard. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.trim();
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, two halves. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualSplitting {
        private final SafeMap<String, Integer> map = Maps.contended();
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.put(Maps.even(0), 0);
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, two shards to one. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualMerging {
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.trim();
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, and a key that is removed and put back into a later slot. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "missed, as it was away")
    @State
    public static class ActualBack {
        private final SafeMap<String, Integer> map = Maps.with(4);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.remove(Maps.other(2));
            map.put(Maps.other(2), -1);
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, and a key that is removed and put back into a new shard. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "missed, as it was away")
    @State
    public static class ActualBackRebuilt {
        private final SafeMap<String, Integer> map = Maps.full();
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.remove(Maps.other(2));
            map.put(Maps.other(2), -1);
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, and a key that moves from a collision tree to a slot of its own. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualCollisionTree {
        private final SafeMap<String, Integer> map = Maps.collisions(6, 0);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.compute(Maps.twin(3), (key, value) -> value);
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** SafeMap, and keys that move from slots into a collision tree. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @State
    public static class ActualLargerCollisionTree {
        private final SafeMap<String, Integer> map = Maps.collisions(3, 6);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.put(Maps.twin(9), 9);
        }

        @Actor
        public void iterator(II_Result result) {
            map.keySet().forEach(times::add);
            times.report(result);
        }
    }

    /** Goes along the slots, a larger shard. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(
            id = {"0, [1-9]", "[1-9], [0-9]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "keys were missed or came twice")
    @State
    public static class BrokenGrowing {
        private final SafeMap<String, Integer> map = Maps.full();
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void iterator(II_Result result) {
            NaiveWalk.keys(Inside.of(map), times::add);
            times.report(result);
        }
    }

    /** Goes along the slots, two halves. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(
            id = {"0, [1-9]", "[1-9], [0-9]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "keys were missed or came twice")
    @State
    public static class BrokenSplitting {
        private final SafeMap<String, Integer> map = Maps.contended();
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.put(Maps.even(0), 0);
        }

        @Actor
        public void iterator(II_Result result) {
            NaiveWalk.keys(Inside.of(map), times::add);
            times.report(result);
        }
    }

    /** Goes along the slots, two shards to one. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(
            id = {"0, [1-9]", "[1-9], [0-9]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "keys were missed or came twice")
    @State
    public static class BrokenMerging {
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.trim();
        }

        @Actor
        public void iterator(II_Result result) {
            NaiveWalk.keys(Inside.of(map), times::add);
            times.report(result);
        }
    }

    /** Goes along the slots, and meets the key in its old slot and in its new one. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "missed, as it was away")
    @Outcome(id = "0, 1", expect = ACCEPTABLE_INTERESTING, desc = "came twice")
    @State
    public static class BrokenBack {
        private final SafeMap<String, Integer> map = Maps.with(4);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.remove(Maps.other(2));
            map.put(Maps.other(2), -1);
        }

        @Actor
        public void iterator(II_Result result) {
            NaiveWalk.keys(Inside.of(map), times::add);
            times.report(result);
        }
    }

    /** Reads the keys in slots, and then those in the collision tree. */
    @JCStressTest
    @JCStressMeta(IterationStress.class)
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "met in neither or in both")
    @State
    public static class BrokenCollisionTree {
        private final SafeMap<String, Integer> map = Maps.collisions(6, 0);
        private final Times times = new Times(map);

        @Actor
        public void writer() {
            map.compute(Maps.twin(3), (key, value) -> value);
        }

        @Actor
        public void iterator(II_Result result) {
            NaiveWalk.treeKeys(Inside.of(map), times::add);
            times.report(result);
        }
    }
}
