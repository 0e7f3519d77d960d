package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a function that computes a key's value may do on its own thread, and what it sees. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SafeMapReservationTest {
    private static final Object KEY = "the key 4711";

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Object, Integer> create(boolean present) {
        SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(1));
        map.put("neighbour", -1);
        if (present) {
            map.put(KEY, 1);
        }
        return map;
    }

    private static Map<Object, Integer> contents(boolean present) {
        Map<Object, Integer> contents = new HashMap<>(Map.of("neighbour", -1));
        if (present) {
            contents.put(KEY, 1);
        }
        return contents;
    }

    /** Computes a present or an absent key, with each method that then calls its function. */
    static Stream<Arguments> computings() {
        return Stream.of(ComputeMethod.values())
                .flatMap(computing -> Stream.of(true, false)
                        .filter(present -> present ? computing.ifPresent : computing.ifAbsent)
                        .map(present -> Arguments.of(computing, present)));
    }

    static Stream<Arguments> recursions() {
        return computings()
                .flatMap(computing -> Stream.of(WriteMethod.values())
                        .filter(writing -> (boolean) computing.get()[1] ? writing.ifPresent : writing.ifAbsent)
                        .map(writing ->
                                Arguments.of(computing.get()[0], computing.get()[1], writing)));
    }

    // ---- Recursion ----

    @ParameterizedTest
    @MethodSource("recursions")
    void aRefusalNamesTheKeyThatTheFunctionWrote(ComputeMethod computing, boolean present, WriteMethod writing) {
        SafeMap<Object, Integer> map = create(present);
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> computing.run(map, KEY, old -> {
                    writing.run(map, KEY);
                    return 2;
                }));
        assertTrue(e.getMessage().contains(KEY.toString()), e.getMessage());
        assertEquals(contents(present), map);
        map.put(KEY, 3);
        assertEquals(3, map.remove(KEY));
    }

    @ParameterizedTest
    @MethodSource("recursions")
    void aFunctionMayGoOnAfterARefusal(ComputeMethod computing, boolean present, WriteMethod writing) {
        SafeMap<Object, Integer> map = create(present);
        computing.run(map, KEY, old -> {
            assertThrows(IllegalStateException.class, () -> writing.run(map, KEY));
            return 2;
        });
        assertEquals(Map.of("neighbour", -1, KEY, 2), map);
    }

    /** Through a function of another key in between. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void aRecursionThroughAnotherKeyIsFound(int shards) {
        SafeMap<Object, Integer> map = maps.create(SafeMap.builder().shards(shards));
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> map.computeIfAbsent(KEY, a -> map.computeIfAbsent("b", b -> map.put(KEY, 1))));
        assertTrue(e.getMessage().contains(KEY.toString()), e.getMessage());
        assertTrue(map.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(HashKind.class)
    void functionsOfManyKeysOfABucketOrShardMayNest(HashKind kind) {
        for (int shards : new int[] {1, 16}) {
            SafeMap<Key, Integer> map = maps.create(SafeMap.builder().shards(shards));
            int depth = 40;
            map.put(kind.key(3), 1_000);
            assertEquals(depth, nest(map, kind, 0, depth));
            for (int id = 0; id < depth; id++) {
                assertEquals(depth - id, map.get(kind.key(id)));
            }
            assertEquals(depth, map.size());
        }
    }

    private static int nest(SafeMap<Key, Integer> map, HashKind kind, int id, int depth) {
        return id == depth ? 0 : map.compute(kind.key(id), (key, old) -> nest(map, kind, id + 1, depth) + 1);
    }

    @ParameterizedTest
    @MethodSource("computings")
    void theSameKeyInAnotherMapIsAnotherKey(ComputeMethod computing, boolean present) {
        SafeMap<Object, Integer> map = create(present);
        SafeMap<Object, Integer> other = create(present);
        computing.run(map, KEY, old -> {
            computing.run(other, KEY, same -> 5);
            other.put(KEY, other.get(KEY) + 1);
            return 2;
        });
        assertEquals(2, map.get(KEY));
        assertEquals(6, other.get(KEY));
    }

    // ---- Throwing ----

    static Stream<Arguments> throwing() {
        return computings()
                .flatMap(computing -> Stream.of(
                                new IOException("checked"),
                                new StackOverflowError("an error"),
                                new IllegalCallerException("unchecked"))
                        .map(thrown ->
                                Arguments.of(computing.get()[0], computing.get()[1], thrown)));
    }

    @ParameterizedTest
    @MethodSource("throwing")
    void aFunctionThatThrowsLeavesTheEntryAsItWas(ComputeMethod computing, boolean present, Throwable thrown) {
        SafeMap<Object, Integer> map = create(present);
        for (int times = 1; times <= 3; times++) {
            assertSame(
                    thrown,
                    assertThrows(
                            Throwable.class,
                            () -> computing.run(map, KEY, old -> {
                                map.put("other", 1);
                                map.remove("other");
                                throw SafeMapReservationTest.<RuntimeException>sneaky(thrown);
                            })));
            assertEquals(contents(present), map);
            assertEquals(present ? 2 : 1, map.size());
            maps.check(map);
        }
        assertEquals(present ? 1 : null, map.put(KEY, 2));
        assertEquals(2, map.remove(KEY));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** An exception that the functions in between do not catch reaches the first caller, and frees all the keys. */
    @Test
    void aThrowThroughNestedFunctionsFreesEachKey() {
        SafeMap<Object, Integer> map = create(true);
        IllegalCallerException thrown = new IllegalCallerException();
        assertSame(
                thrown,
                assertThrows(
                        IllegalCallerException.class,
                        () -> map.compute(
                                KEY,
                                (a, one) -> map.merge(
                                        "neighbour",
                                        1,
                                        (b, two) -> map.computeIfAbsent("c", c -> {
                                            throw thrown;
                                        })))));
        assertEquals(contents(true), map);
        for (Object key : List.of(KEY, "neighbour", "c")) {
            map.put(key, 5);
        }
        assertEquals(3, map.size());
    }

    // ---- What is seen meanwhile ----

    @ParameterizedTest
    @MethodSource("computings")
    void theOldStateIsSeenByEveryReaderUntilTheFunctionHasReturned(ComputeMethod computing, boolean present) {
        SafeMap<Object, Integer> map = create(present);
        AtomicInteger calls = new AtomicInteger();
        computing.run(map, KEY, old -> {
            assertEquals(present ? 1 : null, old);
            assertSeen(map, present);
            calls.incrementAndGet();
            return 2;
        });
        assertEquals(1, calls.get());
        assertEquals(Map.of("neighbour", -1, KEY, 2), map);
    }

    /** The new value of {@code replaceAll} must not be null. */
    @ParameterizedTest
    @MethodSource("computings")
    void aFunctionThatReturnsNullLeavesNoEntry(ComputeMethod computing, boolean present) {
        if (computing == ComputeMethod.REPLACE_ALL) {
            return;
        }
        for (boolean alone : new boolean[] {false, true}) {
            SafeMap<Object, Integer> map = create(present);
            if (alone) {
                map.remove("neighbour");
            }
            computing.run(map, KEY, old -> {
                assertEquals(present ? 1 : null, map.get(KEY));
                return null;
            });
            assertEquals(alone ? 0 : 1, map.size());
            assertEquals(alone ? Map.of() : contents(false), map);
            maps.check(map);
        }
    }

    private static void assertSeen(SafeMap<Object, Integer> map, boolean present) {
        Map<Object, Integer> expected = contents(present);
        assertEquals(present ? 1 : null, map.get(KEY));
        assertEquals(present ? 1 : -5, map.getOrDefault(KEY, -5));
        assertEquals(present, map.containsKey(KEY));
        assertEquals(present, map.containsValue(1));
        assertEquals(present, map.keySet().contains(KEY));
        assertEquals(present, map.values().contains(1));
        assertEquals(present, map.entrySet().contains(Map.entry(KEY, 1)));
        assertEquals(expected.size(), map.size());
        assertEquals(expected.size(), map.mappingCount());
        assertFalse(map.isEmpty());
        assertEquals(expected, map);
        assertEquals(expected.hashCode(), map.hashCode());
        assertEquals(expected, new HashMap<>(map));
        assertEquals(expected.keySet(), Set.copyOf(new ArrayList<>(map.keySet())));
        assertEquals(
                expected.values().stream().sorted().toList(),
                map.values().stream().sorted().toList());
        Map<Object, Integer> visited = new HashMap<>();
        map.forEach(visited::put);
        assertEquals(expected, visited);
        if (present) { // which costs a get, even here
            assertEquals(1, map.computeIfAbsent(KEY, key -> 9));
        }
    }

    /** The shard that has the reservation grows, is split, cleaned, shrunk and merged. */
    @ParameterizedTest
    @MethodSource("computings")
    void aKeyStaysReservedThroughGrowthAndShrinking(ComputeMethod computing, boolean present) {
        for (HashKind kind : HashKind.values()) {
            SafeMap<Key, Integer> map = maps.create(SafeMap.builder().shards(1).shrinkThreshold(0));
            Key key = kind.key(0);
            if (present) {
                map.put(key, 1);
            }
            int others = kind == HashKind.GOOD ? 2_000 : 200;
            computing.run(map, key, old -> {
                for (int id = 1; id <= others; id++) {
                    map.put(kind.key(id), id);
                    assertHeld(map, key, present);
                }
                for (int id = 1; id <= others; id++) {
                    assertEquals(id, map.remove(kind.key(id)));
                    assertHeld(map, key, present);
                }
                map.trim();
                assertHeld(map, key, present);
                assertEquals(present ? List.of(key) : List.of(), List.copyOf(map.keySet()));
                return 2;
            });
            assertEquals(Map.of(key, 2), map);
        }
    }

    private static void assertHeld(SafeMap<Key, Integer> map, Key key, boolean present) {
        assertEquals(present ? 1 : null, map.get(key));
        assertThrows(IllegalStateException.class, () -> map.put(key, 3));
    }

    /**
     * The result, or the exception, takes effect where the key is by then, in whatever way its shard was
     * rebuilt.
     */
    @ParameterizedTest
    @EnumSource(HashKind.class)
    void aRebuildMeanwhileTakesTheReservationAlong(HashKind kind) {
        for (boolean trims : new boolean[] {true, false}) {
            SafeMap<Key, Integer> map = maps.create(SafeMap.builder().shrinkThreshold(1_000));
            IntStream.range(0, 50).forEach(id -> map.put(kind.key(id), id));
            for (int id = 0; id < 60; id += 10) {
                Key key = kind.key(id);
                assertThrows(
                        IllegalCallerException.class,
                        () -> map.compute(key, (same, old) -> {
                            rebuild(map, same, trims);
                            throw new IllegalCallerException();
                        }));
                assertEquals(id < 50 ? id : null, map.get(key));
                maps.check(map);
                map.compute(key, (same, old) -> {
                    rebuild(map, same, trims);
                    assertEquals(same.id() < 50 ? same.id() : null, map.get(same));
                    return -same.id();
                });
                assertEquals(-id, map.get(key));
                maps.check(map);
                if (id > 0) {
                    assertNull(map.compute(key, (same, old) -> null));
                    assertNull(map.get(key));
                }
            }
            assertEquals(46, map.size());
        }
    }

    private static void rebuild(SafeMap<Key, Integer> map, Key key, boolean trims) {
        Object before = Tables.shardOf(map, key);
        if (trims) {
            map.trim();
        }
        DirectoryView.rebuildAll(map.directory);
        assertNotSame(before, Tables.shardOf(map, key));
    }

    // ---- clear ----

    @ParameterizedTest
    @MethodSource("computings")
    void aFunctionThatClearsTheMapIsOrderedBeforeTheClear(ComputeMethod computing, boolean present) {
        SafeMap<Object, Integer> map = create(present);
        computing.run(map, KEY, old -> {
            map.clear();
            assertNull(map.get(KEY));
            assertTrue(map.isEmpty());
            return 2;
        });
        assertEquals(Map.of(), map);
        assertEquals(0, map.size());
        assertNull(map.put(KEY, 3));
        assertEquals(Map.of(KEY, 3), map);
    }

    /** After the clear there is another key KEY, which nobody has reserved. */
    @ParameterizedTest
    @MethodSource("computings")
    void afterAClearTheFunctionMayWriteItsKeyAndThatStays(ComputeMethod computing, boolean present) {
        SafeMap<Object, Integer> map = create(present);
        computing.run(map, KEY, old -> {
            map.clear();
            assertNull(map.put(KEY, 7));
            assertEquals(8, map.merge(KEY, 1, Integer::sum));
            return 2;
        });
        assertEquals(Map.of(KEY, 8), map);
    }

    @ParameterizedTest
    @MethodSource("computings")
    void aFunctionThatClearsTheMapAndThrowsBringsNothingBack(ComputeMethod computing, boolean present) {
        SafeMap<Object, Integer> map = create(present);
        assertThrows(
                IllegalCallerException.class,
                () -> computing.run(map, KEY, old -> {
                    map.clear();
                    throw new IllegalCallerException();
                }));
        assertEquals(Map.of(), map);
        assertEquals(0, map.size());
    }

    /** An iterator that removes all other keys is no clear: the function's result stays. */
    @ParameterizedTest
    @MethodSource("computings")
    void aFunctionMayRemoveEverythingElse(ComputeMethod computing, boolean present) {
        SafeMap<Object, Integer> map = create(present);
        IntStream.range(0, 500).forEach(key -> map.put(key, key));
        computing.run(map, KEY, old -> {
            if (map.size() > 100) { // replaceAll goes on to the others that it still finds
                assertTrue(map.keySet().removeIf(key -> !key.equals(KEY)));
            }
            return 2;
        });
        assertEquals(Map.of(KEY, 2), map);
    }
}
