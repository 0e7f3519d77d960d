package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenRebuild;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A key that is in the map throughout is always found while its shard is rebuilt, split, or merged with
 * another.
 *
 * <p>The twins store the new shards in the directory before the entries are there.
 */
@Outcome(id = "2", expect = ACCEPTABLE, desc = "found")
public final class RebuildReadStress {
    private RebuildReadStress() {}

    /** SafeMap, a larger shard. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @State
    public static class ActualGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer() {
            map.put(Maps.KEY, -1);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(2));
        }
    }

    /** SafeMap, a smaller shard. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @State
    public static class ActualTrimming {
        private final SafeMap<String, Integer> map = Maps.spacious();

        @Actor
        public void writer() {
            map.trim();
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(2));
        }
    }

    /** SafeMap, two halves, and a longer directory. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @State
    public static class ActualSplitting {
        private final SafeMap<String, Integer> map = Maps.contended();

        @Actor
        public void writer() {
            map.put(Maps.even(0), 0);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.odd(2));
        }
    }

    /** SafeMap, two shards to one, and a shorter directory. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @State
    public static class ActualMerging {
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer() {
            map.trim();
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.odd(2));
        }
    }

    /** A larger shard, too early in the directory. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class BrokenGrowing {
        private final SafeMap<String, Integer> map = Maps.full();

        @Actor
        public void writer() {
            BrokenRebuild.tooEarly(Inside.of(map), Maps.other(0), BrokenRebuild.Kind.GROWTH);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.other(2));
        }
    }

    /** Two halves, too early in the directory. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class BrokenSplitting {
        private final SafeMap<String, Integer> map = Maps.placed(3, 3);

        @Actor
        public void writer() {
            BrokenRebuild.tooEarly(Inside.of(map), Maps.even(0), BrokenRebuild.Kind.SPLIT);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.odd(2));
        }
    }

    /** One shard in the place of two, too early in the directory. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @Outcome(id = "null", expect = ACCEPTABLE_INTERESTING, desc = "missed")
    @State
    public static class BrokenMerging {
        private final SafeMap<String, Integer> map = Maps.parted(3, 3);

        @Actor
        public void writer() {
            BrokenRebuild.tooEarly(Inside.of(map), Maps.even(0), BrokenRebuild.Kind.MERGE);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(Maps.odd(2));
        }
    }

    /** The JDK's map, which grows with its 13th entry. */
    @JCStressTest
    @JCStressMeta(RebuildReadStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<Integer, Integer> map = new ConcurrentHashMap<>();

        public Control() {
            for (int i = 0; i < 12; i++) {
                map.put(i, i < 3 ? i : 2);
            }
        }

        @Actor
        public void writer() {
            map.put(12, 12);
        }

        @Actor
        public void reader(L_Result result) {
            result.r1 = map.get(3);
        }
    }
}
