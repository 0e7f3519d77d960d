package io.github.safemap.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubjectTest {
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
    void saysWhichMapsAreConcurrent(Subject subject) {
        assertEquals(subject.create() instanceof ConcurrentMap, subject.concurrent());
    }
}
