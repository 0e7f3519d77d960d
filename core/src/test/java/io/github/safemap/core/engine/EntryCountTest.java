package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void theSizeIsInsertionsMinusRemovals() {
        EntryCount counts = new EntryCount();
        assertEquals(0, counts.size());
        for (int i = 0; i < 5; i++) {
            counts.countInserted();
        }
        assertEquals(5, counts.size());
        counts.countRemoved();
        counts.countRemoved();
        assertEquals(3, counts.size());
    }

    /** The first removals count too, although there is no adder yet. */
    @Test
    void nothingIsLostWhenThreadsCountTogether() throws Exception {
        int threads = 4;
        int each = 5_000;
        EntryCount counts = new EntryCount();
        Race.run(threads, thread -> {
            for (int i = 0; i < each; i++) {
                counts.countInserted();
                if (i % 2 == 0) {
                    counts.countRemoved();
                }
            }
        });
        assertEquals(threads * each / 2, counts.size());
    }

    /** One entry stays and others come and go, so there is always at least one. */
    @Test
    void theSizeIsNeverTooSmall() throws Exception {
        EntryCount counts = new EntryCount();
        counts.countInserted();
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    for (int i = 0; i < 200_000; i++) {
                        counts.countInserted();
                        counts.countRemoved();
                    }
                    done.set(true);
                },
                thread -> {
                    while (!done.get()) {
                        long size = counts.size();
                        assertTrue(size >= 1, () -> "size " + size);
                    }
                });
        assertEquals(1, counts.size());
    }
}
