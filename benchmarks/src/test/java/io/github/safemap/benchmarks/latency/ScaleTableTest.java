package io.github.safemap.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.RoundTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleTableTest {
    @TempDir
    Path directory;

    private void figures(String cell, Map<String, Double> figures) throws Exception {
        RoundTable table = new RoundTable(cell);
        table.add(Subject.SAFE_MAP, figures);
        table.append(file());
    }

    private Path file() {
        return directory.resolve("latency.csv");
    }

    @Test
    void aMapOfTwiceTheEntriesTakesTwiceTheBytesAndPlaces() throws Exception {
        figures("R7-SERIAL-LONG-1250000-1t", Map.of("bytes/entry", 19.0, "directory places", 4096.0));
        figures("R7-SERIAL-LONG-10000000-1t", Map.of("bytes/entry", 20.5, "directory places", 32768.0));
        ScaleTable table = ScaleTable.read(file());
        assertEquals(19.0, table.bytes(Subject.SAFE_MAP, 10_000_000));
        assertEquals(8 * 4096, table.places(Subject.SAFE_MAP, 10_000_000));
        List<String> lines = table.lines();
        assertTrue(lines.get(3).endsWith("| 20.5 | 19.0 | 32,768 | 32,768 |"), lines.get(3));
    }

    @Test
    void whatIsNotMeasuredIsLeftBlank() throws Exception {
        figures("R7-EPSILON-LONG-10000000-1t", Map.of("put.p50", 123.0));
        figures("R1-EPSILON-LONG-10000000-1t", Map.of("put.p50", 1.0));
        assertEquals(
                "| SafeMap, 10,000,000 | 123.0 |  |  |  |  |  |  |  |  |  |",
                ScaleTable.read(file()).lines().get(2));
    }

    @Test
    void aThousandMillionAreReckonedFromALittleLessThanTwoMillion() throws Exception {
        figures(
                "R7-SERIAL-LONG-1953125-1t",
                Map.of("bytes/entry", 36.0, "bytes/entry with its key", 60.0, "directory places", 4096.0));
        ScaleTable table = ScaleTable.read(file());
        assertEquals(
                "| SafeMap | 36.0 | 60.0 | 2,097,152 | 16.8 |",
                table.thousandMillion(table).get(2));
    }
}
