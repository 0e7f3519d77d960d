package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.core.GoMap;
import java.util.ConcurrentModificationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two threads put into one GoMap, which is for one thread at a time. Nothing is promised, and no outcome is
 * forbidden. This shows how often the write flag detects it, in one of the two threads or in both.
 */
@Outcome(id = "put, put", expect = ACCEPTABLE_INTERESTING, desc = "not noticed, or one after the other")
@Outcome(
        id = {"caught, put", "put, caught"},
        expect = ACCEPTABLE_INTERESTING,
        desc = "one was told")
@Outcome(id = "caught, caught", expect = ACCEPTABLE_INTERESTING, desc = "both were told")
@Outcome(id = ".*", expect = ACCEPTABLE_INTERESTING, desc = "damage before it was noticed")
public final class WriteFlagStress {
    private WriteFlagStress() {}

    private static String put(GoMap<String, Integer> map, String key, int value) {
        try {
            map.put(key, value);
            return "put";
        } catch (ConcurrentModificationException e) {
            return "caught";
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** GoMap. */
    @JCStressTest
    @JCStressMeta(WriteFlagStress.class)
    @State
    public static class Actual {
        private final GoMap<String, Integer> map = new GoMap<>();

        @Actor
        public void first(LL_Result result) {
            result.r1 = put(map, "a", 1);
        }

        @Actor
        public void second(LL_Result result) {
            result.r2 = put(map, "b", 2);
        }
    }
}
