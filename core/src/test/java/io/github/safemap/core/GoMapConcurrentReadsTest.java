package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.Race;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many threads may read a {@link GoMap} while nobody writes, even in the middle of a growth. */
class GoMapConcurrentReadsTest {
    private static final int STEPS = 250;
    private static final int READERS = 2;

    @RegisterExtension
    final GoMaps maps = new GoMaps();

    /** After Go's TestConcurrentReadsAfterGrowth (runtime/map_test.go, BSD-3-Clause). */
    @ParameterizedTest
    @EnumSource
    void readersAgreeAfterEachStepOfGrowth(HashKind kind) throws Exception {
        GoMap<Key, Integer> map = maps.create();
        CyclicBarrier turn = new CyclicBarrier(2 * READERS + 1);
        Race.Runner[] runners = new Race.Runner[2 * READERS + 1];
        runners[0] = thread -> {
            for (int step = 0; step < STEPS; step++) {
                map.put(kind.key(step), step);
                await(turn); // all readers have begun
                await(turn); // all readers have ended
            }
        };
        for (int reader = 1; reader <= READERS; reader++) {
            runners[reader] = thread -> {
                for (int step = 0; step < STEPS; step++) {
                    await(turn);
                    int sum = 0;
                    for (int value : map.values()) {
                        sum += value;
                    }
                    assertEquals(step * (step + 1) / 2, sum);
                    await(turn);
                }
            };
            runners[reader + READERS] = thread -> {
                for (int step = 0; step < STEPS; step++) {
                    await(turn);
                    for (int id = 0; id <= step; id++) {
                        assertEquals(id, map.get(kind.key(id)));
                    }
                    await(turn);
                }
            };
        }
        Race.run(runners);
        assertEquals(STEPS, map.size());
    }

    private static void await(CyclicBarrier barrier) throws Exception {
        barrier.await(60, TimeUnit.SECONDS);
    }
}
