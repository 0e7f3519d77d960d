package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.Waiting;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.Race;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What threads see in a {@link SafeMap} when they read and iterate while others make it grow and shrink.
 * Scenarios named after xsync's are from its {@code map_test.go} (Apache-2.0), with new code. If a check could
 * pass for the wrong reason, a map with a known fault must fail it.
 */
class SafeMapConcurrencyTest {
    /** Keys that are there throughout. Larger keys come and go. */
    private static final int STABLE = 300;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    // Iteration and reading during writes

    @ParameterizedTest
    @EnumSource
    void stableKeysAreIteratedExactlyOnceWhileOthersComeAndGo(HashKind kind) throws Exception {
        iterateBesideWriter(maps.create(), kind);
    }

    @ParameterizedTest
    @EnumSource
    void theCheckOfIterationsFindsFaults(IterationFault fault) {
        assertThrows(AssertionError.class, () -> iterateBesideWriter(new Misiterated(fault), HashKind.GOOD));
    }

    private static void iterateBesideWriter(Map<Key, Integer> map, HashKind kind) throws Exception {
        for (int id = 0; id < STABLE; id++) {
            map.put(kind.key(id), id);
        }
        AtomicBoolean done = new AtomicBoolean();
        Race.Runner iterator = thread -> {
            try {
                for (int pass = 0; pass < 60; pass++) {
                    Set<Integer> seen = new HashSet<>();
                    for (Map.Entry<Key, Integer> entry : map.entrySet()) {
                        int id = entry.getKey().id();
                        assertEquals(id, entry.getValue());
                        assertTrue(seen.add(id), () -> "twice: " + id);
                    }
                    for (int id = 0; id < STABLE; id++) {
                        assertTrue(seen.contains(id), "missed: " + id);
                    }
                }
            } finally {
                done.set(true);
            }
        };
        Race.run(iterator, thread -> comeAndGo(map, kind, done));
    }

    @ParameterizedTest
    @EnumSource
    void readersFindStableKeysAndNoValueOfAnotherKey(HashKind kind) throws Exception {
        readBesideWriter(maps.create(), kind);
    }

    @Test
    void theCheckOfReadersFindsValuesOfOtherKeys() {
        Map<Key, Integer> map = new SlotReusingMap<>(key -> ((Key) key).id() >= STABLE);
        AssertionError error = assertThrows(AssertionError.class, () -> readBesideWriter(map, HashKind.GOOD));
        assertTrue(error.getMessage().contains("another key's value"), error.getMessage());
    }

    private static void readBesideWriter(Map<Key, Integer> map, HashKind kind) throws Exception {
        for (int id = 0; id < STABLE; id++) {
            map.put(kind.key(id), id);
        }
        AtomicBoolean done = new AtomicBoolean();
        Race.Runner reader = thread -> {
            SplittableRandom random = new SplittableRandom();
            try {
                for (int i = 0; i < 40_000; i++) {
                    int id = random.nextInt(3 * STABLE);
                    Integer value = map.get(kind.key(id));
                    if (id < STABLE) {
                        assertNotNull(value, "a stable key was not found");
                    }
                    if (value != null) {
                        assertEquals(id, value, "another key's value");
                    }
                }
            } finally {
                done.set(true);
            }
        };
        Race.run(reader, thread -> comeAndGo(map, kind, done));
    }

    /** Adds and removes keys above the stable ones, in waves, until told to stop. */
    private static void comeAndGo(Map<Key, Integer> map, HashKind kind, AtomicBoolean done) {
        int most = kind == HashKind.GOOD ? 20_000 : 400;
        while (!done.get()) {
            for (int id = STABLE; id < STABLE + most && !done.get(); id++) {
                map.put(kind.key(id), id);
            }
            for (int id = STABLE; id < STABLE + most && !done.get(); id++) {
                map.remove(kind.key(id));
            }
        }
    }

    @Test
    void aMapThatAlwaysHasAnEntryIsNeverEmpty() throws Exception {
        askBesideWriter(maps.create());
    }

    /** The broken twin counts as SafeMap does, but sums the insertions before the removals. */
    @Test
    void theCheckOfEmptinessFindsASumOfInsertionsBeforeRemovals() {
        AssertionError error = assertThrows(AssertionError.class, () -> askBesideWriter(new MiscountedMap()));
        assertTrue(error.getMessage().contains("said to be empty"), error.getMessage());
    }

