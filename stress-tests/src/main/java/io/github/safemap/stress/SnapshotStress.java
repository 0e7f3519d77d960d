package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Gap;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A snapshot during two successive writes in one shard never has the second without the first. The writes
 * replace values, or add the first entries of the map, or the shard is rebuilt between them.
 *
 * <p>The twin looks up the two keys one after the other.
 */
@Outcome(
        id = {"null, null", "0, 0"},
        expect = ACCEPTABLE,
        desc = "before both")
@Outcome(
        id = {"1, null", "1, 0"},
        expect = ACCEPTABLE,
        desc = "between them")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after both")
public final class SnapshotStress {
    private static final String SECOND = "second";

    private SnapshotStress() {}

    private static void write(Map<String, Integer> map) {
        map.put(Maps.KEY, 1);
        map.put(SECOND, 1);
    }

    private static void tell(Map<String, Integer> copy, LL_Result result) {
        result.r1 = copy.get(Maps.KEY);
        result.r2 = copy.get(SECOND);
    }

    /** Values are replaced. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualReplace {
        private final SafeMap<String, Integer> map = Maps.spacious();

        public ActualReplace() {
            map.put(Maps.KEY, 0);
            map.put(SECOND, 0);
        }

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The first entries of a map. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualFirst {
        private final SafeMap<String, Integer> map = Maps.single();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The first write rebuilds the shard with more slots. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The shard is rebuilt with fewer slots between the two. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer() {
            map.put(Maps.KEY, 1);
            map.trim();
            map.put(SECOND, 1);
        }

        @Actor
        public void reader(LL_Result result) {
            tell(map.snapshot(), result);
        }
    }

    /** The shard is merged with another one between the two. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @State
    public static class ActualMerging {
        private final SafeMap<String, Integer> map = Maps.parted(3, 0);

        @Actor
        public void writer() {
            map.put(Maps.even(5), 1);
            map.trim();
            map.put(Maps.even(7), 1);
        }

        @Actor
        public void reader(LL_Result result) {
            Map<String, Integer> copy = map.snapshot();
            result.r1 = copy.get(Maps.even(5));
            result.r2 = copy.get(Maps.even(7));
        }
    }

    /** Copies one key after the other. */
    @JCStressTest
    @JCStressMeta(SnapshotStress.class)
    @Outcome(id = "null, 1", expect = ACCEPTABLE_INTERESTING, desc = "the second without the first")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = Maps.single();

        @Actor
        public void writer() {
            write(map);
        }

        @Actor
        public void reader(LL_Result result) {
            Map<String, Integer> copy = new HashMap<>();
            copy.put(Maps.KEY, map.get(Maps.KEY));
            for (int i = 0; i < 20; i++) { // time for two writes
                Gap.widen();
            }
            copy.put(SECOND, map.get(SECOND));
            tell(copy, result);
        }
    }
}
