package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iterators while one thread, which knows the right answer, changes their map in every way. */
class SafeMapIterationTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Integer, Integer> filled(int shards, int entries) {
        SafeMap<Integer, Integer> map =
                maps.create(SafeMap.builder().shards(shards).shrinkThreshold(0));
        IntStream.range(0, entries).forEach(key -> map.put(key, key));
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void aKeyThatComesBackAfterClearIsNotReturnedTwice(int shards) {
        for (int round = 0; round < 20; round++) {
            SafeMap<Integer, Integer> map = filled(shards, 200);
            Set<Integer> seen = new HashSet<>();
            Iterator<Integer> keys = map.keySet().iterator();
            for (int i = 0; i < 100; i++) {
                assertTrue(seen.add(keys.next()));
            }
            map.clear();
            IntStream.range(0, 200).forEach(key -> map.put(key, key));
            keys.forEachRemaining(key -> assertTrue(seen.add(key), () -> key + " twice"));
        }
    }

    @Test
    void afterAClearAnIterationFindsWhatHasComeSinceAndNothingElse() {
        SafeMap<Integer, Integer> map = filled(16, 1_000);
        Iterator<Integer> keys = map.keySet().iterator();
        for (int i = 0; i < 500; i++) {
            keys.next();
        }
        map.clear();
        int left = 0;
        for (; keys.hasNext(); keys.next()) {
            left++;
        }
        assertEquals(0, left, "returned after clear");
        Iterator<Integer> values = map.values().iterator();
        IntStream.range(0, 1_000).forEach(key -> map.put(key, key));
        map.clear();
        IntStream.range(2_000, 3_000).forEach(key -> map.put(key, -key));
        Set<Integer> seen = new HashSet<>();
        values.forEachRemaining(seen::add);
        assertEquals(new HashSet<>(map.values()), seen);
    }

    @Test
    void aKeyThatComesBackAfterClearIsNotReturnedWithItsOldValue() {
        for (int round = 0; round < 20; round++) {
            SafeMap<Integer, Integer> map = filled(1, 8);
            Iterator<Map.Entry<Integer, Integer>> entries = map.entrySet().iterator();
            entries.next();
            map.clear();
            IntStream.range(0, 8).forEach(key -> map.put(key, -1));
            entries.forEachRemaining(entry -> assertEquals(-1, entry.getValue(), () -> "value of " + entry));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void whatIsThereThroughoutIsReturnedOnceWhileTheRestComesAndGoes(int shards) {
        SplittableRandom random = new SplittableRandom(shards);
        for (int round = 0; round < 40; round++) {
            int stays = random.nextInt(1, 400);
            int others = random.nextInt(3_000);
            SafeMap<Integer, Integer> map = filled(shards, stays + others);
            Set<Integer> seen = new HashSet<>();
            int swing = 0;
            for (Integer key : map.keySet()) {
                assertTrue(seen.add(key), () -> key + " twice");
                if (random.nextInt(1 + stays / 8) == 0) {
                    boolean shrink = swing++ % 2 == 0;
                    for (int other = stays; other < stays + others; other++) {
                        if (shrink) {
                            map.remove(other);
                        } else {
                            map.put(other, other);
                        }
                    }
                    if (random.nextBoolean()) {
                        map.trim();
                    }
                    if (swing > 8) {
                        others = Math.min(others, 50);
                    }
                }
            }
            seen.removeIf(key -> key >= stays);
            assertEquals(stays, seen.size(), "missed");
        }
    }

    @Test
    void everythingCanBeRemovedByAnIteratorWhileTheTablesShrink() {
        SafeMap<Integer, Integer> map = filled(4, 20_000);
        int removed = 0;
        for (Iterator<Integer> keys = map.keySet().iterator(); keys.hasNext(); removed++) {
            keys.next();
            keys.remove();
        }
        assertEquals(20_000, removed);
        assertTrue(map.isEmpty());
    }
}
