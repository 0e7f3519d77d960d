package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.core.engine.Gap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * The size is never less than the number of entries at some moment of the call. A thread that has put an entry
 * finds at least one, while another thread inserts and removes its own entry again and again. The size may be
 * too large by the number of removals between its two sums.
 *
 * <p>The twin sums the insertions before the removals. ConcurrentHashMap may count too few as well: it sums its
 * cells one after the other, and a cell counts both.
 */
@Outcome(id = "1", expect = ACCEPTABLE, desc = "one entry")
@Outcome(id = "2", expect = ACCEPTABLE, desc = "both")
public final class SizeStress {
    private SizeStress() {}

    /**
     * A map that counts insertions and removals as SafeMap does, but sums them in the wrong order.
     */
    private static final class Miscounted {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();
        private final LongAdder inserted = new LongAdder();
        private final LongAdder removed = new LongAdder();

        void put(String key, Integer value) {
            inserted.increment();
            map.put(key, value);
        }

        void remove(String key) {
            map.remove(key);
            removed.increment();
        }

        long size() {
            long came = inserted.sum();
            Gap.widen();
            return came - removed.sum();
        }
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(SizeStress.class)
    @Outcome(id = "[3-9]", expect = ACCEPTABLE_INTERESTING, desc = "more than there were at any moment")
    @State
    public static class Actual {
        private final ConcurrentMap<String, Integer> map = Maps.single();

        @Actor
        public void sizer(L_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = map.size();
        }

        @Actor
        public void other() {
            for (int i = 0; i < 4; i++) {
                map.put(Maps.other(0), i);
                map.remove(Maps.other(0));
            }
        }
    }

    /** Sums the insertions first. */
    @JCStressTest
    @JCStressMeta(SizeStress.class)
    @Outcome(
            id = {"0", "-[0-9]"},
            expect = ACCEPTABLE_INTERESTING,
            desc = "less than there were at any moment")
    @State
    public static class Broken {
        private final Miscounted map = new Miscounted();

        @Actor
        public void sizer(L_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = map.size();
        }

        @Actor
        public void other() {
            for (int i = 0; i < 4; i++) {
                map.put(Maps.other(0), i);
                map.remove(Maps.other(0));
            }
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(SizeStress.class)
    @Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "less than there were at any moment")
    @State
    public static class Control {
        private final ConcurrentMap<String, Integer> map = new ConcurrentHashMap<>();

        @Actor
        public void sizer(L_Result result) {
            map.put(Maps.KEY, 1);
            result.r1 = map.size();
        }

        @Actor
        public void other() {
            for (int i = 0; i < 4; i++) {
                map.put(Maps.other(0), i);
                map.remove(Maps.other(0));
            }
        }
    }
}
