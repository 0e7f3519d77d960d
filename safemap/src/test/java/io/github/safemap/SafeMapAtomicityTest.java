package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each write of a {@link SafeMap} is atomic: threads that write the same keys at once lose nothing and do
 * nothing twice. Each check must also catch {@link TornMap}.
 */
class SafeMapAtomicityTest {
    private static final int KEYS = 2_000;
    private static final int ROUNDS = 10_000;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    /** What several threads do to one map, and the required result. */
    enum Check {
        MERGE_COUNTS_EXACTLY {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                Race.run(threads, thread -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        map.merge(i % 4, 1, Integer::sum);
                    }
                });
                assertCounts(map, 4, threads * ROUNDS / 4);
            }
        },
        COMPUTE_COUNTS_EXACTLY {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                Race.run(threads, thread -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        map.compute(i % 4, (key, value) -> value == null ? 1 : value + 1);
                    }
                });
                assertCounts(map, 4, threads * ROUNDS / 4);
            }
        },
        COMPUTE_IF_PRESENT_COUNTS_EXACTLY {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                fill(map, 4, 0);
                Race.run(threads, thread -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        map.computeIfPresent(i % 4, (key, value) -> value + 1);
                    }
                });
                assertCounts(map, 4, threads * ROUNDS / 4);
            }
        },
        REPLACE_ALL_COUNTS_EXACTLY {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                fill(map, 100, 0);
                Race.run(threads, thread -> {
                    for (int i = 0; i < 200; i++) {
                        map.replaceAll((key, value) -> value + 1);
                    }
                });
                assertCounts(map, 100, threads * 200);
            }
        },
        REPLACE_PAIR_COUNTS_EXACTLY {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                fill(map, 4, 0);
                Race.run(threads, thread -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        int value;
                        do {
                            value = map.get(i % 4);
                        } while (!map.replace(i % 4, value, value + 1));
                    }
                });
                assertCounts(map, 4, threads * ROUNDS / 4);
            }
        },
        PUT_AND_REMOVE_PAIR_COUNT_EXACTLY {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                map.put(0, 0);
                int rounds = 1_000;
                Race.run(threads, thread -> {
                    for (int i = 0; i < rounds; i++) {
                        Integer taken;
                        do {
                            taken = map.get(0);
                        } while (taken == null || !map.remove(0, taken));
                        assertNull(map.putIfAbsent(0, taken + 1), "two threads took the value");
                    }
                });
                assertCounts(map, 1, threads * rounds);
            }
        },
        PUT_IF_ABSENT_HAS_ONE_WINNER {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                AtomicIntegerArray winners = new AtomicIntegerArray(KEYS);
                Race.run(threads, thread -> {
                    for (int key = 0; key < KEYS; key++) {
                        Integer other = map.putIfAbsent(key, thread);
                        if (other == null) {
                            winners.incrementAndGet(key);
                            other = thread;
                        }
                        assertEquals(other, map.get(key), "the loser did not learn the winner");
                    }
                });
                assertOnceEach(winners);
            }
        },
        COMPUTE_IF_ABSENT_CALLS_ONCE {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                AtomicIntegerArray calls = new AtomicIntegerArray(KEYS);
                Race.run(threads, thread -> {
                    for (int key = 0; key < KEYS; key++) {
                        Integer value = map.computeIfAbsent(key, k -> {
                            calls.incrementAndGet(k);
                            return 1_000_000 + k;
                        });
                        assertSame(value, map.get(key));
                    }
                });
                assertOnceEach(calls);
            }
        },
        REMOVE_HAS_ONE_WINNER {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                raceToRemove(map, threads, key -> map.remove(key) != null);
            }
        },
        REMOVE_PAIR_HAS_ONE_WINNER {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                raceToRemove(map, threads, key -> map.remove(key, 1));
            }
        },
        KEY_SET_REMOVE_HAS_ONE_WINNER {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                raceToRemove(map, threads, key -> map.keySet().remove(key));
            }
        },
        COMPUTE_TO_NULL_HAS_ONE_WINNER {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                raceToRemove(map, threads, key -> {
                    boolean[] won = {false};
                    map.compute(key, (k, value) -> {
                        won[0] = value != null;
                        return null;
                    });
                    return won[0];
                });
            }
        },
        MERGE_ALTERNATES_BETWEEN_PUTTING_AND_REMOVING {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                AtomicIntegerArray removals = new AtomicIntegerArray(KEYS);
                Race.run(threads, thread -> {
                    for (int i = 0; i < KEYS; i++) {
                        int key = i;
                        map.merge(key, 1, (old, value) -> {
                            removals.incrementAndGet(key);
                            return null;
                        });
                    }
                });
                for (int key = 0; key < KEYS; key++) {
                    assertEquals(threads / 2, removals.get(key));
                    assertEquals(threads % 2 == 0 ? null : 1, map.get(key));
                }
            }
        },
        PUT_HANDS_OUT_EACH_OLD_VALUE_ONCE {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                raceToExchange(map, threads, value -> map.put(0, value));
            }
        },
        REPLACE_HANDS_OUT_EACH_OLD_VALUE_ONCE {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                raceToExchange(map, threads, value -> map.replace(0, value));
            }
        },
        SIZE_IS_EXACT_WHEN_ALL_IS_QUIET {
            @Override
            void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception {
                Race.run(threads, thread -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        map.put(thread * ROUNDS + i, i);
                        map.put(-1 - i % 7, i);
                    }
                });
                assertEquals(threads * ROUNDS + 7, map.size());
                Race.run(threads, thread -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        if (i % 10 != 0) {
                            assertEquals(i, map.remove(thread * ROUNDS + i));
                        }
                    }
                });
                assertEquals(threads * ROUNDS / 10 + 7, map.size());
                assertEquals(map.size(), map.keySet().stream().distinct().count());
            }
        };

        abstract void run(ConcurrentMap<Integer, Integer> map, int threads) throws Exception;

        /** Tries to remove one key. */
        private interface Removal {
            boolean of(int key);
        }

        private static void raceToRemove(ConcurrentMap<Integer, Integer> map, int threads, Removal removal)
                throws Exception {
            fill(map, KEYS, 1);
            AtomicIntegerArray winners = new AtomicIntegerArray(KEYS);
            Race.run(threads, thread -> {
                for (int key = 0; key < KEYS; key++) {
                    if (removal.of(key)) {
                        winners.incrementAndGet(key);
                    }
                    assertNull(map.get(key));
                }
            });
            assertOnceEach(winners);
            assertEquals(0, map.size());
        }

        /** Replaces the value of key 0 by another. */
        private interface Exchange {
            Integer with(int value);
        }

        private static void raceToExchange(ConcurrentMap<Integer, Integer> map, int threads, Exchange exchange)
                throws Exception {
            map.put(0, -1);
            List<Integer> handedOut = Collections.synchronizedList(new ArrayList<>());
            Race.run(threads, thread -> {
                List<Integer> mine = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    mine.add(assertPresent(exchange.with(thread * ROUNDS + i)));
                }
                handedOut.addAll(mine);
            });
            handedOut.add(map.get(0));
            Collections.sort(handedOut);
            assertEquals(IntStream.range(-1, threads * ROUNDS).boxed().toList(), handedOut);
        }

        private static Integer assertPresent(Integer value) {
            assertNotNull(value);
            return value;
        }

        private static void fill(ConcurrentMap<Integer, Integer> map, int keys, Integer value) {
            for (int key = 0; key < keys; key++) {
                map.put(key, value);
            }
        }

        private static void assertCounts(ConcurrentMap<Integer, Integer> map, int keys, int expected) {
            for (int key = 0; key < keys; key++) {
                assertEquals(expected, map.get(key));
            }
        }

        private static void assertOnceEach(AtomicIntegerArray counts) {
            for (int key = 0; key < counts.length(); key++) {
                int of = key;
                assertEquals(1, counts.get(key), () -> "times for key " + of);
            }
        }
    }

    static Stream<Arguments> checksWithTwoToFourThreads() {
        return Stream.of(Check.values())
                .flatMap(check -> Stream.of(2, 3, 4).map(threads -> Arguments.of(check, threads)));
    }

    @ParameterizedTest
    @MethodSource("checksWithTwoToFourThreads")
    void writesAreAtomic(Check check, int threads) throws Exception {
        check.run(maps.create(), threads);
    }

    @ParameterizedTest
    @EnumSource
    void checkCatchesATornMap(Check check) {
        TornMap map = new TornMap();
        assertThrows(AssertionError.class, () -> check.run(map, 2));
        assertTrue(map.wasTorn(), "guilty of something else");
    }
}
