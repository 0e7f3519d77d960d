package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.PlainLookup;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A thread that finds a key absent, because another has removed it or cleared the map, sees what the other wrote
 * before, although the field is plain. It has loaded the field before it looks up the key, and loads it again
 * after that.
 *
 * <p>The twins look up the key with plain loads. So the compiler uses the first load of the field twice.
 */
@Outcome(
        id = {"0, -1", "1, -1"},
        expect = ACCEPTABLE,
        desc = "not absent yet")
@Outcome(
        id = {"0, 1", "1, 1"},
        expect = ACCEPTABLE,
        desc = "absent, with what was written before")
public final class AbsenceStress {
    private AbsenceStress() {}

    private static SafeMap<String, Integer> filled() {
        SafeMap<String, Integer> map = Maps.with(1);
        map.put(Maps.KEY, 1);
        return map;
    }

    /** SafeMap, a removal. */
    @JCStressTest
    @JCStressMeta(AbsenceStress.class)
    @State
    public static class ActualRemove {
        private final SafeMap<String, Integer> map = filled();
        private int a;

        @Actor
        public void writer() {
            a = 1;
            map.remove(Maps.KEY);
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = a;
            result.r2 = map.containsKey(Maps.KEY) ? -1 : a;
        }
    }

    /** SafeMap, a clear. */
    @JCStressTest
    @JCStressMeta(AbsenceStress.class)
    @State
    public static class ActualClear {
        private final SafeMap<String, Integer> map = filled();
        private int a;

        @Actor
        public void writer() {
            a = 1;
            map.clear();
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = a;
            result.r2 = map.containsKey(Maps.KEY) ? -1 : a;
        }
    }

    /** A removal and plain loads. */
    @JCStressTest
    @JCStressMeta(AbsenceStress.class)
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "absent, without what was written before")
    @State
    public static class BrokenPlainRemove {
        private final SafeMap<String, Integer> map = filled();
        private final PlainLookup lookup = new PlainLookup(Inside.of(map), Maps.KEY);
        private int a;

        @Actor
        public void writer() {
            a = 1;
            map.remove(Maps.KEY);
        }

        @Actor
        public void reader(II_Result result) {
            int before = a;
            result.r1 = before;
            result.r2 = lookup.isAbsent(before) ? a : -1;
        }
    }

    /** A clear and plain loads. */
    @JCStressTest
    @JCStressMeta(AbsenceStress.class)
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "absent, without what was written before")
    @State
    public static class BrokenPlainClear {
        private final SafeMap<String, Integer> map = filled();
        private final PlainLookup lookup = new PlainLookup(Inside.of(map), Maps.KEY);
        private int a;

        @Actor
        public void writer() {
            a = 1;
            map.clear();
        }

        @Actor
        public void reader(II_Result result) {
            int before = a;
            result.r1 = before;
            result.r2 = lookup.isAbsent(before) ? a : -1;
        }
    }
}
