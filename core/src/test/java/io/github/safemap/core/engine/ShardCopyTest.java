package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy of a shard in each state of its tables. */
class ShardCopyTest {
    static Map<Object, Object> copy(Shards shards) {
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

    /** Keys that are in no table yet, in slots, and in a tree; of a shard that is being evacuated, or not. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsBeingComputedIsCopiedAsItWas(boolean moving) {
        ShardsFixture shard = new ShardsFixture(6, true, 0);
        Map<Object, Object> expected = new HashMap<>();
        for (int id = 0; id < 40; id++) {
            expected.put(id, id);
            expected.put(new Twin(id), id);
        }
        expected.forEach(shard::put);
        Shards shards = shard.shards();
        if (moving) {
            Table table = shards.getTableAcquire(0);
            Growth.startNow(table, 7);
            shards.evacuate(0, table, 0, 32);
        }
        List<Object> keys = List.of(new Twin(50), 1, new Twin(1), 50, 2, new Twin(2));
        compute(shards, keys, () -> assertEquals(expected, copy(shards)));
        assertEquals(expected, copy(shards));
    }

    /** Reserves all keys, and does something meanwhile. */
    private static void compute(Shards shards, List<Object> keys, Runnable inside) {
        if (keys.isEmpty()) {
            inside.run();
        } else {
            Object key = keys.get(0);
            UnaryOperator<Object> function = old -> {
                compute(shards, keys.subList(1, keys.size()), inside);
                return old;
            };
            shards.compute(key, key.hashCode(), function, Shards.INSERT + Shards.REPLACE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCopyWaitsForWhoHasABucket(boolean moved) throws InterruptedException {
        ShardsFixture shard = new ShardsFixture(2, true, 0);
        shard.putAll(0, 20);
        if (moved) {
            Table table = shard.newestTable();
            assertTrue(Growth.startNow(table, 1));
            shard.shards().evacuate(0, table, 3, 4);
        }
        Table newest = shard.newestTable();
        Bucket last = Chain.nonNull(newest.getBucketAcquire(newest.length() - 1));
        int word = last.getControlAcquire();
        assertTrue(last.tryClaim(word));
        List<Map<Object, Object>> copies = Collections.synchronizedList(new ArrayList<>());
        Thread copier = new Thread(() -> copies.add(copy(shard.shards())));
        copier.setDaemon(true);
        copier.start();
        while (copier.isAlive() && copier.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(), copies);
        last.giveBack(word);
        copier.join();
        assertEquals(20, copies.get(0).size());
        ShardsInvariants.check(shard.shards());
    }

    /** Removed when there was no memory for a smaller tree. */
    @Test
    void aCellWithoutAValueIsNotCopied() {
        Table table = new Table(0, 1);
        KeyTree tree = KeyTree.empty(Integer.class, table.hash(7));
        for (int key = 0; key < 3; key++) {
            tree = tree.find(key).with(key, new AtomicReference<>(key == 1 ? null : key));
        }
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(tree);
        table.setBucketRelease(0, chain.head());
        assertEquals(List.of(0, 0, 2, 2), ShardCopy.of(table));
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

    @Test
    void whenACopyFailsInTheNextTableNothingStaysClaimed() {
        ShardsFixture shard = new ShardsFixture(3, true, 0);
        shard.putAll(0, 20);
        Table table = shard.newestTable();
        assertTrue(Growth.startNow(table, 4));
        shard.shards().evacuate(0, table, 0, 4);
        Table next = shard.newestTable();
        int index = 0;
        while (next.getBucketAcquire(index) == null) {
            index++;
        }
        Bucket main = Chain.nonNull(next.getBucketAcquire(index));
        long word = main.getTophashAcquire();
        main.setTophashRelease(-1L); // eight full slots of which not all have keys
        assertThrows(RuntimeException.class, () -> copy(shard.shards()));
        main.setTophashRelease(word);
        ShardsInvariants.check(shard.shards());
        shard.putAll(0, 40);
        assertEquals(40, copy(shard.shards()).size());
        ShardsInvariants.check(shard.shards());
    }
}
