package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void theSizeIsWhatHasComeWithoutWhatHasGone() {
        Counts counts = new Counts();
        assertEquals(0, counts.size());
        for (int i = 0; i < 5; i++) {
            counts.countInserted();
        }
        assertEquals(5, counts.size());
        counts.countRemoved();
        counts.countRemoved();
        assertEquals(3, counts.size());
    }
}
