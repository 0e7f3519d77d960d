package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublishTest {
    @TempDir
    Path directory;

    @Test
    void copiesFiguresAndTheChartsThatAreNamed() throws Exception {
        Path run = Files.createDirectories(directory.resolve("run"));
        for (String file : List.of("scores.csv", "ratios.csv", "environment.txt", "machine.txt", "L1.svg", "L2.svg")) {
            Files.writeString(run.resolve(file), file);
        }
        Files.createDirectories(run.resolve("parts/P/1"));
        Files.write(run.resolve("report.md"), List.of("# Run", "![L1: one](L1.svg)", "![L2: two](L2.svg)", "End"));
        Path to = directory.resolve("results/x");
        assertEquals(0, new CommandLine(new Publish()).execute(run.toString(), to.toString(), "L1"));
        assertEquals(List.of("# Run", "![L1: one](L1.svg)", "End"), Files.readAllLines(to.resolve("report.md")));
        assertEquals("scores.csv", Files.readString(to.resolve("scores.csv")));
        assertTrue(Files.exists(to.resolve("L1.svg")));
        assertFalse(Files.exists(to.resolve("L2.svg")));
        assertFalse(Files.exists(to.resolve("parts")));
    }
}
