package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A snapshot copies each shard at one moment. The twin, an ordinary copy, does not. */
class SafeMapSnapshotTest {
    /** After this many rounds without a fault a twin counts as not caught. */
    private static final int TWIN_ROUNDS = 200_000;

    private static final int ROUNDS = 3_000;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private final SafeMap<Integer, Integer> map =
            maps.create(SafeMap.builder().shards(1).shrinkThreshold(0));

    @Test
    void aSnapshotHasAllEntriesAndDoesNotChange() {
        SafeMap<Integer, String> many = maps.create();
        IntStream.range(0, 5_000).forEach(key -> many.put(key, "value " + key));
        Map<Integer, String> expected = new HashMap<>(many);
        Map<Integer, String> snapshot = many.snapshot();
        assertEquals(expected, snapshot);
        assertSame(many.get(17), snapshot.get(17));
        many.clear();
        many.put(-1, "new");
        assertEquals(expected, snapshot);
        assertThrows(UnsupportedOperationException.class, () -> snapshot.put(1, "x"));
        assertThrows(
                UnsupportedOperationException.class, () -> snapshot.keySet().remove(1));
        assertEquals(Map.of(-1, "new"), many.snapshot());
        assertEquals(Map.of(), maps.create().snapshot());
    }

    @ParameterizedTest
    @EnumSource
    void aSnapshotFindsCollidingKeys(HashKind kind) {
        SafeMap<Key, Integer> keys = maps.create();
        for (int id = 0; id < 300; id++) {
            keys.put(kind.key(id), id);
            if (id % 30 == 0) {
                assertEquals(keys, keys.snapshot());
            }
        }
    }

    @Test
    void hashCodeThatThrowsLeavesNoBucketClaimed() {
        SafeMap<MoodyKey, Integer> moody = maps.create(SafeMap.builder().shards(1));
        MoodyKey key = new MoodyKey(1, 1);
        moody.put(key, 1);
        key.onHashCode(() -> {
            throw new IllegalStateException("mood");
        });
        assertThrows(IllegalStateException.class, moody::snapshot);
        key.calm();
        assertEquals(1, moody.put(key, 2)); // does not wait
    }

    @Test
    void aSnapshotWithinAFunctionHasTheOldValue() {
        map.put(1, 1);
        map.compute(1, (key, old) -> {
            assertEquals(Map.of(1, 1), map.snapshot());
            return 2;
        });
        assertEquals(Map.of(1, 2), map.snapshot());
        map.computeIfAbsent(2, key -> {
            assertEquals(Map.of(1, 2), map.snapshot());
            return null;
        });
    }

    // Keys of one hash code stay in one shard, however it is rebuilt: in slots, or most of them in a tree.

    /** The kinds of keys that are all in one shard. */
    static Stream<HashKind> ofOneHash() {
        return Stream.of(HashKind.CONSTANT, HashKind.SORTABLE);
    }

    /** How a map is copied. */
    interface Copier extends Function<SafeMap<Key, Integer>, Map<Key, Integer>> {}

    private final SafeMap<Key, Integer> shard = maps.create(SafeMap.builder().shrinkThreshold(0));

    // One writer counts through the keys in order. At one moment each key has the count of the key before it,
    // or one less. No count is less than that of the last key before the call.

    @ParameterizedTest
    @MethodSource("ofOneHash")
    void replacedValuesOfOneShardAreOfOneMoment(HashKind kind) throws Exception {
        count(kind, SafeMap::snapshot, ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("ofOneHash")
    void aCopyByIterationMixesMoments(HashKind kind) {
        assertThrows(AssertionError.class, () -> count(kind, HashMap::new, TWIN_ROUNDS));
    }

    private void count(HashKind kind, Copier copier, int rounds) throws Exception {
        int keys = 40;
        IntStream.range(0, keys).forEach(id -> shard.put(kind.key(id), 0));
        AtomicInteger finished = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    for (int round = 1; !done.get(); round++) {
                        for (int id = 0; id < keys; id++) {
                            shard.put(kind.key(id), round);
                        }
                        finished.set(round);
                    }
                },
                thread -> comeAndGo(kind, done),
                thread -> {
                    try {
                        for (int i = 0; i < rounds; i++) {
                            int before = finished.get();
                            Map<Key, Integer> copy = copier.apply(shard);
                            int first = copy.get(kind.key(0));
                            int last = copy.get(kind.key(keys - 1));
                            for (int id = 1; id < keys; id++) {
                                assertTrue(
                                        copy.get(kind.key(id)) <= copy.get(kind.key(id - 1)), "later before earlier");
                            }
                            assertTrue(first - last <= 1, "a whole round within one moment");
                            assertTrue(last >= before, "older than the call");
                        }
                    } finally {
                        done.set(true);
                    }
                });
    }

