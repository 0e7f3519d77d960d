package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfTest {
    private static final int DRAWS = 1_000_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.99})
    void ranksAreAsFrequentAsDefined(double theta) {
        int n = 1000;
        Zipf zipf = new Zipf(n, theta, 42);
        int[] counts = new int[n];
        for (int i = 0; i < DRAWS; i++) {
            counts[zipf.next()]++;
        }
        // The first two ranks are drawn exactly, the others by an approximation: the sum of ten.
        double first = zipf.probability(0);
        assertEquals(first, counts[0] / (double) DRAWS, 0.05 * first + 0.0005);
        for (int from : new int[] {100, 500, 900}) {
            double expected = 0;
            double drawn = 0;
            for (int rank = from; rank < from + 10; rank++) {
                expected += zipf.probability(rank);
                drawn += counts[rank] / (double) DRAWS;
            }
            assertEquals(expected, drawn, 0.15 * expected, "ranks from " + from);
        }
    }

    @Test
    void probabilitiesAddUpToOne() {
        Zipf zipf = new Zipf(100, 0.99, 1);
        double sum = 0;
        for (int rank = 0; rank < 100; rank++) {
            sum += zipf.probability(rank);
        }
        assertEquals(1, sum, 1e-9);
    }

    @Test
    void theSmallest() {
        Zipf zipf = new Zipf(2, 0.99, 1);
        for (int i = 0; i < 1000; i++) {
            int rank = zipf.next();
            assertTrue(rank == 0 || rank == 1);
        }
    }

    @Test
    void refusesWhatItCannotDraw() {
        assertThrows(IllegalArgumentException.class, () -> new Zipf(1, 0.99, 1));
        assertThrows(IllegalArgumentException.class, () -> new Zipf(10, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Zipf(10, 0, 1));
    }
}
