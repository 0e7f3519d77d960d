package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads whose functions wait for each other's keys, in a circle or not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SafeMapCircleTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    static Stream<Arguments> circles() {
        return Stream.of(2, 3, 5)
                .flatMap(length -> Stream.of(WriteMethod.values())
                        .filter(writing -> writing.ifAbsent)
                        .map(writing -> Arguments.of(length, writing)));
    }

    private static String key(int number) {
        return "key number " + number;
    }

    /** Computes a key. Once all the others have reserved theirs, the function writes another key. */
    private static Task<Integer> computing(
            SafeMap<Object, Integer> map,
            Object key,
            CountDownLatch allHold,
            SafeMap<Object, Integer> other,
            Object wanted,
            WriteMethod writing) {
        return Task.start(() -> map.computeIfAbsent(key, same -> {
            allHold.countDown();
            Task.await(allHold);
            writing.run(other, wanted);
            return 1;
        }));
    }

    /** Returns the number of tasks that were refused with a message that names a key of the circle. */
    private static int refused(List<Task<Integer>> tasks) throws Exception {
        int refused = 0;
        for (Task<Integer> task : tasks) {
            try {
                assertEquals(1, task.get());
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage().contains("circle"), e.getMessage());
                assertTrue(e.getMessage().matches(".*key number [0-4]"), e.getMessage());
                refused++;
            }
        }
        return refused;
    }

    @ParameterizedTest
    @MethodSource("circles")
    void oneOfTheThreadsInACircleIsRefusedAndTheOthersGoOn(int length, WriteMethod writing) throws Exception {
        for (int shards : new int[] {1, 16}) {
            SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(shards));
            CountDownLatch allHold = new CountDownLatch(length);
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                tasks.add(computing(map, key(i), allHold, map, key((i + 1) % length), writing));
            }
            assertTrue(refused(tasks) >= 1);
            for (int i = 0; i < length; i++) {
                map.put(key(i), 2); // nobody has reserved it
            }
            assertEquals(length, map.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aCircleThroughSeveralMapsIsFound(int length) throws Exception {
        List<SafeMap<Object, Integer>> circle = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            circle.add(maps.create());
        }
        CountDownLatch allHold = new CountDownLatch(length);
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            SafeMap<Object, Integer> next = circle.get((i + 1) % length);
            tasks.add(computing(circle.get(i), key(0), allHold, next, key(0), WriteMethod.MERGE));
        }
        assertTrue(refused(tasks) >= 1);
        circle.forEach(map -> map.put(key(0), 2));
    }

    /** The function that was refused still returns a value. Then the others can continue. */
    @Test
    void aFunctionThatCatchesTheRefusalBreaksTheCircleToo() throws Exception {
        SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(1));
        CountDownLatch allHold = new CountDownLatch(3);
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int mine = i;
            tasks.add(Task.start(() -> map.computeIfAbsent(key(mine), same -> {
                allHold.countDown();
                Task.await(allHold);
                try {
                    map.put(key((mine + 1) % 3), 5);
                    return 1;
                } catch (IllegalStateException refused) {
                    return 2;
                }
            })));
        }
        int refused = 0;
        for (Task<Integer> task : tasks) {
            refused += task.get() == 2 ? 1 : 0;
        }
        assertTrue(refused >= 1);
        assertEquals(3, map.size());
    }

    /** This thread waits for a key of the circle, but nobody waits for it. */
    @Test
    void aThreadThatWaitsForACircleButIsNotInItIsNotRefused() throws Exception {
        for (int round = 0; round < 20; round++) {
            SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(1));
            CountDownLatch bothHold = new CountDownLatch(3);
            List<Task<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                tasks.add(computing(map, key(i), bothHold, map, key(1 - i), WriteMethod.COMPUTE));
            }
            Tables.await("both hold their keys", () -> bothHold.getCount() == 1);
            Task<Integer> outsider =
                    Task.start(() -> map.computeIfAbsent(key(2), same -> map.merge(key(0), 0, Integer::sum) + 100));
            outsider.awaitParked();
            bothHold.countDown();
            assertTrue(refused(tasks) >= 1);
            assertTrue(outsider.get() >= 100);
        }
    }

    /** Each waits for the next, and the last one for nobody. */
    @Test
    void aRowOfWaitersIsNoCircle() throws Exception {
        SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(1));
        ReservedKey last = new ReservedKey(map, key(0), ComputeMethod.COMPUTE, old -> 1);
        List<Task<Integer>> row = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            int mine = i;
            row.add(Task.start(() ->
                            map.computeIfAbsent(key(mine), same -> map.merge(key(mine - 1), 0, Integer::sum) + 1))
                    .awaitParked());
        }
        last.end();
        for (int i = 1; i <= 20; i++) {
            assertEquals(i + 1, row.get(i - 1).get());
        }
    }

    /** The two have no key while they wait, so nobody waits for them in return. */
    @Test
    void aThreadThatHeldAKeyBeforeIsNotInACircle() throws Exception {
        SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(1));
        for (int round = 0; round < 50; round++) {
            ReservedKey held = new ReservedKey(map, key(1), ComputeMethod.COMPUTE, old -> 1);
            Task<Integer> other = Task.start(() -> {
                map.compute(key(0), (same, old) -> 1);
                return map.put(key(1), 2);
            });
            other.awaitParked();
            assertEquals(2, map.compute(key(0), (same, old) -> old + 1));
            held.end();
            assertEquals(1, other.get());
            map.clear();
        }
    }
}
