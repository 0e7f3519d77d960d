package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function reserves its key, and only its key. */
class SafeMapComputeTest {
    private static final Duration HANG = Duration.ofSeconds(20);

    private final SafeMap<Object, Integer> map = SafeMap.builder().shards(1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void mapIsWhole() {
        threads.shutdownNow();
        SafeMapInvariants.check(map);
    }

    private static void within(org.junit.jupiter.api.function.Executable action) {
        assertTimeoutPreemptively(HANG, action);
    }

    @Test
    void readersSeeTheOldValueWhileTheFunctionRuns() {
        map.put("a", 1);
        map.compute("a", (key, old) -> {
            assertEquals(1, map.get("a"));
            assertNull(map.get("b"));
            assertEquals(1, map.size());
            return 2;
        });
        map.computeIfAbsent("b", key -> {
            assertNull(map.get("b"));
            assertEquals(List.of("a"), new ArrayList<>(map.keySet()));
            assertEquals(1, map.size());
            return 3;
        });
        assertEquals(3, map.get("b"));
        assertEquals(2, map.size());
    }

    @Test
    void aFunctionThatChangesItsOwnKeyIsRefused() {
        map.put("a", 1);
        within(() -> {
            IllegalStateException e =
                    assertThrows(IllegalStateException.class, () -> map.compute("a", (key, old) -> map.put("a", 5)));
            assertTrue(e.getMessage().contains("a"), e.getMessage());
            assertThrows(
                    IllegalStateException.class,
                    () -> map.computeIfAbsent("b", key -> map.computeIfAbsent("b", again -> 1)));
            assertThrows(IllegalStateException.class, () -> map.merge("a", 1, (old, one) -> map.remove("a")));
        });
        assertEquals(1, map.get("a"));
        assertNull(map.get("b"));
    }

    /** Keys of one bucket, because a map of one shard has one bucket at first. */
    @Test
    void aFunctionMayChangeOtherKeysOfItsBucketAndMakeTheTableGrow() {
        int sum = map.compute(0, (key, old) -> {
            IntStream.range(1, 1_000).forEach(other -> map.put(other, other));
            IntStream.range(1, 990).forEach(map::remove);
            map.trim();
            return map.computeIfAbsent(-1, deeper -> 7) + 1;
        });
        assertEquals(8, sum);
        assertEquals(8, map.get(0));
        assertEquals(12, map.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aCircleOfThreadsIsBroken(int length) {
        CyclicBarrier allHold = new CyclicBarrier(length);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int mine = i;
            int next = (i + 1) % length;
            outcomes.add(threads.submit(() -> {
                try {
                    map.computeIfAbsent(mine, key -> {
                        await(allHold);
                        return map.computeIfAbsent(next, other -> next);
                    });
                    return false;
                } catch (IllegalStateException e) {
                    return true;
                }
            }));
        }
        within(() -> {
            int refused = 0;
            for (Future<Boolean> outcome : outcomes) {
                refused += outcome.get() ? 1 : 0;
            }
            assertTrue(refused >= 1 && refused <= length, "refused " + refused);
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFunctionThatThrowsLeavesTheEntryAsItWas() {
        map.put("a", 1);
        assertThrows(
                ArithmeticException.class, () -> map.compute("a", (key, old) -> old / map.getOrDefault("none", 0)));
        assertThrows(
                IllegalCallerException.class,
                () -> map.computeIfAbsent("b", key -> {
                    throw new IllegalCallerException();
                }));
        assertEquals(1, map.get("a"));
        assertNull(map.get("b"));
        assertEquals(1, map.size());
        within(() -> assertEquals(1, map.put("a", 2)));
        within(() -> assertNull(map.put("b", 2)));
    }

    @Test
    void aWriterWaitsForItsKeyAndOthersDoNot() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        Future<Integer> slow = threads.submit(() -> map.computeIfAbsent("slow", key -> {
            running.countDown();
            try {
                finish.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return 1;
        }));
        running.await();
        Task<Integer> waiting = Task.start(() -> map.put("slow", 2)).awaitParked();
        within(() -> {
            for (int key = 0; key < 1_000; key++) { // they share its bucket, and move it
                map.put(key, key);
                assertEquals(key, map.get(key));
            }
        });
        assertNull(map.get("slow"));
        assertTrue(waiting.isParked() && !slow.isDone());
        finish.countDown();
        within(() -> {
            assertEquals(1, slow.get());
            assertEquals(1, waiting.get());
            assertEquals(2, map.get("slow"));
        });
    }

    @Test
    void clearIsOrderedAfterAFunctionThatIsRunning() {
        map.put("a", 1);
        assertEquals(2, map.compute("a", (key, old) -> {
            map.clear();
            return old + 1;
        }));
        assertTrue(map.isEmpty());
    }

    /** A key whose hash code has changed. */
    private static final class FickleKey {
        int hash = 1;

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    @Test
    void aKeyWhoseHashChangesDuringARebuildIsReleased() {
        for (int changed = 0; changed < 50; changed++) {
            int hash = changed;
            SafeMap<Object, Integer> grown = SafeMap.builder().shards(1).build();
            FickleKey key = new FickleKey();
            within(() -> grown.compute(key, (same, old) -> {
                key.hash = hash;
                IntStream.range(0, 500).forEach(i -> grown.put(i, i));
                key.hash = 1;
                return 1;
            }));
            assertEquals(1, grown.get(key));
            SafeMapInvariants.check(grown);
        }
    }

    @Test
    void aStreamOverAViewTakesAMapThatChanges() {
        IntStream.range(0, 100).forEach(key -> map.put(key, key));
        AtomicBoolean stop = new AtomicBoolean();
        Future<?> writer = threads.submit(() -> {
            for (int round = 0; !stop.get(); round++) {
                int key = 100 + round % 5_000;
                if (round / 5_000 % 2 == 0) {
                    map.put(key, key);
                } else {
                    map.remove(key);
                }
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertTrue(map.keySet().stream().toArray().length >= 100);
                assertTrue(map.values().parallelStream()
                                .mapToInt(v -> v)
                                .filter(v -> v < 100)
                                .count()
                        == 100);
                assertTrue(map.entrySet().stream().toList().size() >= 100);
            }
        } finally {
            stop.set(true);
        }
        within(writer::get);
    }
}
