package io.github.safemap.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PickTest {
    private static final Object[] KEYS = {"a", "b", "c", "d"};

    @Test
    void uniformIsTheKeysThemselves() {
        assertSame(KEYS, Pick.UNIFORM.sequence(KEYS, 1));
    }

    @Test
    void hotIsOneKey() {
        assertEquals(Set.of("a"), new HashSet<>(Arrays.asList(Pick.HOT.sequence(KEYS, 1))));
    }

    @Test
    void zipfFavoursTheFirst() {
        Object[] sequence = Pick.ZIPF.sequence(KEYS, 1);
        assertEquals(new HashSet<>(Arrays.asList(KEYS)), new HashSet<>(Arrays.asList(sequence)));
        long first = Arrays.stream(sequence).filter("a"::equals).count();
        long last = Arrays.stream(sequence).filter("d"::equals).count();
        assertTrue(first > 3 * last, first + " and " + last);
    }
}
