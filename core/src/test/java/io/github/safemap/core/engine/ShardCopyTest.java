package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of a shard in each state of its tables, and beside what else claims buckets. */
class ShardCopyTest {
    private static Map<Object, Object> copy(Shards shards) {
        List<Object> pairs = ShardCopy.of(shards, 0);
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            assertNull(map.put(pairs.get(i), pairs.get(i + 1)), "a key twice");
        }
        return map;
    }

    @ParameterizedTest
    @EnumSource
    void aCopyHasEveryEntryAtEachStageOfAnEvacuation(HashKind kind) {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ShardsFixture shard = new ShardsFixture(random.nextInt(6), true, 0);
            Map<Object, Object> expected = new HashMap<>();
            for (int id = random.nextInt(150); id > 0; id--) {
                expected.put(kind.key(id), id);
                shard.put(kind.key(id), id);
            }
            assertEquals(expected, copy(shard.shards()));
            Table table = shard.shards().getTableAcquire(0);
            if (!expected.isEmpty() && table.getNextAcquire() == null) {
                Growth.start(table, random.nextBoolean() ? table.bits() + 1 : 0);
            }
            for (int index = 0; index < table.length(); index++) {
                if (random.nextBoolean()) {
                    shard.shards().evacuate(0, table, index, index + 1);
                }
                assertEquals(expected, copy(shard.shards()));
            }
            ShardsInvariants.check(shard.shards()); // no gap is left, nothing claimed
            shard.put("one more", 1);
            shard.settle();
            expected.put("one more", 1);
            assertEquals(expected, copy(shard.shards()));
            ShardsInvariants.check(shard.shards());
        }
    }

    @Test
    void aShardThatNeverHadAnEntryIsCopiedWithoutATable() {
        ShardsFixture shard = new ShardsFixture(0, true, 0);
        assertEquals(Map.of(), copy(shard.shards()));
        assertEquals(shard.shards().emptyTable(), shard.shards().getTableAcquire(0));
    }

    @Test
    void aCopyHasTheOldValueOfAKeyThatIsBeingComputedAndNoneOfANewOne() {
        ShardsFixture shard = new ShardsFixture(0, true, 0);
        shard.put(1, "old");
        Shards shards = shard.shards();
        for (Integer key : List.of(1, 2)) {
            shards.compute(
                    key,
                    key,
                    old -> {
                        assertEquals(Map.of(1, "old"), copy(shards));
                        return old;
                    },
                    Shards.INSERT + Shards.REPLACE);
        }
        ShardsInvariants.check(shards);
    }

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

    /**
     * The first of two keys is inserted, and then the second is removed, right after the first was asked and
     * before the second is: there was never neither.
     */
    @Test
    void valuesOfOneMomentAreNotTakenFromOnePass() {
        List<Integer> asked = new ArrayList<>();
        Object[] values = ShardCopy.atOneMoment(2, i -> {
            asked.add(i);
            boolean before = asked.equals(List.of(0));
            return i == 0 ? (before ? null : "inserted") : null;
        });
        assertEquals(Arrays.asList("inserted", null), Arrays.asList(values));
        assertEquals(0, ShardCopy.atOneMoment(0, i -> asked.get(-1)).length);
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

    /** A copier may lose its processor for long after it has looked for the shard's table. */
    @Test
    void aCopyIsFoundBehindAnyNumberOfTablesThatHaveGone() {
        ShardsFixture shard = new ShardsFixture(0, false, 0);
        shard.putAll(0, 5);
        Table old = shard.shards().getTableAcquire(0);
        for (int i = 0; i < 50_000; i++) {
            assertTrue(Growth.startNow(shard.shards().getTableAcquire(0), 1 - i % 2));
            shard.settle();
        }
        assertEquals(10, ShardCopy.of(old).size());
        ShardsInvariants.check(shard.shards());
    }

    @Test
    void whenACopyFailsNothingStaysClaimed() {
        ShardsFixture shard = new ShardsFixture(3, true, 0);
        shard.putAll(0, 20);
        Table table = shard.shards().getTableAcquire(0);
        Bucket broken = new Bucket(Bucket.FEW);
        broken.setTophashRelease(TopHash.FULL); // a slot that is full and has no key
        broken.setValueRelease(0, "value");
        int index = 0;
        while (table.getBucketAcquire(index) == null) {
            index++;
        }
        Bucket main = table.getBucketAcquire(index);
        Bucket last = main;
        while (last.getOverflowAcquire() != null) {
            last = last.getOverflowAcquire();
        }
        last.setOverflowRelease(broken);
        assertThrows(IllegalStateException.class, () -> copy(shard.shards()));
        last.setOverflowRelease(null);
        ShardsInvariants.check(shard.shards());
        shard.putAll(0, 40);
        assertEquals(40, copy(shard.shards()).size());
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
