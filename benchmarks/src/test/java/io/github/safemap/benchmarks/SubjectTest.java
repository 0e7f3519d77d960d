package io.github.safemap.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectTest {
    static Subject[] maps() {
        return Subject.maps();
    }

    static Subject[] here() {
        return Arrays.stream(Subject.values())
                .filter(subject -> subject.missing().isEmpty())
                .toArray(Subject[]::new);
    }

    @ParameterizedTest
    @MethodSource("here")
    void makesMapsThatWork(Subject subject) {
        Map<Long, Long> map = subject.create();
        assertNull(map.put(1000L, 1L));
        assertEquals(1L, map.put(1000L, 2L));
        assertEquals(2L, map.remove(1000L));
        assertNull(map.get(1000L));
        assertEquals(0, map.size());
    }

    @ParameterizedTest
    @MethodSource("maps")
    void aMapThatIsToldItsSizeHoldsMoreThanThat(Subject subject) {
        Map<Long, Long> map = subject.create(10);
        for (long i = 0; i < 100; i++) {
            map.put(i, i);
        }
        assertEquals(100, map.size());
        assertEquals(subject.create().getClass(), map.getClass());
    }

    @Test
    void onlySafeMapTellsOfItsShards() {
        Map<Long, Long> map = Subject.SAFE_MAP.create();
        map.put(1L, 1L);
        assertEquals(1.0, Subject.SAFE_MAP.figures(map).get("shards"));
        assertEquals(Map.of(), Subject.HASH_MAP.figures(new HashMap<>()));
    }

    @ParameterizedTest
    @MethodSource("here")
    void doesWhatHashMapDoes(Subject subject) {
        Map<Long, Long> model = new HashMap<>();
        Map<Long, Long> map = subject.create();
        SplittableRandom random = new SplittableRandom(5);
        for (long i = 1; i < 100_000; i++) {
            long key = random.nextInt(4_000);
            switch (random.nextInt(3)) {
                case 0 -> assertEquals(model.put(key, i), map.put(key, i));
                case 1 -> assertEquals(model.remove(key), map.remove(key));
                default -> assertEquals(model.get(key), map.get(key));
            }
        }
        assertEquals(model.size(), map.size());
    }

    @ParameterizedTest
    @MethodSource("maps")
    void saysWhichMapsAreConcurrent(Subject subject) {
        boolean locked = subject.label().startsWith("synchronized");
        assertEquals(locked || subject.create() instanceof ConcurrentMap, subject.concurrent());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingSaysWhyAndIsNotMade(Subject subject) {
        subject.missing().ifPresent(why -> {
            assertTrue(why.startsWith(subject.label()), why);
            assertEquals(
                    why,
                    assertThrows(IllegalStateException.class, subject::create).getMessage());
            assertThrows(IllegalStateException.class, () -> subject.require(KeyKind.LONG, 1));
        });
    }

    @Test
    void refusesOtherKeysAndMoreThreads() {
        assertThrows(IllegalStateException.class, () -> Subject.NON_BLOCKING_HASH_MAP_LONG.require(KeyKind.STRING, 1));
        assertThrows(IllegalStateException.class, () -> Subject.GO_MAP.require(KeyKind.STRING, 2));
        Subject.SAFE_MAP.require(KeyKind.STRING, 8);
    }
}
