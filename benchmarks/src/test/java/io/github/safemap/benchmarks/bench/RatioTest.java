package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static final Subject CHM = Subject.CONCURRENT_HASH_MAP;
    private static final Subject OURS = Subject.SAFE_MAP;
    private static final Cell MORE = new Cell("T1 get", "ops/us", "LONG", 1000, 1, true);
    private static final Cell LESS = new Cell("R1 put", "put.max", "LONG", 1000, 1, false);

    /** By hand: logarithms -0.1, 0, 0.1 about log 2; their deviation 0.1; t(2) = 4.30265. */
    @Test
    void isTheGeometricMeanWithinStudentsInterval() {
        Ratio ratio = Ratio.of(List.of(2 * Math.exp(-0.1), 2.0, 2 * Math.exp(0.1)));
        assertEquals(2, ratio.mean(), 1e-12);
        assertEquals(2 * Math.exp(4.30265273 * 0.1 / Math.sqrt(3)), ratio.high(), 1e-6);
        assertEquals(2 * Math.exp(-4.30265273 * 0.1 / Math.sqrt(3)), ratio.low(), 1e-6);
        assertTrue(ratio.ahead());
        assertFalse(ratio.behind());
    }

    @Test
    void oneRoundHasNoIntervalAndNoneHasNothing() {
        Ratio one = Ratio.of(List.of(3.0));
        assertEquals(3, one.mean(), 1e-12);
        assertFalse(one.ahead() || one.behind());
        assertEquals("3.00 [one round]", one.toString());
        assertEquals("–", Ratio.of(List.of()).toString());
        assertEquals(1, Ratio.of(List.of(0.0, Double.NaN, 2.0)).rounds());
    }

    @Test
    void roundsThatAreAlikeGiveNoWidth() {
        Ratio ratio = Ratio.of(List.of(0.5, 0.5, 0.5, 0.5));
        assertEquals(ratio.low(), ratio.high(), 1e-12);
        assertTrue(ratio.behind());
    }

    @Test
    void theIntervalHoldsTheTruthNinetyFiveTimesInAHundred() {
        SplittableRandom random = new SplittableRandom(11);
        int held = 0;
        int trials = 4000;
        for (int trial = 0; trial < trials; trial++) {
            List<Double> pairs = random.doubles(5)
                    .map(u -> Math.sqrt(-2 * Math.log(1 - u)))
                    .map(r -> 1.3 * Math.exp(0.2 * r * Math.cos(2 * Math.PI * random.nextDouble())))
                    .boxed()
                    .toList();
            Ratio ratio = Ratio.of(pairs);
            held += ratio.low() <= 1.3 && 1.3 <= ratio.high() ? 1 : 0;
        }
        assertEquals(0.95, (double) held / trials, 0.015);
    }

    @Test
    void pairsNeighboursAndLeavesOutWhoHasNone() {
        Scores scores = new Scores();
        scores.add(CHM, "P/1", 100);
        scores.add(CHM, "P/2", 10);
        scores.add(CHM, "P/3", 7);
        scores.add(OURS, "P/1", 200);
        scores.add(OURS, "P/2", 20);
        scores.add(OURS, "P/4", 1);
        Ratio more = scores.ratio(MORE, CHM, OURS);
        assertEquals(2, more.rounds());
        assertEquals(2, more.mean(), 1e-12);
        assertEquals(0.5, scores.ratio(LESS, CHM, OURS).mean(), 1e-12);
        assertEquals(10, scores.median(CHM));
    }
}
