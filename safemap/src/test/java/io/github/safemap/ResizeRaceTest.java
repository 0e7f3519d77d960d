package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.LeftTableMap.Fault;
import io.github.safemap.core.testing.Race;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shards that grow, split, shrink and merge while several threads use them. The scenarios are xsync's ({@code
 * map_test.go}), and one of Pulsar and BookKeeper: a reader in a tiny table that grows and shrinks all the
 * time. There, the reader used an index of another table. Each check must also fail for a broken twin.
 */
class ResizeRaceTest {
    private static final long NANOS = Duration.ofMillis(1_500).toNanos();
    private static final int ALWAYS_THERE = 5;
    private static final int SOMETIMES = 60;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    /** A map whose shards are rebuilt as soon as they can be. */
    private <K, V> SafeMap<K, V> nervous() {
        return maps.create(SafeMap.builder().shards(1).shrinkThreshold(0));
    }

    @Test
    void readersOfATinyTableFindWhatIsThereThroughout() throws Exception {
        SafeMap<Integer, String> map = nervous();
        read(map, map::trim);
    }

    @Test
    void theCheckOfReadersFindsATableThatIsNotFilledYet() {
        LeftTableMap<Integer, String> map = new LeftTableMap<>(Fault.EMPTY_TABLE, ResizeRaceTest::isAlwaysThere);
        assertFails("missed", () -> read(map, map::trim));
    }

    private static void read(Map<Integer, String> map, Runnable trim) throws Exception {
        putAlwaysThere(map);
        AtomicBoolean over = new AtomicBoolean();
        Race.Runner reader = thread -> {
            try {
                do {
                    for (int key = 0; key < ALWAYS_THERE; key++) {
                        assertEquals("always " + key, map.get(key), "missed " + key);
                        assertTrue(map.containsKey(key), "missed " + key);
                    }
                    for (int key = ALWAYS_THERE; key < SOMETIMES; key++) {
                        String value = map.get(key);
                        assertTrue(value == null || value.equals("sometimes " + key), value);
                    }
                    assertNull(map.get(-1));
                } while (!over.get());
            } finally {
                over.set(true);
            }
        };
        Race.run(thread -> expandAndShrink(map, trim, over), reader, reader, reader);
    }

    @Test
    void iteratorsOverATinyTableMeetWhatIsThereThroughoutOnce() throws Exception {
        SafeMap<Integer, String> map = nervous();
        iterate(map, map::trim);
    }

    @Test
    void theCheckOfIteratorsFindsATableThatIsNotFilledYet() {
        LeftTableMap<Integer, String> map = new LeftTableMap<>(Fault.EMPTY_TABLE, ResizeRaceTest::isAlwaysThere);
        assertFails("missed", () -> iterate(map, map::trim));
    }

    private static void iterate(Map<Integer, String> map, Runnable trim) throws Exception {
        putAlwaysThere(map);
        AtomicBoolean over = new AtomicBoolean();
        Race.Runner iterator = thread -> {
            try {
                do {
                    Set<Integer> seen = new HashSet<>();
                    for (Map.Entry<Integer, String> entry : map.entrySet()) {
                        int key = entry.getKey();
                        assertTrue(seen.add(key), () -> key + " twice");
                        assertEquals((key < ALWAYS_THERE ? "always " : "sometimes ") + key, entry.getValue());
                    }
                    for (int key = 0; key < ALWAYS_THERE; key++) {
                        assertTrue(seen.contains(key), "missed " + key);
                    }
                } while (!over.get());
            } finally {
                over.set(true);
            }
        };
        Race.run(thread -> expandAndShrink(map, trim, over), iterator, iterator, iterator);
    }

    private static boolean isAlwaysThere(Object key) {
        return (Integer) key >= 0 && (Integer) key < ALWAYS_THERE;
    }

    private static void putAlwaysThere(Map<Integer, String> map) {
        for (int key = 0; key < ALWAYS_THERE; key++) {
            map.put(key, "always " + key);
        }
    }

