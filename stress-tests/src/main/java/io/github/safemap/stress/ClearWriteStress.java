package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.core.engine.Gap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A clear is one step between the writes of another thread. If the first of two puts comes after it, so does
 * the second, and the size agrees with the entries.
 *
 * <p>The twin is ConcurrentHashMap, which does not promise that. Its clear goes from bin to bin, and removes
 * the second key after it has passed the bin of the first.
 */
@Outcome(id = "null, null, 0", expect = ACCEPTABLE, desc = "clear last")
@Outcome(id = "null, 2, 1", expect = ACCEPTABLE, desc = "clear between")
@Outcome(id = "1, 2, 2", expect = ACCEPTABLE, desc = "clear first")
public final class ClearWriteStress {
    private ClearWriteStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ClearWriteStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<Integer, Integer> map = Maps.single();

        @Actor
        public void writer() {
            map.put(0, 1);
            map.put(1000, 2);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(0);
            result.r2 = map.get(1000);
            result.r3 = map.size();
        }
    }

    /** SafeMap; the writer finds both keys. */
    @JCStressTest
    @JCStressMeta(ClearWriteStress.class)
    @State
    public static class ActualReplacing {
        private final ConcurrentMap<Integer, Integer> map = Maps.single();

        public ActualReplacing() {
            map.put(0, 0);
            map.put(1000, 0);
        }

        @Actor
        public void writer() {
            map.put(0, 1);
            map.put(1000, 2);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(0);
            result.r2 = map.get(1000);
            result.r3 = map.size();
        }
    }

    /** Clears bin by bin. */
    @JCStressTest
    @JCStressMeta(ClearWriteStress.class)
    @Outcome(
            id = "1, null, 1",
            expect = ACCEPTABLE_INTERESTING,
            desc = "the first put after the clear, the second before")
    @State
    public static class Broken {
        private final ConcurrentMap<Integer, Integer> map = new ConcurrentHashMap<>(1024);

        public Broken() {
            map.put(500, 0); // creates the bins
        }

        @Actor
        public void writer() {
            Gap.widen(); // about until the clear is in the middle of its bins
            map.put(0, 1);
            map.put(1000, 2);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(0);
            result.r2 = map.get(1000);
            result.r3 = map.size();
        }
    }
}
