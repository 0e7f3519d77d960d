package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.NeverEqualKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Iteration of a {@link GoMap}: its order, and what it returns while the same thread changes the
 * map.
 *
 * <p>Tests that follow one of Go's own, in {@code runtime/map_test.go} (BSD-3-Clause), name it. Their code is
 * new.
 */
class GoMapIterationTest {
    @RegisterExtension
    final GoMaps maps = new GoMaps();

    // While the map grows

    /** After Go's TestGrowWithNaN. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void neverEqualKeysSurviveAGrowthDuringIteration(boolean constantHash) {
        GoMap<NeverEqualKey, Integer> map = maps.create(4);
        for (int bit : new int[] {1, 2, 4}) {
            map.put(new NeverEqualKey(constantHash ? 0 : bit), bit);
        }
        int sum = 0;
        boolean first = true;
        for (Map.Entry<NeverEqualKey, Integer> entry : map.entrySet()) {
            if (first) {
                for (int i = 0; i < 100; i++) {
                    map.put(new NeverEqualKey(constantHash ? 0 : i), 0);
                }
                first = false;
            }
            sum += entry.getValue(); // a key returned twice or missed makes this differ from 7
        }
        assertEquals(7, sum);
        assertEquals(103, map.size());
    }

    /** After Go's TestGrowWithNegativeZero: updates during iteration and growth are seen. */
    @ParameterizedTest
    @EnumSource
    void entriesUpdatedDuringIterationShowTheCurrentValue(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        int original = 60;
        for (int id = 0; id < original; id++) {
            map.put(kind.key(id), 0);
        }
        int round = 0;
        Set<Key> seen = new HashSet<>();
        for (Map.Entry<Key, Integer> entry : map.entrySet()) {
            int current = round;
            if (entry.getKey().id() < original) {
                assertTrue(seen.add(entry.getKey()), () -> "twice: " + entry.getKey());
                assertEquals(current, entry.getValue());
            }
            round++;
            for (int id = 0; id < original; id++) {
                map.put(kind.key(id), round);
            }
            map.put(kind.key(original + round % 100), -1);
        }
        assertEquals(original, seen.size());
    }

