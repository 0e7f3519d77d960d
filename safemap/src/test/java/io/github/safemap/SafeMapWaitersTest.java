package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What other threads do while a function has reserved a key: those that want it wait, and all others go on. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SafeMapWaitersTest {
    private static final Object KEY = "the key 4711";

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Object, Integer> create(boolean present) {
        SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(1));
        if (present) {
            map.put(KEY, 1);
        }
        return map;
    }

    static Stream<Arguments> computings() {
        return SafeMapReservationTest.computings();
    }

    /** This test does not say what a removal by a filter does with a value that came after its test. */
    static Stream<Arguments> writers() {
        return SafeMapReservationTest.recursions().filter(row -> row.get()[2] != WriteMethod.REMOVE_IF);
    }

    // ---- Threads that want the key ----

    @ParameterizedTest
    @MethodSource("writers")
    void aWriterOfTheKeyWaitsAndThenFindsTheResult(ComputeMethod computing, boolean present, WriteMethod writing)
            throws Exception {
        SafeMap<Object, Integer> map = create(present);
        ReservedKey held = new ReservedKey(map, KEY, computing, old -> 2);
        Task<?> writer = writer(map, writing).awaitParked();
        assertEquals(present ? 1 : null, map.get(KEY));
        held.end();
        writer.get();
        assertEquals(written(writing, 2), map);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void aWriterIsWokenWhenTheFunctionThrowsAndFindsTheOldState(
            ComputeMethod computing, boolean present, WriteMethod writing) throws Exception {
        SafeMap<Object, Integer> map = create(present);
        ReservedKey held = new ReservedKey(map, KEY, computing, old -> {
            throw new IllegalCallerException();
        });
        Task<?> writer = writer(map, writing).awaitParked();
        assertThrows(IllegalCallerException.class, held::end);
        writer.get();
        assertEquals(written(writing, present ? 1 : null), map);
    }

    private static Task<?> writer(SafeMap<Object, Integer> map, WriteMethod writing) {
        return Task.start(() -> {
            writing.run(map, KEY);
            return null;
        });
    }

    /** The result of the write in a map with this value, according to {@code HashMap}. */
    private static Map<Object, Integer> written(WriteMethod writing, Integer value) {
        Map<Object, Integer> map = new HashMap<>();
        if (value != null) {
            map.put(KEY, value);
        }
        writing.run(map, KEY);
        return map;
    }

    @Test
    void aFunctionIsCalledOnceForAllWhoWantItsResult() throws Exception {
        SafeMap<Object, Integer> map = create(false);
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE_IF_ABSENT, old -> 1);
        AtomicInteger calls = new AtomicInteger();
        List<Task<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiters.add(Task.startLight(() -> map.computeIfAbsent(KEY, key -> calls.incrementAndGet())));
        }
        waiters.forEach(Task::awaitParked);
        held.end();
        for (Task<Integer> waiter : waiters) {
            assertEquals(1, waiter.get());
        }
        assertEquals(0, calls.get());
    }

    @Test
    void afterAFunctionThatThrewOneOfTheWaitersComputes() throws Exception {
        SafeMap<Object, Integer> map = create(false);
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE_IF_ABSENT, old -> {
            throw new IllegalCallerException();
        });
        AtomicInteger calls = new AtomicInteger();
        List<Task<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiters.add(Task.startLight(() -> map.computeIfAbsent(KEY, key -> calls.incrementAndGet())));
        }
        waiters.forEach(Task::awaitParked);
        assertThrows(IllegalCallerException.class, held::end);
        for (Task<Integer> waiter : waiters) {
            assertEquals(1, waiter.get());
        }
        assertEquals(1, calls.get());
    }

    /** A thread that nobody wakes waits for ever. */
    @Test
    void theEndOfAFunctionWakesTheWaiter() throws Exception {
        SafeMap<Object, Integer> map = create(true);
        for (int round = 0; round < 500; round++) {
            ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> old + 1);
            Task<Integer> waiter = Task.start(() -> map.computeIfPresent(KEY, (key, old) -> old + 1))
                    .awaitParked();
            held.end();
            assertEquals(2 * round + 3, waiter.get());
        }
    }

    @Test
    void aWaiterThatIsInterruptedWaitsOnAndStaysInterrupted() throws Exception {
        SafeMap<Object, Integer> map = create(true);
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> 2);
        AtomicReference<Integer> replaced = new AtomicReference<>();
        Task<Boolean> waiter = Task.start(() -> {
            replaced.set(map.put(KEY, 3));
            return Thread.currentThread().isInterrupted();
        });
        for (int times = 0; times < 3; times++) {
            waiter.awaitParked();
            waiter.thread().interrupt();
            Tables.await("the interrupt was noticed", () -> !waiter.thread().isInterrupted());
        }
        waiter.awaitParked();
        assertEquals(1, map.get(KEY));
        held.end();
        assertTrue(waiter.get(), "the interrupt was swallowed");
        assertEquals(2, replaced.get());
        assertEquals(3, map.get(KEY));
    }

    @Test
    void aThreadThatWasInterruptedBeforeWaitsAsWell() throws Exception {
        SafeMap<Object, Integer> map = create(true);
        ReservedKey held = new ReservedKey(map, KEY, ComputeMethod.COMPUTE, old -> 2);
        Task<Boolean> waiter = Task.start(() -> {
            Thread.currentThread().interrupt();
            assertEquals(2, map.remove(KEY));
            return Thread.currentThread().isInterrupted();
        });
        waiter.awaitParked();
        held.end();
        assertTrue(waiter.get());
        assertFalse(map.containsKey(KEY));
    }

    /** The remover waits for the function. If the function waited for the remover, both would wait for ever. */
    @Test
    void aRemovalOfTheKeyThatTheFunctionStartsOnAnotherThreadComesAfterIt() throws Exception {
        SafeMap<Object, Integer> map = create(true);
        AtomicReference<Task<Integer>> remover = new AtomicReference<>();
        assertEquals(2, map.compute(KEY, (key, old) -> {
            remover.set(Task.start(() -> map.remove(KEY)).awaitParked());
            assertEquals(1, map.get(KEY), "the removal has not waited");
            return 2;
        }));
        assertEquals(2, remover.get().get());
        assertTrue(map.isEmpty());
    }

    /** A function may give up waiting for such a thread. That leaves no trace. */
    @Test
    void aFunctionThatWaitsInVainForARemovalOfItsKeyMayThrow() throws Exception {
        SafeMap<Object, Integer> map = create(true);
        AtomicReference<Task<Integer>> remover = new AtomicReference<>();
        assertThrows(
                IllegalCallerException.class,
                () -> map.compute(KEY, (key, old) -> {
                    CountDownLatch removed = new CountDownLatch(1);
                    remover.set(Task.start(() -> {
                        Integer was = map.remove(KEY);
                        removed.countDown();
                        return was;
                    }));
                    remover.get().awaitParked();
                    try {
                        assertFalse(removed.await(1, TimeUnit.MILLISECONDS));
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new IllegalCallerException(new TimeoutException());
                }));
        assertEquals(1, remover.get().get());
        assertTrue(map.isEmpty());
    }

    // ---- All other threads ----

    /** The function returns after the others have done all this, so it did not stop them. */
    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aThousandOtherKeysDoNotWait(HashKind kind) throws Exception {
        for (int shards : new int[] {1, 16}) {
            SafeMap<Key, Integer> map =
                    maps.create(SafeMap.builder().shards(shards).shrinkThreshold(1));
            for (boolean present : new boolean[] {false, true}) {
                ReservedKey held = new ReservedKey(map, kind.key(0), ComputeMethod.COMPUTE, old -> old == null ? 1 : 2);
                Integer old = present ? 1 : null;
                Task<?> stranger = Task.start(() -> {
                    useOtherKeys(map, kind, old);
                    return null;
                });
                stranger.get();
                held.end();
                assertEquals(present ? 2 : 1, map.get(kind.key(0)));
            }
        }
    }

    private static void useOtherKeys(SafeMap<Key, Integer> map, HashKind kind, Integer held) {
        int others = 1_000;
        for (int id = 1; id <= others; id++) {
            Key key = kind.key(id);
            assertNull(map.get(key));
            assertNull(map.put(key, id));
            assertEquals(id, map.get(key));
            assertEquals(held, map.get(kind.key(0)));
        }
        assertEquals(others + (held == null ? 0 : 1), map.size());
        assertEquals(map.size(), map.keySet().stream().distinct().count());
        for (int id = 1; id <= others; id++) {
            Key key = kind.key(id);
            assertEquals(id, map.put(key, -id));
            assertEquals(-id, map.putIfAbsent(key, 0));
            assertTrue(map.replace(key, -id, id));
            assertEquals(id, map.replace(key, 5));
            assertEquals(6, map.merge(key, 1, Integer::sum));
            assertEquals(6, map.computeIfAbsent(key, same -> 0));
            assertEquals(7, map.computeIfPresent(key, (same, old) -> old + 1));
            assertEquals(8, map.compute(key, (same, old) -> old + 1));
            assertEquals(held, map.get(kind.key(0)));
        }
        for (int id = 1; id <= others / 2; id++) {
            assertEquals(8, map.remove(kind.key(id)));
        }
        map.trim();
        assertTrue(map.entrySet().removeIf(entry -> entry.getKey().id() != 0));
        assertEquals(held == null ? 0 : 1, map.size());
        assertEquals(held, map.get(kind.key(0)));
        assertEquals(held != null, map.containsKey(kind.key(0)));
        assertEquals(held != null, map.keySet().iterator().hasNext());
    }

    /** The threads waited before the tables were replaced, and find the key in the new ones. */
    @ParameterizedTest
    @MethodSource("computings")
    void waitersFollowTheirKeyThroughGrowthAndShrinking(ComputeMethod computing, boolean present) throws Exception {
        for (boolean grows : new boolean[] {true, false}) {
            SafeMap<Object, Integer> map = create(present);
            for (int key = 0; !grows && key < 1_000; key++) {
                map.put(key, key);
            }
            long before = Tables.slots(map);
            ReservedKey held = new ReservedKey(map, KEY, computing, old -> 2);
            List<Task<Integer>> waiters = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiters.add(Task.start(() -> map.merge(KEY, 1, Integer::sum)).awaitParked());
            }
            for (int key = 0; key < 1_000; key++) {
                if (grows) {
                    map.put(key, key);
                } else {
                    map.remove(key);
                }
            }
            map.trim();
            assertEquals(grows, Tables.slots(map) > before);
            assertTrue(waiters.stream().allMatch(Task::isParked), "somebody has gone on");
            held.end();
            for (Task<Integer> waiter : waiters) {
                waiter.get();
            }
            assertEquals(7, map.get(KEY));
        }
    }

    /** A clear does not wait. The threads that waited for the key write it where it is then. */
    @ParameterizedTest
    @MethodSource("computings")
    void aWaiterWritesItsKeyAnewAfterAClear(ComputeMethod computing, boolean present) throws Exception {
        SafeMap<Object, Integer> map = create(present);
        ReservedKey held = new ReservedKey(map, KEY, computing, old -> 2);
        Task<Integer> waiter = Task.start(() -> map.put(KEY, 3)).awaitParked();
        map.clear();
        assertTrue(map.isEmpty());
        assertNull(map.put(KEY, 7));
        held.end();
        assertEquals(7, waiter.get());
        assertEquals(Map.of(KEY, 3), map);
    }
}
