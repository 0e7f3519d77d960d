package io.github.safemap.benchmarks.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void medianOfOddAndEven() {
        assertEquals(3, Summary.median(List.of(100.0, 1.0, 3.0)));
        assertEquals(2.5, Summary.median(List.of(4.0, 1.0, 2.0, 3.0)));
    }

    @Test
    void geometricMeanOfRatiosAndTheirInverses() {
        assertEquals(1, Summary.geometricMean(List.of(2.0, 0.5, 4.0, 0.25)), 1e-12);
        assertEquals(6, Summary.geometricMean(List.of(4.0, 9.0)), 1e-12);
    }

    @Test
    void mean() {
        assertEquals(2, Summary.mean(List.of(1.0, 3.0)));
    }

    @Test
    void refusesNothingAndWhatIsNotPositive() {
        assertThrows(IllegalArgumentException.class, () -> Summary.median(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Summary.mean(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Summary.geometricMean(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Summary.geometricMean(List.of(1.0, 0.0)));
    }
}
