package io.github.safemap.core.engine;

import static io.github.safemap.core.engine.ShardCopyTest.copy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of a shard beside what else claims buckets, and beside functions that end. */
class ShardCopyRaceTest {
    /** A function may end, and another see that and end too, while the shard is copied. */
    @Test
    void aCopyDoesNotHaveTheSecondOutcomeWithoutTheFirst() throws InterruptedException {
        ShardsFixture shard = new ShardsFixture(12, true, 0);
        shard.putAll(0, 1_000);
        Shards shards = shard.shards();
        Table table = shards.getTableAcquire(0);
        int[] ends = {0, 0}; // keys in about the first and the last bucket
        for (int key = 0; key < 1_000; key++) {
            int index = table.indexOf(table.hash(key));
            ends[0] = index < table.indexOf(table.hash(ends[0])) ? key : ends[0];
            ends[1] = index > table.indexOf(table.hash(ends[1])) ? key : ends[1];
        }
        Integer first = ends[0];
        Integer second = ends[1];
        shard.put(first, 0);
        shard.put(second, 0);
        int rounds = 1_000;
        Race.run(
                thread -> {
                    for (int round = 1; round <= rounds; round++) {
                        awaitRound(shard, second, round - 1);
                        int outcome = round;
                        shards.compute(first, first, old -> spun(outcome), Shards.REPLACE);
                    }
                },
                thread -> {
                    for (int round = 1; round <= rounds; round++) {
                        int outcome = round;
                        UnaryOperator<Object> function = old -> {
                            awaitRound(shard, first, outcome);
                            return outcome;
                        };
                        shards.compute(second, second, function, Shards.REPLACE);
                    }
                },
                thread -> {
                    int seen = 0;
                    while (seen < rounds) {
                        Map<Object, Object> copy = copy(shards);
                        seen = (Integer) copy.get(second);
                        int before = seen;
                        assertTrue((Integer) copy.get(first) >= seen, () -> copy.get(first) + " and " + before);
                    }
                });
    }

    private static void awaitRound(ShardsFixture shard, Integer key, int round) {
        while ((Integer) shard.get(key) < round) {
            Thread.yield();
        }
    }

    private static Object spun(Object outcome) {
        for (int i = 0; i < 2_000; i++) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    /** Two copiers and two writers that make the shard grow and shrink: nobody waits for ever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void copiersAndMoversDoNotWaitForEachOther(int minBits) throws Exception {
        Shards shards = new Shards(new ShardPolicy(0, minBits, false, 0, null));
        AtomicBoolean done = new AtomicBoolean();
        Race.Runner copier = thread -> {
            try {
                for (int i = 0; i < 1_000; i++) {
                    copy(shards).forEach((key, value) -> assertEquals(key, value));
                }
            } finally {
                done.set(true);
            }
        };
        Race.Runner writer = thread -> {
            while (!done.get()) {
                for (int key = 0; key < 600; key++) {
                    write(shards, 2 * key + thread % 2, false);
                }
                for (int key = 0; key < 600; key++) {
                    write(shards, 2 * key + thread % 2, true);
                }
            }
        };
        Race.run(writer, writer, copier, copier);
        assertTrue(shards.size() <= 1_200);
        ShardsInvariants.check(shards);
    }

    private static void write(Shards shards, Integer key, boolean remove) {
        shards.write(key, key, null, remove ? null : key, Shards.INSERT + Shards.REPLACE);
    }
}
