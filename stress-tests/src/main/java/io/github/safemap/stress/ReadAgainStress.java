package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One thread removes a key and puts it again, with another value, into the slot it had; the other gets
 * it twice. What the first get has seen, the second does not miss.
 *
 * <p>No twin. The mistake would be to load the tophash before the control word and be content with an
 * unmoved version: that can see the new value before the entry is there, and then miss it. But the
 * writer is between the two stores for a nanosecond or so, and a reader with this mistake did not show it
 * in 800,000 samples. What this test can find is coarser.
 */
public final class ReadAgainStress {
    private static final SlowKey STAYS = new SlowKey(0);
    private static final SlowKey KEY = new SlowKey(1);
    private static final SlowKey COPY = new SlowKey(1);

    private ReadAgainStress() {}

    private static <M extends ConcurrentMap<SlowKey, Integer>> M filled(M map) {
        map.put(STAYS, 0); // the bucket would be dropped if it became empty
        map.put(KEY, 1);
        return map;
    }

    private static void renew(ConcurrentMap<SlowKey, Integer> map) {
        map.remove(KEY);
        map.put(KEY, 2);
    }

    /** The outcomes that follow each other in time. */
    @Outcome(
            id = {"1, 1", "1, null", "1, 2", "null, null", "null, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "as time goes by")
    static final class InOrder {}

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class Actual {
        private final ConcurrentMap<SlowKey, Integer> map = filled(Maps.single());

        @Actor
        public void writer() {
            renew(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }

    /** The JDK's map. */
    @JCStressTest
    @JCStressMeta(InOrder.class)
    @State
    public static class Control {
        private final ConcurrentMap<SlowKey, Integer> map = filled(new ConcurrentHashMap<>());

        @Actor
        public void writer() {
            renew(map);
        }

        @Actor
        public void reader(LL_Result result) {
            result.r1 = map.get(COPY);
            result.r2 = map.get(COPY);
        }
    }
}
