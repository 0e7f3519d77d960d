package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.safemap.benchmarks.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCsvTest {
    @Test
    void writesTheHeaderAndALineForEachRow(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("lab.csv");
        LabCsv.write(
                List.of(
                        new Row("L1", Subject.HASH_MAP, 0, 1, 2, 3, 4, 5),
                        new Row("L3", Subject.SAFE_MAP, 500, 6, 7, 8, 9, 10)),
                file);
        assertEquals(
                "experiment,subject,survivors,empty_bytes,full_bytes,kept_bytes,committed_bytes\n"
                        + "L1,HashMap,0,1,2,3,4\n"
                        + "L3,SafeMap,500,6,7,8,9\n",
                Files.readString(file));
    }

    @Test
    void writesTheSamplesThatTheChartOverTimeIsDrawnFrom(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("samples.csv");
        LabCsv.writeSamples(List.of(new Sample("L5", Subject.GO_MAP, 10, 2_048)), file);
        assertEquals("experiment,subject,minute,heap_bytes\nL5,GoMap,10,2048\n", Files.readString(file));
    }
}