    private static void expandAndShrink(Map<Integer, String> map, Runnable trim, AtomicBoolean over) {
        try {
            SplittableRandom random = new SplittableRandom();
            long end = System.nanoTime() + NANOS;
            while (!over.get() && System.nanoTime() < end) {
                int behind = ALWAYS_THERE + 1 + random.nextInt(SOMETIMES - ALWAYS_THERE);
                for (int key = ALWAYS_THERE; key < behind; key++) {
                    map.put(key, "sometimes " + key);
                }
                if (random.nextInt(4) == 0) {
                    trim.run();
                }
                for (int key = ALWAYS_THERE; key < behind; key++) {
                    assertEquals("sometimes " + key, map.remove(key));
                }
                trim.run();
            }
        } finally {
            over.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void parallelShrinkingLosesNothing(int threads) throws Exception {
        shrink(nervous(), threads);
    }

    @Test
    void theCheckOfShrinkingFindsATornMap() {
        TornMap map = new TornMap();
        assertFails("size", () -> shrink(map, 2));
        assertTrue(map.wasTorn());
    }

    private static void shrink(Map<Integer, Integer> map, int threads) throws Exception {
        int each = 16_000 / threads;
        int stay = each / 20;
        for (int key = 0; key < threads * each; key++) {
            map.put(key, key);
        }
        Race.run(threads, thread -> {
            for (int key = thread * each; key < (thread + 1) * each - stay; key++) {
                assertEquals(key, map.remove(key));
            }
        });
        assertEquals(threads * stay, map.size(), "size");
        for (int key = 0; key < threads * each; key++) {
            assertEquals(key % each >= each - stay ? key : null, map.get(key));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallelGrowthLosesNothing(boolean growOnly) throws Exception {
        SafeMapBuilder builder = SafeMap.builder().shards(1);
        grow(maps.create(growOnly ? builder.growOnly() : builder));
    }

    @Test
    void theCheckOfGrowthFindsATornMap() {
        TornMap map = new TornMap();
        assertFails("size", () -> grow(map));
        assertTrue(map.wasTorn());
    }

    private static void grow(Map<Integer, Integer> map) throws Exception {
        int threads = 4;
        int each = 20_000;
        Race.run(threads, thread -> {
            for (int key = thread; key < threads * each; key += threads) {
                assertNull(map.put(key, key));
            }
        });
        assertEquals(threads * each, map.size(), "size");
        for (int key = 0; key < threads * each; key++) {
            assertEquals(key, map.get(key));
        }
    }

    /** All threads put and then remove the same keys. Each key has one winner. */
    @Test
    void parallelResizesOfIntersectingKeysAgreeOnTheWinners() throws Exception {
        for (int round = 0; round < 20; round++) {
            win(nervous());
        }
    }

    @Test
    void theCheckOfWinnersFindsATornMap() {
        TornMap map = new TornMap();
        assertFails("winners", () -> win(map));
        assertTrue(map.wasTorn());
    }

    private static void win(Map<Integer, Integer> map) throws Exception {
        int keys = 2_000;
        int threads = 4;
        int[] inserted = new int[threads];
        int[] removed = new int[threads];
        Race.run(threads, thread -> {
            for (int key = 0; key < keys; key++) {
                inserted[thread] += map.putIfAbsent(key, thread) == null ? 1 : 0;
            }
        });
        assertEquals(keys, sum(inserted), "winners");
        assertEquals(keys, map.size());
        Race.run(threads, thread -> {
            for (int key = 0; key < keys; key++) {
                removed[thread] += map.remove(key) != null ? 1 : 0;
            }
        });
        assertEquals(keys, sum(removed), "winners");
        assertTrue(map.isEmpty());
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    @Test
    void parallelStoresAndClearsEndInAMapThatWorks() throws Exception {
        SafeMap<Integer, Integer> map = nervous();
        storeAndClear(map, map::trim);
        maps.check(map);
        map.clear();
        assertEquals(0, map.size());
        assertEquals(0, Tables.slots(map));
    }

    @Test
    void theCheckOfStoresAndClearsFindsAStoreIntoATableThatWasLeft() {
        LeftTableMap<Integer, Integer> map = new LeftTableMap<>(Fault.LOST_STORE, key -> key.equals(0));
        assertFails("size", () -> storeAndClear(map, map::trim));
    }

    private static void storeAndClear(Map<Integer, Integer> map, Runnable trim) throws Exception {
        AtomicInteger storers = new AtomicInteger(2);
        Race.Runner storer = thread -> {
            try {
                for (int i = 0; i < 60_000; i++) {
                    map.put(i % 1_000, i % 1_000);
                }
            } finally {
                storers.getAndDecrement();
            }
        };
        Race.Runner clearer = thread -> {
            while (storers.get() > 0) {
                map.clear();
                trim.run();
                Thread.yield();
            }
        };
        Race.run(storer, storer, clearer);
        map.put(1_000, 1_000);
        int entries = 0;
        for (Map.Entry<Integer, Integer> entry : map.entrySet()) {
            assertEquals(entry.getKey(), entry.getValue());
            entries++;
        }
        assertEquals(entries, map.size(), "size");
    }

    /** xsync lost entries here (issue 109): a store into a table that had just been left. */
    @Test
    void updaterLosesNothingToAShrinker() throws Exception {
        SafeMap<Integer, Integer> map = nervous();
        update(map, map::trim);
    }

    @Test
    void theCheckOfUpdatesFindsAStoreIntoATableThatWasLeft() {
        LeftTableMap<Integer, Integer> map = new LeftTableMap<>(Fault.LOST_STORE, key -> key.equals(0));
        assertFails("lost", () -> update(map, map::trim));
    }

    private static void update(Map<Integer, Integer> map, Runnable trim) throws Exception {
        int keys = 128;
        AtomicBoolean over = new AtomicBoolean();
        Race.run(
                thread -> {
                    try {
                        for (int round = 0; round < 4_000; round++) {
                            for (int key = 0; key < keys; key++) {
                                assertNull(map.put(key, round), "still there");
                            }
                            for (int key = 0; key < keys; key++) {
                                assertEquals(round, map.remove(key), "lost");
                            }
                        }
                    } finally {
                        over.set(true);
                    }
                },
                thread -> {
                    while (!over.get()) {
                        trim.run();
                    }
                },
                thread -> {
                    for (int key = keys; !over.get(); key++) {
                        map.put(key, key);
                        map.remove(key);
                    }
                });
        assertTrue(map.isEmpty());
    }

    @Test
    void loaderNeverSeesTheValueOfAnotherKey() throws Exception {
        load(nervous());
    }

    @Test
    void theCheckOfLoadersFindsASlotThatIsUsedAgain() {
        assertFails("another key's value", () -> load(new SlotReusingMap<>(key -> true)));
    }

    private static void load(Map<Integer, Integer> map) throws Exception {
        int keys = 100;
        AtomicBoolean over = new AtomicBoolean();
        Race.run(
                thread -> {
                    for (int i = 0; !over.get(); i++) {
                        map.put(i % keys, i % keys);
                    }
                },
                thread -> {
                    for (int i = 0; !over.get(); i++) {
                        map.remove((int) (i * 7L % keys));
                    }
                },
                thread -> {
                    try {
                        for (int i = 0; i < 400_000; i++) {
                            Integer value = map.get(i % keys);
                            assertTrue(value == null || value == i % keys, "another key's value");
                        }
                    } finally {
                        over.set(true);
                    }
                });
    }

    private static void assertFails(String symptom, Executable check) {
        AssertionError error = assertThrows(AssertionError.class, check);
        assertTrue(error.getMessage().contains(symptom), error.getMessage());
    }
}