    /** There are two keys, and the writer removes one only when the other is there. */
    private static void askBesideWriter(Map<Integer, Integer> map) throws Exception {
        map.put(0, 0);
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    try {
                        for (int i = 0; i < 100_000; i++) {
                            assertFalse(map.isEmpty(), "said to be empty");
                        }
                    } finally {
                        done.set(true);
                    }
                },
                thread -> {
                    for (int key = 1; !done.get(); key = 1 - key) {
                        assertNull(map.put(key, key));
                        assertEquals(1 - key, map.remove(1 - key));
                    }
                });
        assertEquals(1, map.size());
    }

    @Test
    void iteratorsOfAllViewsRemoveBesideWriters() throws Exception {
        SafeMap<Integer, Integer> map = maps.create();
        Race.run(
                thread -> {
                    for (int i = 0; i < 20_000; i++) {
                        map.put(i, i);
                    }
                },
                thread -> {
                    for (int pass = 0; pass < 20; pass++) {
                        map.keySet().removeIf(key -> key % 3 == 0);
                        map.values().removeIf(value -> value % 3 == 1);
                        map.entrySet().removeIf(entry -> entry.getKey() % 30 == 2);
                    }
                });
        map.keySet().removeIf(key -> key % 3 != 2);
        map.entrySet().removeIf(entry -> entry.getKey() % 30 == 2);
        assertEquals(6_666 - 667, map.size());
    }

    // Growth and shrinking under contention

    /** After xsync's MapDoesNotLoseEntriesOnResize. */
    @ParameterizedTest
    @EnumSource
    void entriesAreNotLostWhileOthersMakeTheMapGrowAndShrink(HashKind kind) throws Exception {
        SafeMap<Key, Integer> map = maps.create();
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    try {
                        for (int round = 0; round < 300; round++) {
                            for (int id = 0; id < 128; id++) {
                                assertNull(map.put(kind.key(id), round));
                            }
                            for (int id = 0; id < 128; id++) {
                                assertEquals(round, map.get(kind.key(id)));
                            }
                            for (int id = 0; id < 128; id++) {
                                assertEquals(round, map.remove(kind.key(id)));
                            }
                        }
                    } finally {
                        done.set(true);
                    }
                },
                thread -> comeAndGo(map, kind, done));
        map.keySet().removeIf(key -> key.id() >= STABLE);
        assertEquals(Map.of(), map);
    }

    /** After xsync's MapParallelShrinking and MapParallelResize_IntersectingKeys. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void allThreadsDeleteTheSameKeysEachIsDeletedOnce(int threads) throws Exception {
        SafeMap<Integer, Integer> map = maps.create();
        for (int round = 0; round < 3; round++) {
            AtomicInteger removed = new AtomicInteger();
            Race.run(threads, thread -> {
                for (int key = 0; key < 30_000; key++) {
                    map.putIfAbsent(key, key);
                }
            });
            assertEquals(30_000, map.size());
            Race.run(threads, thread -> {
                int mine = 0;
                for (int key = 0; key < 30_000; key++) {
                    mine += map.remove(key) == null ? 0 : 1;
                }
                removed.addAndGet(mine);
            });
            assertEquals(30_000, removed.get());
            assertTrue(map.isEmpty());
        }
    }

    /** After xsync's MapParallelClear. */
    @Test
    void clearBesideWritersLeavesAMapThatWorks() throws Exception {
        SafeMap<Integer, Integer> map = maps.create();
        Race.run(
                thread -> {
                    for (int i = 0; i < 200; i++) {
                        map.clear();
                    }
                },
                thread -> {
                    for (int i = 0; i < 50_000; i++) {
                        map.put(i % 5_000, i);
                        Integer value = map.get(i % 5_000);
                        assertTrue(value == null || value == i, "not its value: " + value);
                    }
                });
        map.clear();
        assertEquals(0, map.size());
        assertNull(map.put(1, 1));
        assertEquals(Map.of(1, 1), map);
    }

    // Faulty maps

    /** A map that says that it is empty if as many entries have gone as had come a while ago. */
    private static final class MiscountedMap extends ConcurrentHashMap<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private final AtomicInteger inserted = new AtomicInteger();
        private final AtomicInteger removed = new AtomicInteger();

        @Override
        public Integer put(Integer key, Integer value) {
            inserted.incrementAndGet();
            return super.put(key, value);
        }

        @Override
        public Integer remove(Object key) {
            Integer old = super.remove(key);
            removed.incrementAndGet();
            return old;
        }

        @Override
        public boolean isEmpty() {
            int came = inserted.get();
            Waiting.until(() -> removed.get() >= came);
            return removed.get() >= came;
        }
    }

    /** The faults of a {@link Misiterated} map. */
    enum IterationFault {
        MISSES_ONE,
        REPEATS_ONE,
        FAILS_FAST,
        STALE_VALUE
    }

    /** A map whose iteration has one fault. */
    private static final class Misiterated extends AbstractMap<Key, Integer> {
        private final Map<Key, Integer> map = new ConcurrentHashMap<>();
        private final IterationFault fault;

        Misiterated(IterationFault fault) {
            this.fault = fault;
        }

        @Override
        public Integer put(Key key, Integer value) {
            return map.put(key, value);
        }

        @Override
        public Integer remove(Object key) {
            return map.remove(key);
        }

        @Override
        public Set<Entry<Key, Integer>> entrySet() {
            List<Entry<Key, Integer>> entries = new ArrayList<>(map.entrySet());
            Entry<Key, Integer> stable = Map.entry(HashKind.GOOD.key(0), 0);
            switch (fault) {
                case MISSES_ONE -> entries.remove(stable);
                case REPEATS_ONE -> entries.add(stable);
                case STALE_VALUE ->
                    entries.replaceAll(entry -> entry.equals(stable) ? Map.entry(stable.getKey(), -1) : entry);
                default -> throw new ConcurrentModificationException();
            }
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<Key, Integer>> iterator() {
                    return entries.iterator();
                }

                @Override
                public int size() {
                    return entries.size();
                }
            };
        }
    }
}
