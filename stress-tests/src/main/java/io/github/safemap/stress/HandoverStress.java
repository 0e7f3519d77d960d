package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.Directory;
import io.github.safemap.core.engine.Gap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A new map may be handed to another thread through a plain field. That thread can use it, and what it puts
 * stays.
 *
 * <p>The twin gets its places after the constructor, as a deserialized map does, and after it was handed over,
 * as another processor may see it. What was put into the places of the constructor is lost.
 */
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not handed over yet")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "put")
public final class HandoverStress {
    private HandoverStress() {}

    /** Puts a key if there is a map. Returns whether there is one. */
    private static int put(@Nullable SafeMap<String, Integer> map) {
        if (map == null) {
            return 0;
        }
        map.put(Maps.KEY, 1);
        return 1;
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(HandoverStress.class)
    @State
    public static class Actual {
        private @Nullable SafeMap<String, Integer> shared;

        @Actor
        public void creator() {
            shared = Maps.single();
        }

        @Actor
        public void user(II_Result result) {
            result.r1 = put(shared);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = Objects.requireNonNull(shared).size();
        }
    }

    /** Gets its places too late. */
    @JCStressTest
    @JCStressMeta(HandoverStress.class)
    @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "put, and lost")
    @State
    public static class Broken {
        private @Nullable SafeMap<String, Integer> shared;

        @Actor
        public void creator() {
            SafeMap<String, Integer> map = Maps.single();
            Directory directory = Inside.of(map);
            shared = map;
            Gap.widen(4);
            directory.restart(directory.policy());
        }

        @Actor
        public void user(II_Result result) {
            result.r1 = put(shared);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = Objects.requireNonNull(shared).size();
        }
    }
}
