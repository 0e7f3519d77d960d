package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenSlots;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * One thread removes a key and inserts another with the same tophash. The other thread gets one of the two
 * keys. It never gets the other key's value, because a slot is used once.
 *
 * <p>The twin puts the second key into the slot of the first. A reader that has compared the first key then
 * reads the second key's value.
 */
public final class SlotReuseStress {
    private static final SlowKey FIRST = new SlowKey(1);
    private static final SlowKey SECOND = new SlowKey(2);

    /** Equal to the keys in the map, but not the same. */
    private static final SlowKey FIRST_COPY = new SlowKey(1);

    private static final SlowKey SECOND_COPY = new SlowKey(2);

    private SlotReuseStress() {}

    private static <M extends ConcurrentMap<SlowKey, Integer>> M filled(M map) {
        map.put(FIRST, 1);
        return map;
    }

    private static void exchange(ConcurrentMap<SlowKey, Integer> map) {
        map.remove(FIRST);
        map.put(SECOND, 2);
    }

    /** The outcomes of a reader of the first key. */
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "before the removal")
    @Outcome(id = "null", expect = ACCEPTABLE, desc = "after the removal")
    static final class GetFirst {}

    /** The outcomes of a reader of the second key. */
    @Outcome(id = "null", expect = ACCEPTABLE, desc = "before the insertion")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "after the insertion")
    static final class GetSecond {}

    /** The outcomes of a reader of the first key, if it comes back with another value. */
    @Outcome(
            id = {"1", "null", "2"},
            expect = ACCEPTABLE,
            desc = "before, between, and after")
    static final class GetBack {}

    /** SafeMap, the removed key. */
    @JCStressTest
    @JCStressMeta(GetFirst.class)
    @State
    public static class Actual {
        private final SafeMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(FIRST_COPY);
        }
    }

    /** SafeMap, the inserted key. */
    @JCStressTest
    @JCStressMeta(GetSecond.class)
    @State
    public static class ActualSecond {
        private final SafeMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(SECOND_COPY);
        }
    }

    /** SafeMap, a key that is removed and inserted again. */
    @JCStressTest
    @JCStressMeta(GetBack.class)
    @State
    public static class ActualBack {
        private final SafeMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            map.remove(FIRST);
            map.put(FIRST, 2);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(FIRST_COPY);
        }
    }

    /** Fills the dead slot. */
    @JCStressTest
    @JCStressMeta(GetFirst.class)
    @Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "another key's value")
    @State
    public static class Broken {
        private final SafeMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            map.remove(FIRST);
            BrokenSlots.putReusing(Inside.of(map), SECOND, 2);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(FIRST_COPY);
        }
    }

    /** The JDK's map, the removed key. */
    @JCStressTest
    @JCStressMeta(GetFirst.class)
    @State
    public static class Control {
        private final ConcurrentMap<SlowKey, Integer> map = filled(new ConcurrentHashMap<>());

        @Actor
        public void writer() {
            exchange(map);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(FIRST_COPY);
        }
    }
}
