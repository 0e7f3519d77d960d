package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepeatTest {
    private static final Ratio EARLIER = new Ratio(1.0, 0.9, 1.1, 3);

    @Test
    void tellsWithinFromMeetingFromApart() {
        Map<Cell, Ratio> earlier = new TreeMap<>();
        Map<Cell, Ratio> later = new TreeMap<>();
        List<Ratio> seconds =
                List.of(new Ratio(1.1, 1.0, 1.2, 3), new Ratio(1.2, 1.05, 1.4, 3), new Ratio(0.8, 0.7, 0.89, 3));
        for (int size = 0; size < seconds.size(); size++) {
            earlier.put(cell(size), EARLIER);
            later.put(cell(size), seconds.get(size));
        }
        assertEquals(
                List.of(
                        "| cell | earlier | later |  |",
                        "| --- | --- | --- | --- |",
                        "| T1 get, ops/us, LONG, 0, 1 thread | 1.00 [0.90, 1.10] | 1.10 [1.00, 1.20] | within |",
                        "| T1 get, ops/us, LONG, 1, 1 thread | 1.00 [0.90, 1.10] | 1.20 [1.05, 1.40] | the intervals meet |",
                        "| T1 get, ops/us, LONG, 2, 1 thread | 1.00 [0.90, 1.10] | 0.80 [0.70, 0.89] | apart |",
                        "",
                        "Of 3 cells 1 lie within the earlier interval; of 1 the two intervals are apart."),
                Repeat.compared(earlier, later));
    }

    @Test
    void leavesOutWhatHasNoInterval() {
        Map<Cell, Ratio> earlier = Map.of(cell(1), EARLIER, cell(2), new Ratio(1, Double.NaN, Double.NaN, 1));
        Map<Cell, Ratio> later = new TreeMap<>(Map.of(
                cell(1), new Ratio(1, Double.NaN, Double.NaN, 1),
                cell(2), EARLIER,
                cell(3), EARLIER));
        assertEquals(
                "Of 0 cells 0 lie within the earlier interval; of 0 the two intervals are apart.",
                Repeat.compared(earlier, later).get(3));
    }

    private static Cell cell(int size) {
        return new Cell("T1 get", "ops/us", "LONG", size, 1, true);
    }
}
