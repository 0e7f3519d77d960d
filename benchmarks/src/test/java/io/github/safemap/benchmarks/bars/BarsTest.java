package io.github.safemap.benchmarks.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.RoundTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BarsTest {
    private static final String HEAD =
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\","
                    + "\"Unit\",\"Param: keys\",\"Param: size\",\"Param: subject\"";

    @TempDir Path directory;

    @Test
    void takesTheMedianOfTheRatiosOfNeighbours() throws Exception {
        jmh(1, "T1GetHit.get", "ops/us", "1000", 100, 80);
        jmh(2, "T1GetHit.get", "ops/us", "1000", 10, 9);
        jmh(3, "T1GetHit.get", "ops/us", "1000", 50, 50);
        Map<Cell, Scores> cells = RawFiles.read(directory);
        Cell cell = new Cell("T1 G1, ops/us", "LONG", 1000, 1, true);
        Scores scores = cells.get(cell);
        assertEquals(
                0.9,
                scores.ratio(cell, Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP),
                1e-12);
        assertEquals(50, scores.median(Subject.CONCURRENT_HASH_MAP));
    }

    @Test
    void lessTimeIsBetterAndTheNameOfAFillHasItsSize() throws Exception {
        jmh(1, "T9FillLarge.fill5000000", "ns/op", "", 300, 150);
        Map<Cell, Scores> cells = RawFiles.read(directory);
        Cell cell = new Cell("T9 G1, ns/op", "LONG", 5_000_000, 1, false);
        assertEquals(
                2,
                cells.get(cell).ratio(cell, Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP));
    }

    @Test
    void aGroupEndsWithItsGeometricMean() throws Exception {
        jmh(1, "T1GetHit.get", "ops/us", "1000", 10, 20);
        jmh(2, "T1GetHit.get", "ops/us", "100000", 10, 80);
        List<String> lines = Bars.table(RawFiles.read(directory)).lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(2).endsWith("  2.00"), lines.get(2));
        assertTrue(lines.get(3).endsWith("  8.00     4.00"), lines.get(3));
    }

    @Test
    void readsTheFiguresOfLatencyAndMemory() throws Exception {
        RoundTable table = new RoundTable("R2-EPSILON-LONG-5000000-1t");
        table.add(
                Subject.CONCURRENT_HASH_MAP, Map.of("remove.max", 100.0, "nothing.mean", 1.0));
        table.add(Subject.SAFE_MAP, Map.of("remove.max", 25.0, "nothing.mean", 1.0));
        table.append(directory.resolve("latency.csv"));
        Map<Cell, Scores> cells = RawFiles.read(directory);
        Cell cell = new Cell("R2 EPSILON, remove.max", "LONG", 5_000_000, 1, false);
        assertEquals(Set.of(cell), cells.keySet());
        assertEquals(
                4, cells.get(cell).ratio(cell, Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP));
    }

    private void jmh(int round, String name, String unit, String size, int chm, int safeMap)
            throws Exception {
        String line =
                "\"io.github.safemap.benchmarks.throughput.%s\",\"x\",1,3,%d,NaN,\"%s\",LONG,%s,%s";
        Files.write(
                directory.resolve("jmh-T-G1-" + round + ".csv"),
                List.of(
                        HEAD,
                        String.format(line, name, chm, unit, size, "CONCURRENT_HASH_MAP"),
                        String.format(line, name, safeMap, unit, size, "SAFE_MAP")));
    }
}
