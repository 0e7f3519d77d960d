package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.ZipfDistribution;
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
        ZipfDistribution defined = ZipfDistribution.of(n, theta);
        int[] counts = new int[n];
        for (int i = 0; i < DRAWS; i++) {
            counts[zipf.next()]++;
        }
        // The first two ranks are drawn exactly, the others by an approximation: the sum of ten.
        double first = defined.probability(1);
        assertEquals(first, counts[0] / (double) DRAWS, 0.05 * first + 0.0005);
        for (int from : new int[] {100, 500, 900}) {
            double expected = 0;
            double drawn = 0;
            for (int rank = from; rank < from + 10; rank++) {
                expected += defined.probability(rank + 1);
                drawn += counts[rank] / (double) DRAWS;
            }
            assertEquals(expected, drawn, 0.15 * expected, "ranks from " + from);
        }
    }

    @Test
    void theSmallest() {
        Zipf zipf = new Zipf(2, 0.99, 1);
        for (int i = 0; i < 1000; i++) {
            int rank = zipf.next();
            assertTrue(rank == 0 || rank == 1);
        }
    }
}
