package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Each of two threads puts a key and then gets the other's key. In a variant, one puts a key and then reads a
 * volatile field, and the other writes the field and then gets the key. At least one of them must see what the
 * other wrote: a read must not run ahead of the put before it.
 *
 * <p>The twin gives the shard back by a release store, as an early version of SafeMap did: both reads run
 * ahead.
 */
@Outcome(
        id = {"1, 0", "0, 1", "1, 1"},
        expect = ACCEPTABLE,
        desc = "as if one operation came after the other")
public final class StoreBufferingStress {
    private static final String A = Maps.even(0);
    private static final String B = Maps.odd(0);

    private StoreBufferingStress() {}

    /**
     * Returns a map with the two keys in two shards. In one shard, the later claim would see what the earlier
     * one stored.
     */
    private static SafeMap<String, Integer> twoKeys() {
        return Maps.parted(4, 4);
    }

    /** SafeMap, a value replaced in place. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "each get ran ahead of the put before it")
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = twoKeys();

        @Actor
        public void first(LL_Result result) {
            map.put(A, 1);
            result.r1 = map.get(B);
        }

        @Actor
        public void second(LL_Result result) {
            map.put(B, 1);
            result.r2 = map.get(A);
        }
    }

    /** SafeMap and a user's flag: register, then check whether it is already closed. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(
            id = "0, 0",
            expect = FORBIDDEN,
            desc = "neither sees the other: registered, and not told that it is closed")
    @State
    public static class ActualFlag {
        private final ConcurrentMap<String, Integer> map = Maps.with(1);
        private volatile int closed;

        @Actor
        public void first(LL_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = closed;
        }

        @Actor
        public void second(LL_Result result) {
            closed = 1;
            result.r2 = map.getOrDefault(Maps.KEY, 0);
        }
    }

    /** SafeMap, a value removed. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "each get ran ahead of the removal before it")
    @State
    public static class ActualRemove {
        private final ConcurrentMap<String, Integer> map = twoKeys();

        @Actor
        public void first(LL_Result result) {
            map.remove(A);
            result.r1 = map.containsKey(B) ? 0 : 1;
        }

        @Actor
        public void second(LL_Result result) {
            map.remove(B);
            result.r2 = map.containsKey(A) ? 0 : 1;
        }
    }

    /** SafeMap, a value computed. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "each get ran ahead of the function before it")
    @State
    public static class ActualMerge {
        private final ConcurrentMap<String, Integer> map = twoKeys();

        @Actor
        public void first(LL_Result result) {
            map.merge(A, 1, Integer::sum);
            result.r1 = map.get(B);
        }

        @Actor
        public void second(LL_Result result) {
            map.merge(B, 1, Integer::sum);
            result.r2 = map.get(A);
        }
    }

    /** SafeMap, a put that rebuilds its shard, and a clear. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(id = "0, 0", expect = FORBIDDEN, desc = "each get ran ahead of the write before it")
    @State
    public static class ActualRebuild {
        private final ConcurrentMap<String, Integer> full = Maps.full();
        private final ConcurrentMap<String, Integer> cleared = Maps.full();

        @Actor
        public void first(LL_Result result) {
            full.put(Maps.KEY, 1);
            result.r1 = cleared.containsKey(Maps.other(0)) ? 0 : 1;
        }

        @Actor
        public void second(LL_Result result) {
            cleared.clear();
            result.r2 = full.getOrDefault(Maps.KEY, 0);
        }
    }

    /** Gives the shard back by a release store. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "each get ran ahead of the put before it")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = twoKeys();

        @Actor
        public void first(LL_Result result) {
            BrokenSlots.replaceReleasing(Inside.of(map), A, 1);
            result.r1 = map.get(B);
        }

        @Actor
        public void second(LL_Result result) {
            BrokenSlots.replaceReleasing(Inside.of(map), B, 1);
            result.r2 = map.get(A);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put("a", 0);
            map.put("b", 0);
        }

        @Actor
        public void first(LL_Result result) {
            map.put("a", 1);
            result.r1 = map.get("b");
        }

        @Actor
        public void second(LL_Result result) {
            map.put("b", 1);
            result.r2 = map.get("a");
        }
    }

    /** The JDK's map and a user's flag. */
    @JCStressTest
    @JCStressMeta(StoreBufferingStress.class)
    @State
    public static class ControlFlag {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();
        private volatile int closed;

        @Actor
        public void first(LL_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = closed;
        }

        @Actor
        public void second(LL_Result result) {
            closed = 1;
            result.r2 = map.getOrDefault(Maps.KEY, 0);
        }
    }
}
