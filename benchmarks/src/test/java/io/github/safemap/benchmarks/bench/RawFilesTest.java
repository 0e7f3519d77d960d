package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.RoundTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFilesTest {
    private static final Subject CHM = Subject.CONCURRENT_HASH_MAP;
    private static final Subject OURS = Subject.SAFE_MAP;

    @TempDir
    Path directory;

    @Test
    void readsTheRoundsOfJmh() throws Exception {
        jmh(1, "GetHit.get", "ops/us", "", "1000", 100, 80);
        jmh(2, "GetHit.get", "ops/us", "", "1000", 10, 9);
        Map<Cell, Scores> cells = read();
        Cell cell = new Cell("T1 get hit", "ops/us", "LONG", 1000, 2, true);
        assertEquals(Set.of(cell), cells.keySet());
        assertEquals(
                Math.sqrt(0.8 * 0.9), cells.get(cell).ratio(cell, CHM, OURS).mean(), 1e-12);
        assertEquals(2, cells.get(cell).ratio(cell, CHM, OURS).rounds());
    }

    @Test
    void roundsOfAnotherPartWithTheSameCellAreOtherRounds() throws Exception {
        jmh(1, "GetHit.get", "ops/us", "", "1000", 100, 80);
        Path other = Files.createDirectories(directory.resolve("parts/P.all/1"));
        Files.copy(step(1).resolve(Tool.JMH_FILE), other.resolve(Tool.JMH_FILE));
        Scores scores = read().values().iterator().next();
        Cell cell = read().keySet().iterator().next();
        assertEquals(2, scores.ratio(cell, CHM, OURS).rounds());
    }

    @Test
    void lessTimeIsBetterAndTheNameOfAFillHasItsSize() throws Exception {
        jmh(1, "FillLarge.fill5000000", "ns/op", "", "", 300, 150);
        Cell cell = new Cell("T9 fill", "ns/op", "LONG", 5_000_000, 2, false);
        assertEquals(2, read().get(cell).ratio(cell, CHM, OURS).mean(), 1e-12);
    }

    @Test
    void withoutACollectorIsAnotherCell() throws Exception {
        jmh(1, "FillLarge.fill5000000", "ns/op", "", "", 300, 150);
        jmh(2, "FillLarge.fill5000000", "ns/op", "", "", 300, 150);
        Path file = step(2).resolve(Tool.JMH_FILE);
        Files.writeString(file, Files.readString(file).replace("UseG1GC", "UseEpsilonGC"));
        assertEquals(
                List.of("T9 fill", "T9 fill, Epsilon"),
                read().keySet().stream().map(Cell::workload).toList());
    }

    @Test
    void otherParametersMakeOtherCells() throws Exception {
        jmh(1, "Mixed.mixed", "ops/us", "\"reads\":\"90\",", "1000", 1, 1);
        jmh(2, "Mixed.mixed", "ops/us", "\"reads\":\"75\",", "1000", 1, 1);
        assertEquals(
                List.of("T5 mixed, reads 75", "T5 mixed, reads 90"),
                read().keySet().stream().map(Cell::workload).toList());
    }

    @Test
    void olderRunsHaveTheLabelInTheName() throws Exception {
        jmh(1, "T9FillLarge.fill5000000", "ns/op", "", "", 300, 150);
        jmh(2, "FillLarge.fill5000000", "ns/op", "\"presized\":\"false\",", "", 300, 150);
        assertEquals(
                List.of("T9 fill"), read().keySet().stream().map(Cell::workload).toList());
    }

    @Test
    void usualParametersAreNotNamedAndOthersAre() throws Exception {
        jmh(1, "GetHit.get", "ops/us", "\"allocation\":\"AT_PUT\",\"order\":\"RANDOM\",", "1000", 1, 1);
        assertEquals(
                List.of("T1 get hit, order RANDOM"),
                read().keySet().stream().map(Cell::workload).toList());
    }

    @Test
    void whatOperationsAllocateIsNoThroughput() throws Exception {
        jmh(1, "Churn.putOrRemove", "ops/us", "", "1000", 100, 80);
        Path file = step(1).resolve(Tool.JMH_FILE);
        String bytes = "\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"score\":24,\"scoreUnit\":\"B/op\"}}";
        Files.writeString(file, Files.readString(file).replace("\"primaryMetric\"", bytes + ",\"primaryMetric\""));
        Cell churn = new Cell("T4 churn", "ops/us", "LONG", 1000, 2, true);
        Cell allocation = new Cell("A1 T4 churn", "B/op", "LONG", 1000, 2, false);
        Map<Cell, Scores> cells = read();
        assertEquals(Set.of(churn, allocation), cells.keySet());
        assertEquals(24, cells.get(allocation).median(OURS));
        assertEquals(100, cells.get(churn).median(CHM));
        assertFalse(allocation.isThroughput());
    }

    @Test
    void readsTheFiguresOfLatencyAndMemory() throws Exception {
        RoundTable table = new RoundTable("R2-EPSILON-LONG-5000000-1t");
        table.add(CHM, Map.of("remove.max", 100.0));
        table.add(OURS, Map.of("remove.max", 25.0));
        table.append(Files.createDirectories(step(3)).resolve("latency.csv"));
        Cell cell = new Cell("R2 EPSILON", "remove.max", "LONG", 5_000_000, 1, false);
        assertEquals(4, read().get(cell).ratio(cell, CHM, OURS).mean(), 1e-12);
    }

    @Test
    void workloadsAreInTheOrderOfTheirNumbers() throws Exception {
        jmh(1, "Exchange.exchange", "ops/us", "", "1000", 1, 1);
        jmh(2, "GetMiss.get", "ops/us", "", "1000", 1, 1);
        assertEquals(
                List.of("T2", "T10"), read().keySet().stream().map(Cell::id).toList());
    }

    @Test
    void theReportSaysWhereSafeMapLoses() throws Exception {
        jmh(1, "GetHit.get", "ops/us", "", "1000", 100, 80);
        jmh(2, "GetHit.get", "ops/us", "", "1000", 100, 81);
        jmh(3, "GetHit.get", "ops/us", "", "1000", 100, 82);
        RunDirectory run = new RunDirectory(directory);
        List<String> lines = new Report(run, List.of("JDK: 99")).markdown(RawFiles.read(run), List.of());
        assertEquals("- JDK: 99", lines.get(0));
        assertTrue(lines.contains("Of 1 cells SafeMap is ahead in 0 and behind in 1; of 0 the rounds do not tell."));
        assertTrue(lines.contains("- T1 get hit, ops/us, LONG, 1,000, 2 threads: 0.81 [0.79, 0.84]"));
        assertTrue(
                lines.contains(
                        "| T1 get hit, ops/us, LONG, 1,000, 2 threads | 100.00 | 81.00;" + " **0.81 [0.79, 0.84]** |"),
                String.join("\n", lines));
    }

    @Test
    void aPublishedRunHasTheScoresThatItHadBefore() throws Exception {
        jmh(1, "T1GetHit.get", "ops/us", "", "1000", 100, 80);
        jmh(2, "T9FillLarge.fill5000000", "ns/op", "", "", 300, 150);
        RunDirectory run = new RunDirectory(directory);
        new Report(run, List.of("JDK: 99")).write();
        List<String> report = Files.readAllLines(directory.resolve(Report.FILE));
        FileUtils.deleteDirectory(directory.resolve("parts").toFile());
        new Report(run, List.of("JDK: 99")).write();
        assertEquals(report, Files.readAllLines(directory.resolve(Report.FILE)));
        assertEquals(2, read().size());
    }

    @Test
    void theCurveOfALogEndsWithTheLongestOperation() throws Exception {
        Histogram histogram = new Histogram(3);
        for (int nanos = 1; nanos <= 999; nanos++) {
            histogram.recordValue(nanos);
        }
        histogram.recordValue(277_503);
        Path file = directory.resolve("x.hlog");
        HistogramLogWriter log = new HistogramLogWriter(file.toFile());
        log.outputIntervalHistogram(0, 1, histogram);
        log.close();
        NavigableMap<Double, Double> curve = BenchCharts.percentiles(BenchCharts.histogram(file));
        assertEquals(1.0, curve.firstKey());
        assertEquals(0.5, curve.get(2.0), 0.01);
        assertEquals(1000.0, curve.lastKey());
        assertEquals(277.5, curve.lastEntry().getValue(), 0.3);
    }

    private Map<Cell, Scores> read() throws IOException {
        return RawFiles.read(new RunDirectory(directory));
    }

    private Path step(int round) {
        return directory.resolve("parts/P").resolve(Integer.toString(round));
    }

    private void jmh(int round, String name, String unit, String param, String size, int chm, int safeMap)
            throws IOException {
        List<String> results = new ArrayList<>();
        for (Subject subject : List.of(CHM, OURS)) {
            results.add("{\"benchmark\":\"io.github.safemap.benchmarks.throughput." + name
                    + "\",\"threads\":2,\"jvmArgs\":[\"-XX:+UseG1GC\"],\"params\":{"
                    + param
                    + (size.isEmpty() ? "" : "\"size\":\"" + size + "\",")
                    + "\"keys\":\"LONG\",\"subject\":\"" + subject + "\"},"
                    + "\"primaryMetric\":{\"score\":" + (subject == CHM ? chm : safeMap)
                    + ",\"scoreUnit\":\"" + unit + "\"}}");
        }
        Files.writeString(Files.createDirectories(step(round)).resolve(Tool.JMH_FILE), results.toString());
    }
}
