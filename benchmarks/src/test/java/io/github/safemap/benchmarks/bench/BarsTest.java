package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.RoundTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarsTest {
    @TempDir
    Path directory;

    private final Bars bars = new Bars();

    /** The line of the table that begins so. */
    private String line(String begin) {
        List<String> lines = bars.table().text().stream()
                .filter(line -> line.startsWith(begin))
                .toList();
        assertEquals(1, lines.size(), begin);
        return lines.get(0).replaceAll(" +", " ");
    }

    private void figures(String file, String cell, String figure, double... rounds) throws IOException {
        RoundTable table = new RoundTable(cell);
        for (double round : rounds) {
            table.add(Subject.SAFE_MAP, Map.of(figure, round));
            table.add(Subject.CONCURRENT_HASH_MAP, Map.of(figure, 1e9));
        }
        table.append(directory.resolve(file));
    }

    private void ratios(String part, String... lines) throws IOException {
        Path file = Files.createDirectories(directory.resolve(part)).resolve(Compare.RATIOS);
        Files.writeString(file, String.join(",", Compare.COLUMNS) + "\n" + String.join("\n", lines) + "\n");
    }

    @Test
    void whatIsNotMeasuredIsNotMissed() throws IOException {
        bars.read(directory);
        assertTrue(bars.judge());
        assertTrue(line("M1, worst").endsWith("not measured"));
        assertTrue(line("T12, least").endsWith("not measured"));
    }

    @Test
    void figuresAreTheMediansOfSafeMapsRounds() throws IOException {
        figures("latency.csv", "R4-EPSILON-LONG-5000000-1t", "put.max.run", 150_000, 900_000, 190_000);
        bars.read(directory);
        assertTrue(bars.judge());
        assertEquals(
                "R4, first fill: longest put of 5,000,000, ns 200,000 190,000 met (median of 3)",
                line("R4, first fill: longest put of 5,000,000"));
    }

    @Test
    void aFigureAboveItsBarIsMissed() throws IOException {
        figures("memory.csv", "M2-SERIAL-LONG-100", "bytes of 10", 601);
        bars.read(directory);
        assertFalse(bars.judge());
        assertEquals("M2, of 10 entries 600.00 601.00 MISSED", line("M2, of 10 entries"));
        assertTrue(line("M2, of 1 entry").endsWith("not measured"));
    }

    @Test
    void ratiosAreJudgedTogetherAndByTheLeast() throws IOException {
        ratios("T1", "T1 get hit,ops/us,LONG,1000,1,1,2,2.0,5", "T1 get hit,ops/us,STRING,1000,1,1,1,0.96,5");
        ratios("T10", "T10 exchange,ops/us,LONG,100000,2,1,1,0.89,5");
        bars.read(directory);
        assertFalse(bars.judge());
        assertEquals("T1 and T2, times of the old 1.25 1.39 met (2 of 12 cells)", line("T1 and T2, times of the old"));
        assertEquals("T1 and T2, least 0.95 0.96 met (T1 get hit, STRING, 1000, 1t)", line("T1 and T2, least"));
        assertEquals("T10, least 0.90 0.89 MISSED (T10 exchange, LONG, 100000, 2t)", line("T10, least"));
    }

    @Test
    void aCrowdOfThreadsHasABarOfItsOwn() throws IOException {
        ratios(
                "T3",
                "T3 put present,ops/us,LONG,1000,2,1,1,1.2,5",
                "T3 put present,ops/us,LONG,100,8,1,1,0.5,5",
                "T3 put present,ops/us,LONG,1000,4,1,1,0.7,5");
        bars.read(directory);
        assertFalse(bars.judge());
        assertTrue(line("T3 and T4, 1 and 2").contains("met (1 of 12 cells)"));
        assertTrue(line("T3 and T4, 4 and 8").endsWith("0.50 MISSED (T3 put present, LONG, 100, 8t)"));
    }
}
