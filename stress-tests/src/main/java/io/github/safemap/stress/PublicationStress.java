package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.core.engine.Gap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread that got a value sees what another thread wrote before it put the value, although the value's fields
 * are plain.
 *
 * <p>The twin is a field that is written before the value's own fields. A publication without release may be
 * reordered to that.
 */
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "not there yet")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "there, with what was written before")
public final class PublicationStress {
    private PublicationStress() {}

    /** A value with plain fields, created before the race. */
    static final class Box {
        int a;
        int b;

        void fill() {
            a = 1;
            b = 2;
        }
    }

    private static void report(@Nullable Box box, II_Result result) {
        result.r1 = box == null ? -1 : box.a;
        result.r2 = box == null ? -1 : box.b;
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Box> map = Maps.single();
        private final Box box = new Box();

        @Actor
        public void writer() {
            box.fill();
            map.put(Maps.KEY, box);
        }

        @Actor
        public void reader(II_Result result) {
            report(map.get(Maps.KEY), result);
        }
    }

    /** SafeMap; the value replaces another in place. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class ActualReplacing {
        private final ConcurrentMap<String, Box> map = Maps.single();
        private final Box first = new Box();
        private final Box box = new Box();

        public ActualReplacing() {
            map.put(Maps.KEY, first);
        }

        @Actor
        public void writer() {
            box.fill();
            map.put(Maps.KEY, box);
        }

        @Actor
        public void reader(II_Result result) {
            Box found = map.get(Maps.KEY);
            report(found == first ? null : found, result);
        }
    }

    /** Publishes first and writes then. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @Outcome(
            id = {"0, 0", "0, 2", "1, 0"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "there, without what was written before")
    @State
    public static class Broken {
        private final Box box = new Box();
        private @Nullable Box slot;

        @Actor
        public void writer() {
            slot = box;
            Gap.widen();
            box.fill();
        }

        @Actor
        public void reader(II_Result result) {
            report(slot, result);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class Control {
        private final ConcurrentMap<String, Box> map = new ConcurrentHashMap<>();
        private final Box box = new Box();

        @Actor
        public void writer() {
            box.fill();
            map.put(Maps.KEY, box);
        }

        @Actor
        public void reader(II_Result result) {
            report(map.get(Maps.KEY), result);
        }
    }
}
