package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

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
 * A compute and two reads of the same key. A read finds the value before or the value after, even while the
 * function runs. The second read finds nothing older than the first.
 *
 * <p>The twin removes the entry, computes, and puts the result in: a read finds nothing meanwhile.
 */
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "both before")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "one before, one after")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both after")
public final class ComputeReadStress {
    private ComputeReadStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ComputeReadStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        public Actual() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LL_Result result) {
            map.compute(Maps.KEY, (key, value) -> 1 + value);
        }

        @Actor
        public void second(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** Removes the entry while its function runs. */
    @JCStressTest
    @JCStressMeta(ComputeReadStress.class)
    @Outcome(
            id = {"null, .*", ".*, null"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "nothing there while the function runs")
    @State
    public static class Broken {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Broken() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LL_Result result) {
            Integer value = map.remove(Maps.KEY);
            Gap.widen();
            map.put(Maps.KEY, 1 + value);
        }

        @Actor
        public void second(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(ComputeReadStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            map.put(Maps.KEY, 0);
        }

        @Actor
        public void first(LL_Result result) {
            map.compute(Maps.KEY, (key, value) -> 1 + value);
        }

        @Actor
        public void second(LL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.KEY);
        }
    }
}
