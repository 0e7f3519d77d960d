package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenDirectory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A rebuild during a clear: cleared entries do not come back with the new shard.
 *
 * <p>The twin puts its new shard into the directory, whatever is there by then.
 */
@Outcome(id = "1, null, 1", expect = ACCEPTABLE, desc = "cleared, then put")
@Outcome(id = "null, null, 0", expect = ACCEPTABLE, desc = "put, then cleared")
public final class ClearRebuildStress {
    private ClearRebuildStress() {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ClearRebuildStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer() {
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(2));
            result.r3 = map.size();
        }
    }

    /** SafeMap, a rebuild to fewer slots and then a put. */
    @JCStressTest
    @JCStressMeta(ClearRebuildStress.class)
    @State
    public static class ActualTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer() {
            map.trim();
            map.put(Maps.KEY, 1);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(2));
            result.r3 = map.size();
        }
    }

    /** SafeMap; the rebuild makes room for a reservation. */
    @JCStressTest
    @JCStressMeta(ClearRebuildStress.class)
    @State
    public static class ActualComputing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer() {
            map.computeIfAbsent(Maps.KEY, key -> 1);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(2));
            result.r3 = map.size();
        }
    }

    /** Does not check what is in the directory. */
    @JCStressTest
    @JCStressMeta(ClearRebuildStress.class)
    @Outcome(id = "1, 2, .*", expect = ACCEPTABLE_INTERESTING, desc = "what was cleared is back")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer() {
            BrokenDirectory.swapUnasked(Inside.of(map), Maps.KEY, 1);
        }

        @Actor
        public void clearer() {
            map.clear();
        }

        @Arbiter
        public void after(LLL_Result result) {
            result.r1 = map.get(Maps.KEY);
            result.r2 = map.get(Maps.other(2));
            result.r3 = map.size();
        }
    }
}