    /** After Go's TestIterGrowAndDelete. */
    @ParameterizedTest
    @EnumSource
    void keysRemovedDuringAGrowthAreNotReturned(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 100; id++) {
            map.put(kind.key(id), id);
        }
        boolean grown = false;
        Set<Integer> seen = new HashSet<>();
        for (Map.Entry<Key, Integer> entry : map.entrySet()) {
            int id = entry.getKey().id();
            if (!grown) {
                grown = true;
                seen.add(id);
                for (int i = 100; i < 1_000; i++) {
                    map.put(kind.key(i), i);
                }
                for (int i = 1; i < 1_000; i += 2) {
                    map.remove(kind.key(i));
                }
                continue;
            }
            assertEquals(0, id % 2, "a removed key was returned");
            assertTrue(seen.add(id), "twice: " + id);
        }
        for (int id = 0; id < 100; id += 2) {
            assertTrue(seen.contains(id), "missed: " + id);
        }
    }

    /** After Go's TestIterGrowWithGC. */
    @Test
    void iterationSurvivesGrowthAndGarbageCollection() {
        GoMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < 16; i++) {
            map.put(i, i);
        }
        int growAt = 8;
        int bits = 0;
        for (int key : map.keySet()) {
            if (key < 16) {
                bits |= 1 << key;
            }
            if (key == growAt) {
                for (int i = 100; i < 1_000; i++) {
                    map.put(i, i);
                }
                System.gc();
            }
        }
        assertEquals(0xFFFF, bits);
    }

    /**
     * After Go's TestMapNanGrowIterator: an iterator begins in the middle of a growth, and the growth ends when
     * it has returned half of the keys. The keys cannot be looked up, so the iterator must keep them itself.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 52, 104, 105})
    void iteratorBegunInTheMiddleOfAGrowthMissesAndRepeatsNothing(int growthEndsAfter) {
        Set<NeverEqualKey> originals = Collections.newSetFromMap(new IdentityHashMap<>());
        GoMap<NeverEqualKey, Integer> map = maps.growing(4, id -> {
            NeverEqualKey key = new NeverEqualKey(id);
            originals.add(key);
            return key;
        });
        Set<NeverEqualKey> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        NeverEqualKey filler = new NeverEqualKey(-1);
        int returned = 0;
        for (Iterator<NeverEqualKey> keys = map.keySet().iterator(); keys.hasNext(); returned++) {
            if (returned == growthEndsAfter) {
                for (int write = 0; map.stats().oldBucketsLeft() > 0; write++) {
                    assertTrue(write < 16, "growth does not end");
                    map.put(filler, 0);
                }
            }
            assertTrue(seen.add(keys.next()), "a key was returned twice");
        }
        seen.remove(filler);
        assertEquals(originals, seen);
    }

    @ParameterizedTest
    @EnumSource
    void iteratorBegunBeforeTwoGrowthsMissesAndRepeatsNothing(HashKind kind) {
        for (int growAfter = 0; growAfter <= 100; growAfter += 10) {
            GoMap<Key, Integer> map = maps.create();
            for (int id = 0; id < 100; id++) {
                map.put(kind.key(id), id);
            }
            Set<Integer> seen = new HashSet<>();
            int returned = 0;
            for (Key key : map.keySet()) {
                if (returned++ == growAfter) {
                    for (int id = 100; map.stats().b() < 6; id++) {
                        assertTrue(id < 300, "growth does not come");
                        map.put(kind.key(id), id);
                    }
                }
                assertTrue(seen.add(key.id()), "twice: " + key);
            }
            for (int id = 0; id < 100; id++) {
                assertTrue(seen.contains(id), "missed: " + id);
            }
        }
    }

    @Test
    void entryIteratedFromAGrowingMapWritesThrough() {
        GoMap<Key, Integer> map = maps.growing(6, HashKind.GOOD::key);
        for (Map.Entry<Key, Integer> entry : map.entrySet()) {
            Integer old = entry.getValue();
            assertEquals(old, entry.setValue(-old));
            assertEquals(-old, map.get(entry.getKey()));
        }
        map.forEach((key, value) -> assertEquals(-key.id(), value));
    }

    @ParameterizedTest
    @EnumSource
    void iteratorRemovesWhatGrowthHasMoved(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        int entries = GoMaps.maxEntries(5);
        for (int id = 0; id < entries; id++) {
            map.put(kind.key(id), id);
        }
        Iterator<Key> keys = map.keySet().iterator();
        Key returned = keys.next();
        for (int id = entries; map.stats().b() < 6 || map.stats().oldBucketsLeft() > 0; id++) {
            assertTrue(id < 2 * entries, "growth does not end");
            map.put(kind.key(id), id);
        }
        int size = map.size();
        keys.remove();
        assertFalse(map.containsKey(returned));
        assertEquals(size - 1, map.size());
    }

    // While the map changes

    /** After Go's TestMapIterDeleteReplace. */
    @Test
    void everyKeyCanBeRemovedAndInsertedAgainDuringIteration() {
        GoMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < 10_000; i++) {
            map.put(i, 0);
        }
        for (int key : map.keySet()) {
            map.remove(key);
            map.put(key, 1);
        }
        assertEquals(10_000, map.size());
        map.forEach((key, value) -> assertEquals(1, value));
    }

    @ParameterizedTest
    @EnumSource
    void entryPromisedByHasNextIsReturnedThoughRemoved(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 20; id++) {
            map.put(kind.key(id), id);
        }
        Iterator<Key> keys = map.keySet().iterator();
        assertTrue(keys.hasNext());
        map.clear();
        assertNotNull(keys.next());
        assertFalse(keys.hasNext());
        assertThrows(NoSuchElementException.class, keys::next);
    }

    @ParameterizedTest
    @EnumSource
    void keyRemovedBeforeNextIsNotReturned(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 100; id++) {
            map.put(kind.key(id), id);
        }
        Set<Integer> alive = new HashSet<>();
        for (int id = 0; id < 100; id++) {
            alive.add(id);
        }
        Iterator<Key> keys = map.keySet().iterator();
        while (!alive.isEmpty()) {
            int id = keys.next().id(); // without hasNext: nothing is promised
            assertTrue(alive.remove(id), "removed or returned before: " + id);
            if (!alive.isEmpty()) {
                int victim = alive.iterator().next();
                assertEquals(victim, map.remove(kind.key(victim)));
                alive.remove(victim);
            }
        }
        assertFalse(keys.hasNext());
        assertEquals(50, map.size());
    }

    @ParameterizedTest
    @EnumSource
    void clearDuringIterationEndsIt(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 300; id++) {
            map.put(kind.key(id), id);
        }
        Iterator<Key> keys = map.keySet().iterator();
        keys.next();
        map.clear();
        assertFalse(keys.hasNext());
        assertTrue(map.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void clearDuringIterationAndGrowthEndsIt(HashKind kind) {
        GoMap<Key, Integer> map = maps.growing(6, kind::key);
        Iterator<Key> keys = map.keySet().iterator();
        keys.next();
        map.clear();
        assertFalse(keys.hasNext(), "an entry of the old table was returned after clear");
        map.put(kind.key(1), 1);
        assertEquals(Map.of(kind.key(1), 1), map);
    }

    @Test
    void iteratorRemovesNeverEqualKeys() {
        GoMap<NeverEqualKey, Integer> map = maps.create();
        for (int i = 0; i < 500; i++) {
            map.put(new NeverEqualKey(i % 50), i);
        }
        Set<Integer> removed = new HashSet<>();
        for (Iterator<Integer> values = map.values().iterator(); values.hasNext(); ) {
            Integer value = values.next();
            if (value % 3 != 0) {
                values.remove();
                removed.add(value);
            }
        }
        assertEquals(500 - removed.size(), map.size());
        map.values().forEach(value -> assertEquals(0, value % 3));
        map.values().removeIf(value -> true);
        assertTrue(map.isEmpty());
    }

    /**
     * A random test: whatever the same thread does to the map, the iteration returns a key that was there
     * throughout exactly once, with its current value. It returns a new key at most once, and no removed key.
     * Removed keys do not come back, so "once" has a meaning.
     */
    @ParameterizedTest
    @EnumSource
    void iterationIsCorrectUnderAnyChanges(HashKind kind) {
        for (int game = 0; game < 150; game++) {
            long seed = ThreadLocalRandom.current().nextLong();
            try {
                iterateWhileChanging(kind, new SplittableRandom(seed));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    private void iterateWhileChanging(HashKind kind, SplittableRandom random) {
        GoMap<Key, Integer> map = new GoMap<>();
        Map<Integer, Integer> model = new HashMap<>();
        int ids = random.nextInt(1, 250);
        for (int id = 0; id < ids; id++) {
            map.put(kind.key(id), 0);
            model.put(id, 0);
        }
        int removals = random.nextInt(100);
        int changes = random.nextInt(12);
        Set<Integer> throughout = new HashSet<>(model.keySet());
        Set<Integer> seen = new HashSet<>();
        Iterator<Map.Entry<Key, Integer>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Key, Integer> entry = entries.next();
            int returned = entry.getKey().id();
            assertTrue(seen.add(returned), () -> "twice: " + returned);
            assertTrue(model.containsKey(returned), () -> "gone, but returned: " + returned);
            assertEquals(model.get(returned), entry.getValue());
            if (random.nextInt(8) == 0) {
                entries.remove();
                model.remove(returned);
                throughout.remove(returned);
            }
            if (random.nextInt(500) == 0) {
                map.clear();
                model.clear();
                throughout.clear();
            }
            for (int change = 0; change < changes && ids < 2_000; change++) {
                if (random.nextInt(100) < removals) {
                    int id = random.nextInt(ids);
                    assertEquals(model.remove(id), map.remove(kind.key(id)));
                    throughout.remove(id);
                } else if (random.nextBoolean()) {
                    map.put(kind.key(ids), ids);
                    model.put(ids, ids);
                    ids++;
                } else {
                    int id = random.nextInt(ids);
                    assertEquals(
                            model.computeIfPresent(id, (i, value) -> value + 1),
                            map.computeIfPresent(kind.key(id), (key, value) -> value + 1));
                }
            }
        }
        throughout.removeAll(seen);
        assertEquals(Set.of(), throughout, "there throughout, but missed");
        maps.check(map);
    }

    // Order

    /** After Go's TestMapIterOrder. */
    @ParameterizedTest
    @ValueSource(ints = {3, 7, 9, 15, 200})
    void orderDiffersBetweenIterations(int size) {
        GoMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < size; i++) {
            map.put(i, i);
        }
        assertTrue(differsInSomeOf(map, 100), "one order only");
    }

    /** After Go's TestMapSparseIterOrder (issue 8410). */
    @Test
    void orderDiffersBetweenIterationsOfASparseMap() {
        GoMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < 1_000; i++) {
            map.put(i, i);
        }
        for (int i = 20; i < 1_000; i++) {
            map.remove(i);
        }
        assertTrue(differsInSomeOf(map, 800), "one order only");
    }

    private static boolean differsInSomeOf(Map<Integer, Integer> map, int passes) {
        List<Integer> first = new ArrayList<>(map.keySet());
        for (int pass = 0; pass < passes; pass++) {
            if (!first.equals(new ArrayList<>(map.keySet()))) {
                return true;
            }
        }
        return false;
    }

    /** After Go's TestMemHashGlobalSeed (issue 66885), with a seed for each map. */
    @Test
    void seedDiffersBetweenMaps() {
        GoMap<Integer, Integer> one = filled(maps.create());
        GoMap<Integer, Integer> other = filled(maps.create());
        assertTrue(likeness(one, neighbours(one)) > 0.4, "the measure sees no seed");
        assertTrue(likeness(other, neighbours(one)) < 0.2, "two maps share a seed");
    }

    /** After Go's fix of issue 25237. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seedIsRenewedWhenTheMapBecomesEmpty(boolean clear) {
        GoMap<Integer, Integer> map = filled(maps.create());
        Set<Set<Integer>> before = neighbours(map);
        for (int i = 0; i < 199; i++) {
            map.remove(i);
        }
        filled(map);
        assertTrue(likeness(map, before) > 0.4, "renewed too early, or the measure sees no seed");
        if (clear) {
            map.clear();
        } else {
            map.keySet().removeIf(key -> true);
        }
        filled(map);
        assertTrue(likeness(map, before) < 0.2, "the same seed again");
    }

    /** Fills the map with 200 entries, 6.25 to a bucket. */
    private static GoMap<Integer, Integer> filled(GoMap<Integer, Integer> map) {
        for (int i = 0; i < 200; i++) {
            map.put(i, i);
        }
        return map;
    }

    /** The pairs of successive keys in one iteration. Most pairs are in one bucket. */
    private static Set<Set<Integer>> neighbours(Map<Integer, Integer> map) {
        Set<Set<Integer>> pairs = new HashSet<>();
        Integer previous = null;
        for (Integer key : map.keySet()) {
            if (previous != null) {
                pairs.add(Set.of(previous, key));
            }
            previous = key;
        }
        return pairs;
    }

    /** The fraction of the map's pairs that are among the given ones. */
    private static double likeness(Map<Integer, Integer> map, Set<Set<Integer>> pairs) {
        Set<Set<Integer>> common = neighbours(map);
        int all = common.size();
        common.retainAll(pairs);
        return (double) common.size() / all;
    }
}
