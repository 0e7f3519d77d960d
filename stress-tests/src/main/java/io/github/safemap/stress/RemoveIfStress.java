package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.core.engine.Gap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * {@code entrySet().removeIf} and a put of the same key: the value of the put has not been tested, so it stays.
 *
 * <p>The twin tests a value and then removes its key, whatever value the key has by then.
 */
@Outcome(id = "true, null, 1", expect = ACCEPTABLE, desc = "removed, then put")
@Outcome(id = "false, 0, 1", expect = ACCEPTABLE, desc = "put, then nothing to remove")
public final class RemoveIfStress {
    private RemoveIfStress() {}

    private static boolean removeIfZero(Map<String, Integer> map) {
        boolean removed = false;
        for (Map.Entry<String, Integer> entry : map.entrySet()) {
            if (entry.getValue() == 0) {
                Gap.widen();
                removed |= map.remove(entry.getKey()) != null;
            }
        }
        return removed;
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(RemoveIfStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZLL_Result result) {
            result.r1 = map.entrySet().removeIf(entry -> entry.getValue() == 0);
        }

        @Actor
        public void second(ZLL_Result result) {
            result.r2 = map.put(Maps.KEY, 1);
        }

        @Arbiter
        public void after(ZLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** Tests first and removes later, whatever is there by then. */
    @JCStressTest
    @JCStressMeta(RemoveIfStress.class)
    @Outcome(
            id = {"true, 0, null"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "the new value is removed untested")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZLL_Result result) {
            result.r1 = removeIfZero(map);
        }

        @Actor
        public void second(ZLL_Result result) {
            result.r2 = map.put(Maps.KEY, 1);
        }

        @Arbiter
        public void after(ZLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(RemoveIfStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(ZLL_Result result) {
            result.r1 = map.entrySet().removeIf(entry -> entry.getValue() == 0);
        }

        @Actor
        public void second(ZLL_Result result) {
            result.r2 = map.put(Maps.KEY, 1);
        }

        @Arbiter
        public void after(ZLL_Result result) {
            result.r3 = map.get(Maps.KEY);
        }
    }
}
