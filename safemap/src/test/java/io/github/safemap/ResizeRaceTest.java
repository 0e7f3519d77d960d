package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shards that grow, split, shrink and merge while several threads use them. The scenarios are xsync's ({@code
 * map_test.go}), and one of Pulsar and BookKeeper: a reader in a tiny table that grows and shrinks all the
 * time. There, the reader used an index of another table.
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
        SafeMap<Integer, String> map = tiny();
        AtomicBoolean over = new AtomicBoolean();
        Race.Runner reader = thread -> {
            while (!over.get()) {
                for (int key = 0; key < ALWAYS_THERE; key++) {
                    assertEquals("always " + key, map.get(key));
                    assertTrue(map.containsKey(key));
                }
                for (int key = ALWAYS_THERE; key < SOMETIMES; key++) {
                    String value = map.get(key);
                    assertTrue(value == null || value.equals("sometimes " + key), value);
                }
                assertNull(map.get(-1));
            }
        };
        Race.run(thread -> expandAndShrink(map, over), reader, reader, reader);
    }

    @Test
    void iteratorsOverATinyTableMeetWhatIsThereThroughoutOnce() throws Exception {
        SafeMap<Integer, String> map = tiny();
        AtomicBoolean over = new AtomicBoolean();
        Race.Runner iterator = thread -> {
            while (!over.get()) {
                Set<Integer> seen = new HashSet<>();
                for (Map.Entry<Integer, String> entry : map.entrySet()) {
                    int key = entry.getKey();
                    assertTrue(seen.add(key), () -> key + " twice");
                    assertEquals((key < ALWAYS_THERE ? "always " : "sometimes ") + key, entry.getValue());
                }
                for (int key = 0; key < ALWAYS_THERE; key++) {
                    assertTrue(seen.contains(key), "missed " + key);
                }
            }
        };
        Race.run(thread -> expandAndShrink(map, over), iterator, iterator, iterator);
    }

    private SafeMap<Integer, String> tiny() {
        SafeMap<Integer, String> map = nervous();
        for (int key = 0; key < ALWAYS_THERE; key++) {
            map.put(key, "always " + key);
        }
        return map;
    }

    private static void expandAndShrink(SafeMap<Integer, String> map, AtomicBoolean over) {
        try {
            SplittableRandom random = new SplittableRandom();
            long end = System.nanoTime() + NANOS;
            while (System.nanoTime() < end) {
                int behind = ALWAYS_THERE + 1 + random.nextInt(SOMETIMES - ALWAYS_THERE);
                for (int key = ALWAYS_THERE; key < behind; key++) {
                    map.put(key, "sometimes " + key);
                }
                if (random.nextInt(4) == 0) {
                    map.trim();
                }
                for (int key = ALWAYS_THERE; key < behind; key++) {
                    assertEquals("sometimes " + key, map.remove(key));
                }
                map.trim();
            }
        } finally {
            over.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void parallelShrinkingLosesNothing(int threads) throws Exception {
        SafeMap<Integer, Integer> map = nervous();
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
        assertEquals(threads * stay, map.size());
        for (int key = 0; key < threads * each; key++) {
            assertEquals(key % each >= each - stay ? key : null, map.get(key));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallelGrowthLosesNothing(boolean growOnly) throws Exception {
        SafeMapBuilder builder = SafeMap.builder().shards(1);
        SafeMap<Integer, Integer> map = maps.create(growOnly ? builder.growOnly() : builder);
        int threads = 4;
        int each = 20_000;
        Race.run(threads, thread -> {
            for (int key = thread; key < threads * each; key += threads) {
                assertNull(map.put(key, key));
            }
        });
        assertEquals(threads * each, map.size());
        for (int key = 0; key < threads * each; key++) {
            assertEquals(key, map.get(key));
        }
    }

    /** All threads put and then remove the same keys. Each key has one winner. */
    @Test
    void parallelResizesOfIntersectingKeysAgreeOnTheWinners() throws Exception {
        for (int round = 0; round < 20; round++) {
            SafeMap<Integer, Integer> map = nervous();
            int keys = 2_000;
            int threads = 4;
            int[] inserted = new int[threads];
            int[] removed = new int[threads];
            Race.run(threads, thread -> {
                for (int key = 0; key < keys; key++) {
                    inserted[thread] += map.putIfAbsent(key, thread) == null ? 1 : 0;
                }
            });
            assertEquals(keys, sum(inserted));
            assertEquals(keys, map.size());
            Race.run(threads, thread -> {
                for (int key = 0; key < keys; key++) {
                    removed[thread] += map.remove(key) != null ? 1 : 0;
                }
            });
            assertEquals(keys, sum(removed));
            assertTrue(map.isEmpty());
        }
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
        Race.Runner storer = thread -> {
            for (int i = 0; i < 60_000; i++) {
                map.put(i % 1_000, i % 1_000);
            }
        };
        Race.Runner clearer = thread -> {
            for (int i = 0; i < 300; i++) {
                map.clear();
                map.trim();
                Thread.yield();
            }
        };
        Race.run(storer, storer, clearer);
        maps.check(map);
        for (Map.Entry<Integer, Integer> entry : map.entrySet()) {
            assertEquals(entry.getKey(), entry.getValue());
        }
        map.clear();
        assertEquals(0, map.size());
        assertEquals(0, Tables.slots(map));
    }

    /** xsync lost entries here (issue 109): a store into a table that had just been left. */
    @Test
    void updaterLosesNothingToAShrinker() throws Exception {
        SafeMap<Integer, Integer> map = nervous();
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
                        map.trim();
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

    /** A value of two equal halves is never seen torn, however its key comes and goes. */
    @Test
    void loaderNeverSeesTheValueOfAnotherKey() throws Exception {
        SafeMap<Integer, Integer> map = nervous();
        int keys = 100;
        AtomicBoolean over = new AtomicBoolean();
        Race.run(
                thread -> {
                    try {
                        for (int i = 0; i < 400_000; i++) {
                            map.put(i % keys, i % keys);
                        }
                    } finally {
                        over.set(true);
                    }
                },
                thread -> {
                    for (int i = 0; !over.get(); i++) {
                        map.remove(i * 7 % keys);
                    }
                },
                thread -> {
                    for (int i = 0; !over.get(); i++) {
                        Integer value = map.get(i % keys);
                        assertTrue(value == null || value == i % keys, "another key's value");
                    }
                });
    }
}
