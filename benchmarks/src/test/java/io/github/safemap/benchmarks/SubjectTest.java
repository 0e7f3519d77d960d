package io.github.safemap.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SubjectTest {
    static Subject[] maps() {
        return Subject.maps();
    }

    @ParameterizedTest
    @EnumSource
    void makesMapsThatWork(Subject subject) {
        Map<String, Integer> map = subject.create();
        assertNull(map.put("a", 1));
        assertEquals(1, map.put("a", 2));
        assertEquals(2, map.remove("a"));
        assertEquals(0, map.size());
    }

    @ParameterizedTest
    @EnumSource
    void mapsThatWereMadeForTheirSizeHoldIt(Subject subject) {
        Map<Integer, Integer> model = new HashMap<>();
        Map<Integer, Integer> map = subject.create(2_000);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            int key = random.nextInt(4_000);
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
        assertEquals(subject.create() instanceof ConcurrentMap, subject.concurrent());
    }
}
