package io.github.safemap.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import io.github.safemap.Inside;
import io.github.safemap.SafeMap;
import io.github.safemap.core.engine.BrokenRebuild;
import io.github.safemap.core.engine.States;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

/**
 * A removal makes a shard of 16 slots smaller while another thread inserts four keys: there is room for all
 * eight. The outcome is the size, and whether the used slots are within the limit. Beyond the limit, a look-up
 * of an absent key would not end.
 *
 * <p>The twin decides on the number of slots before it reads what it copies.
 */
@Outcome(id = "8, true", expect = ACCEPTABLE, desc = "all are there, and room")
public final class ShrinkInsertStress {
    private ShrinkInsertStress() {}

    private static SafeMap<String, Integer> sparse(int entries) {
        SafeMap<String, Integer> map = Maps.with(entries);
        States.rebuild(Inside.of(map), Maps.KEY, 16);
        return map;
    }

    private static void insert(SafeMap<String, Integer> map) {
        for (int i = 5; i < 9; i++) {
            map.put(Maps.other(i), i);
        }
    }

    private static void report(SafeMap<String, Integer> map, IZ_Result result) {
        result.r1 = map.size();
        result.r2 = States.hasRoom(Inside.of(map), Maps.KEY);
    }

    /** SafeMap. */
    @JCStressTest
    @JCStressMeta(ShrinkInsertStress.class)
    @State
    public static class Actual {
        private final SafeMap<String, Integer> map = sparse(5);

        @Actor
        public void remover() {
            map.remove(Maps.other(0));
        }

        @Actor
        public void inserter() {
            insert(map);
        }

        @Arbiter
        public void after(IZ_Result result) {
            report(map, result);
        }
    }

    /** Decides too early. */
    @JCStressTest
    @JCStressMeta(ShrinkInsertStress.class)
    @Outcome(id = "8, false", expect = ACCEPTABLE_INTERESTING, desc = "no room is left")
    @State
    public static class Broken {
        private final SafeMap<String, Integer> map = sparse(4);

        @Actor
        public void remover() {
            BrokenRebuild.fitToFewer(Inside.of(map), Maps.KEY);
        }

        @Actor
        public void inserter() {
            insert(map);
        }

        @Arbiter
        public void after(IZ_Result result) {
            report(map, result);
        }
    }
}
