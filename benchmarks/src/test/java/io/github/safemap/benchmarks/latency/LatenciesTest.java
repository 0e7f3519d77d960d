package io.github.safemap.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LatenciesTest {
    private final AtomicLong waited = new AtomicLong(7_000_000);
    private final Latencies latencies = new Latencies();

    @Test
    void theLongestRunIsThatOfAnotherOperationThanTheLongest() {
        latencies.begin(waited::get);
        take(300_000, 0);
        take(4_000_000, 3_900_000);
        take(200_000, 0);
        assertEquals(300_000, latencies.longestRun());
        assertEquals(4_000_000, latencies.histogram().getMaxValue(), 4_000);
    }

    @Test
    void whatHasBeenWaitedBeforeIsNotTakenOff() {
        latencies.begin(waited::get);
        take(400_000, 300_000);
        take(400_000, 50_000);
        assertEquals(350_000, latencies.longestRun());
    }

    @Test
    void whatShortOperationsWaitedIsLeftBehind() {
        latencies.begin(waited::get);
        for (int i = 0; i < 10_000; i++) {
            take(1_000, 1_000);
        }
        take(2_000_000, 0);
        assertTrue(latencies.longestRun() > 900_000, () -> "" + latencies.longestRun());
    }

    @Test
    void noRunIsLessThanNothing() {
        latencies.begin(waited::get);
        take(60_000, 90_000);
        assertEquals(50_000, latencies.longestRun());
    }

    @Test
    void threadsAreAddedUp() {
        latencies.begin(waited::get);
        take(500_000, 450_000);
        Latencies other = new Latencies();
        other.begin(() -> 0);
        other.add(70_000);
        Latencies all = new Latencies();
        all.addAll(latencies);
        all.addAll(other);
        assertEquals(70_000, all.longestRun());
        assertEquals(2, all.histogram().getTotalCount());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(60)
    void whoSharesProcessorsWaits() throws InterruptedException {
        Waiting waiting = Waiting.ofCurrentThread();
        assumeTrue(waiting != null, "the system does not tell");
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread other = new Thread(() -> {
                while (!done.get()) {
                    Thread.onSpinWait();
                }
            });
            others.add(other);
            other.start();
        }
        try {
            long before = waiting.nanos();
            while (waiting.nanos() - before < TimeUnit.MILLISECONDS.toNanos(1)) {
                Thread.onSpinWait();
            }
        } finally {
            done.set(true); // or they would spin beside the tests that come after a timeout
        }
        for (Thread other : others) {
            other.join();
        }
    }

    /** Records an operation in which the thread waits. */
    private void take(long nanos, long waiting) {
        waited.addAndGet(waiting);
        latencies.add(nanos);
    }
}