    /** Makes the shard grow and shrink, with keys that the checks ignore. */
    private void comeAndGo(HashKind kind, AtomicBoolean done) {
        while (!done.get()) {
            for (int id = 1_000; id < 1_060 && !done.get(); id++) {
                shard.put(kind.key(id), id);
            }
            for (int id = 1_000; id < 1_060; id++) {
                shard.remove(kind.key(id));
            }
        }
    }

    // A token moves from key to key: it is put at the next key before it is removed here. So at each moment it
    // is at one key or at two neighbours, and never nowhere.

    @ParameterizedTest
    @MethodSource("ofOneHash")
    void aTokenThatMovesIsAlwaysSomewhere(HashKind kind) throws Exception {
        pass(kind, SafeMap::snapshot, ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("ofOneHash")
    void aCopyByIterationLosesTheToken(HashKind kind) {
        assertThrows(AssertionError.class, () -> pass(kind, HashMap::new, TWIN_ROUNDS));
    }

    private void pass(HashKind kind, Copier copier, int rounds) throws Exception {
        int keys = 100;
        shard.put(kind.key(0), 0);
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    for (int at = 0; !done.get(); at = (at + 1) % keys) {
                        assertNull(shard.put(kind.key((at + 1) % keys), 0));
                        shard.remove(kind.key(at));
                    }
                },
                thread -> comeAndGo(kind, done),
                thread -> {
                    try {
                        for (int i = 0; i < rounds; i++) {
                            List<Integer> holders = new ArrayList<>();
                            copier.apply(shard).keySet().forEach(key -> holders.add(key.id()));
                            holders.removeIf(id -> id >= keys);
                            assertTrue(!holders.isEmpty() && holders.size() <= 2, "at " + holders);
                            int distance = Math.abs(holders.get(0) - holders.get(holders.size() - 1));
                            assertTrue(distance <= 1 || distance == keys - 1, "at " + holders);
                        }
                    } finally {
                        done.set(true);
                    }
                });
    }

    /** A single shard at the beginning does not change that. */
    @Test
    void keysOfSeveralShardsNeedNotBeOfOneMoment() {
        assertThrows(AssertionError.class, () -> {
            SafeMap<Integer, Integer> several = SafeMap.builder().shards(1).build();
            IntStream.range(0, 5_000).forEach(key -> several.put(key, 0));
            AtomicBoolean done = new AtomicBoolean();
            Race.run(
                    thread -> {
                        for (int round = 1; !done.get(); round++) {
                            for (int key = 0; key < 5_000; key++) {
                                several.put(key, round);
                            }
                        }
                    },
                    thread -> {
                        try {
                            for (int i = 0; i < TWIN_ROUNDS; i++) {
                                Map<Integer, Integer> copy = several.snapshot();
                                for (int key = 1; key < 5_000; key++) {
                                    assertTrue(copy.get(key) <= copy.get(key - 1), "later before earlier");
                                }
                            }
                        } finally {
                            done.set(true);
                        }
                    });
        });
    }

    @Test
    void whatWasDoneBeforeTheCallIsInTheSnapshotOfAllShards() throws Exception {
        SafeMap<Integer, Integer> spread = maps.create();
        AtomicInteger finished = new AtomicInteger(-1);
        AtomicInteger begun = new AtomicInteger(-1);
        Race.run(
                thread -> {
                    for (int key = 0; key < 20_000; key++) {
                        begun.set(key);
                        spread.put(key, key);
                        finished.set(key);
                    }
                },
                thread -> {
                    while (finished.get() < 19_999) {
                        int before = finished.get();
                        Map<Integer, Integer> copy = spread.snapshot();
                        int after = begun.get();
                        for (int key = 0; key <= before; key++) {
                            assertEquals(key, copy.get(key));
                        }
                        assertTrue(copy.keySet().stream().allMatch(key -> key <= after));
                    }
                });
    }
}
