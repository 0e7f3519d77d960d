package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class EntryCountTest {
    private static final int SIZES = 100_000;

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

    @Test
    void theSizeIsNeverTooSmall() throws Exception {
        EntryCount counts = new EntryCount();
        checkSizes(counts::countInserted, counts::countRemoved, counts::size);
        assertEquals(1, counts.size());
    }

    /** The broken twin. Removals come between its two sums. */
    @Test
    void theCheckOfSizesFindsASumOfInsertionsBeforeRemovals() {
        LongAdder inserted = new LongAdder();
        LongAdder removed = new LongAdder();
        LongSupplier sizes = () -> {
            long came = inserted.sum();
            long later = removed.sum() + 2;
            Waiting.until(() -> removed.sum() >= later);
            return came - removed.sum();
        };
        AssertionError error =
                assertThrows(AssertionError.class, () -> checkSizes(inserted::increment, removed::increment, sizes));
        assertTrue(error.getMessage().contains("a size of"), error.getMessage());
    }

    /** One entry stays, and others come and go until all sizes have been read. So there is always at least one. */
    private static void checkSizes(Runnable insertion, Runnable removal, LongSupplier sizes) throws Exception {
        insertion.run();
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    while (!done.get()) {
                        insertion.run();
                        removal.run();
                    }
                },
                thread -> {
                    try {
                        for (int i = 0; i < SIZES; i++) {
                            long size = sizes.getAsLong();
                            assertTrue(size >= 1, () -> "a size of " + size);
                        }
                    } finally {
                        done.set(true);
                    }
                });
    }
}
