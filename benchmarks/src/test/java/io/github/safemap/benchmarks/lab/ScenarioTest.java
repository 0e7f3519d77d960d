package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Chart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs workloads with few entries in this JVM. */
class ScenarioTest {
    /** The least that an Integer key and a byte[128] take, whatever the JVM's headers. */
    private static final int ENTRY_BYTES = 16 + 128;

    private final LabResults results = new LabResults(progress -> {});

    @Test
    void survivorsAreExactlyAsManyAndSpreadEvenly() {
        int[] survivors = IntStream.range(0, 1_000_000)
                .filter(key -> HeapAfterDeletes.survives(key, 500, 1_000_000))
                .toArray();
        assertEquals(500, survivors.length);
        for (int i = 1; i < survivors.length; i++) {
            assertEquals(2_000, survivors[i] - survivors[i - 1]);
        }
    }

    @Test
    void massDeleteMeasuresAFullAndAnAlmostEmptyMap() {
        int entries = 20_000;
        int survivors = 1_000;
        new HeapAfterDeletes("L3", 1, entries, key -> new byte[128], 0, survivors).run(Subject.HASH_MAP, results);
        HeapRow none = results.rows().get(0);
        HeapRow some = results.rows().get(1);
        assertEquals(List.of(0, survivors), List.of(none.survivors(), some.survivors()));
        assertEquals(0, none.survivorBytes());
        for (HeapRow row : results.rows()) {
            assertTrue(row.fullBytes() > (long) entries * ENTRY_BYTES, row::toString);
            assertTrue(row.keptBytes() < row.fullBytes() / 4, row::toString);
            assertTrue(row.keptBytes() > row.survivorBytes(), row::toString);
        }
        assertTrue(some.survivorBytes() >= (long) survivors * ENTRY_BYTES, some::toString);
        assertTrue(some.survivorBytes() < 2L * survivors * ENTRY_BYTES, some::toString);
        LabReport report = LabReport.ofSurvivors("L3", Published.GO_ZERO);
        List<String> lines = report.lines(results);
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("HashMap")), lines::toString);
        assertEquals(Set.of("L3"), charts(report));
    }

    @Test
    void smallMapsAreMeasuredEach() {
        new HeapAfterDeletes("L4-person", 20, 1_000, LabExperiment.Person::withOwnName, 0)
                .run(Subject.HASH_MAP, results);
        HeapRow row = results.rows().get(0);
        assertTrue(row.fullBytes() > 1_000 * 64 && row.fullBytes() < 1_000 * 256, row::toString);
        assertTrue(row.keptBytes() < row.fullBytes() / 4, row::toString);
    }

    @Test
    void customersComeAtTheRateOfTheHour() {
        HeapThroughRush day = new HeapThroughRush("L5", 1_000, 1_000_000);
        assertEquals(0, day.arrivedBy(-5));
        assertEquals(1_000, day.arrivedBy(60));
        assertEquals(2_000, day.arrivedBy(120));
        assertEquals(502_000, day.arrivedBy(150));
        assertEquals(1_002_000, day.arrivedBy(180));
        assertEquals(1_012_000, day.arrivedBy(HeapThroughRush.END_MINUTE));
    }

    @Test
    void theRushShowsInTheSamples() {
        new HeapThroughRush("L5", 600, 30_000).run(Subject.HASH_MAP, results);
        HeapRow row = results.rows().get(0);
        assertEquals(600, row.survivors());
        HeapSample highest = results.samples().stream()
                .max((a, b) -> Long.compare(a.heapBytes(), b.heapBytes()))
                .orElseThrow();
        assertEquals(HeapThroughRush.PEAK_MINUTE, highest.minute());
        assertEquals(row.fullBytes(), highest.heapBytes());
        assertTrue(row.fullBytes() > 30_000L * ENTRY_BYTES, row::toString);
        assertTrue(row.keptBytes() < row.fullBytes() / 4, row::toString);
        assertEquals(Set.of("L5"), charts(LabReport.ofRush("L5")));
    }

    @Test
    void nothingIsShownOfWhatWasNotMeasured() {
        assertEquals(List.of(), LabReport.ofRush("L5").lines(results));
        assertEquals(Set.of(), charts(LabReport.ofRush("L5")));
    }

    private Set<String> charts(LabReport report) {
        Map<String, Chart> charts = new HashMap<>();
        report.addChart(results, charts);
        return charts.keySet();
    }
}
