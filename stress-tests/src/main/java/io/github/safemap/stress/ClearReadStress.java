package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenDirectory;
import io.github.safemap.core.engine.Gap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A reader during a clear and a put after it sees the map before, between and after these, in that order.
 *
 * <p>One twin's clear installs a new map and then goes back to the old one for a moment. The other twin clears
 * one shard after the other.
 */
@Outcome(
        id = {"1, 1", "null, null", "2, 2"},
        expect = ACCEPTABLE,
        desc = "at one time")
@Outcome(
        id = {"1, null", "1, 2", "null, 2"},
        expect = ACCEPTABLE,
        desc = "as time goes by")
public final class ClearReadStress {
    private ClearReadStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void writer() {
            map.clear();
            map.put(Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** Clears, and then goes back to the old map for a moment. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @Outcome(id = "null, 1", expect = ACCEPTABLE_INTERESTING, desc = "what was cleared came back")
    @State
    public static class Broken {
        private volatile ConcurrentMap<String, Integer> map = Maps.single();

        public Broken() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void writer() {
            ConcurrentMap<String, Integer> old = map;
            map = Maps.single();
            Gap.widen(4);
            map = old;
            Gap.widen(4);
            old.clear();
            old.put(Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            Gap.widen(2);
            result.r1 = map.get(Maps.KEY);
            Gap.widen(4);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** SafeMap with two shards, read in the opposite order of the twin's clear. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @State
    public static class ActualShards {
        private final SafeMap<String, Integer> map = Maps.parted(2, 2);

        @Actor
        public void writer() {
            map.clear();
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.odd(1));
            result.r2 = map.get(Maps.even(1));
        }
    }

    /** Clears one shard after the other. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @Outcome(id = "null, 1", expect = ACCEPTABLE_INTERESTING, desc = "cleared in part")
    @State
    public static class BrokenShards {
        private final SafeMap<String, Integer> map = Maps.parted(2, 2);

        @Actor
        public void writer() {
            BrokenDirectory.clearOneByOne(Inside.of(map));
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.odd(1));
            result.r2 = map.get(Maps.even(1));
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ClearReadStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void writer() {
            map.clear();
            map.put(Maps.KEY, 2);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }
}
