package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Gap;
import io.github.safemap.core.engine.PlainInsertion;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A thread that got a value sees what another thread wrote before it put the value, although the value's field
 * is plain. It gets the value by {@code get}, as the result of a write, as the argument of a function, or from an
 * iterator.
 *
 * <p>The twins make the last store of the put a plain one. So the compiler moves the write before the put behind
 * it.
 */
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "not there yet")
@Outcome(
        id = {"1", "2"},
        expect = ACCEPTABLE,
        desc = "there, with what was written before")
public final class PublicationStress {
    private static final Box OTHER = new Box();

    private PublicationStress() {}

    /** A value with a plain field. */
    static final class Box {
        int a;
    }

    private static SafeMap<String, Box> filled() {
        SafeMap<String, Box> map = Maps.single();
        map.put(Maps.other(0), OTHER);
        return map;
    }

    private static void put(ConcurrentMap<String, Box> map, Box box) {
        box.a = 1;
        map.put(Maps.KEY, box);
        box.a = 2;
    }

    private static void putPlainly(PlainInsertion insertion, Box box) {
        long word = insertion.word();
        box.a = 1;
        insertion.store(word);
        box.a = insertion.one() + 1;
    }

    private static int seenIn(@Nullable Box found) {
        return found == null || found == OTHER ? -1 : found.a;
    }

    private static int seenByFunction(ConcurrentMap<String, Box> map) {
        int[] seen = new int[1];
        map.compute(Maps.KEY, (key, found) -> {
            seen[0] = seenIn(found);
            return found;
        });
        return seen[0];
    }

    private static int seenByIterator(ConcurrentMap<String, Box> map) {
        for (Box found : map.values()) {
            if (found != OTHER) {
                return found.a;
            }
        }
        return -1;
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class Actual {
        private final ConcurrentMap<String, Box> map = filled();
        private final Box box = new Box();

        @Actor
        public void writer() {
            put(map, box);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenIn(map.get(Maps.KEY));
        }
    }

    /** SafeMap; the value replaces another in place. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class ActualReplacing {
        private final ConcurrentMap<String, Box> map = filled();
        private final Box box = new Box();

        public ActualReplacing() {
            map.put(Maps.KEY, OTHER);
        }

        @Actor
        public void writer() {
            put(map, box);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenIn(map.get(Maps.KEY));
        }
    }

    /** SafeMap; a function writes and returns the value. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class ActualFunction {
        private final ConcurrentMap<String, Box> map = filled();
        private final Box box = new Box();

        @Actor
        public void writer() {
            map.computeIfAbsent(Maps.KEY, key -> {
                box.a = 1;
                return box;
            });
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenIn(map.get(Maps.KEY));
        }
    }

    /** SafeMap; the value is the result of a write. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class ActualResult {
        private final ConcurrentMap<String, Box> map = filled();
        private final Box box = new Box();

        @Actor
        public void writer() {
            put(map, box);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenIn(map.put(Maps.KEY, OTHER));
        }
    }

    /** SafeMap; the value is the argument of a function. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class ActualArgument {
        private final ConcurrentMap<String, Box> map = filled();
        private final Box box = new Box();

        @Actor
        public void writer() {
            put(map, box);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenByFunction(map);
        }
    }

    /** SafeMap; the value comes from an iterator. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @State
    public static class ActualIterator {
        private final ConcurrentMap<String, Box> map = filled();
        private final Box box = new Box();

        @Actor
        public void writer() {
            put(map, box);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenByIterator(map);
        }
    }

    /** A plain store. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "there, without what was written before")
    @State
    public static class BrokenPlain {
        private final SafeMap<String, Box> map = filled();
        private final Box box = new Box();
        private final PlainInsertion insertion = new PlainInsertion(Inside.of(map), Maps.KEY, box);

        @Actor
        public void writer() {
            putPlainly(insertion, box);
        }

        @Actor
        public void reader(I_Result result) {
            Gap.widen();
            result.r1 = seenIn(map.get(Maps.KEY));
        }
    }

    /** A plain store; the value is the result of a write. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "there, without what was written before")
    @State
    public static class BrokenPlainResult {
        private final SafeMap<String, Box> map = filled();
        private final Box box = new Box();
        private final PlainInsertion insertion = new PlainInsertion(Inside.of(map), Maps.KEY, box);

        @Actor
        public void writer() {
            putPlainly(insertion, box);
        }

        @Actor
        public void reader(I_Result result) {
            Gap.widen();
            result.r1 = seenIn(map.put(Maps.KEY, OTHER));
        }
    }

    /** A plain store; the value is the argument of a function. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "there, without what was written before")
    @State
    public static class BrokenPlainArgument {
        private final SafeMap<String, Box> map = filled();
        private final Box box = new Box();
        private final PlainInsertion insertion = new PlainInsertion(Inside.of(map), Maps.KEY, box);

        @Actor
        public void writer() {
            putPlainly(insertion, box);
        }

        @Actor
        public void reader(I_Result result) {
            Gap.widen();
            result.r1 = seenByFunction(map);
        }
    }

    /** A plain store; the value comes from an iterator. */
    @JCStressTest
    @JCStressMeta(PublicationStress.class)
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "there, without what was written before")
    @State
    public static class BrokenPlainIterator {
        private final SafeMap<String, Box> map = filled();
        private final Box box = new Box();
        private final PlainInsertion insertion = new PlainInsertion(Inside.of(map), Maps.KEY, box);

        @Actor
        public void writer() {
            putPlainly(insertion, box);
        }

        @Actor
        public void reader(I_Result result) {
            Gap.widen();
            result.r1 = seenByIterator(map);
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
            put(map, box);
        }

        @Actor
        public void reader(I_Result result) {
            result.r1 = seenIn(map.get(Maps.KEY));
        }
    }
}
