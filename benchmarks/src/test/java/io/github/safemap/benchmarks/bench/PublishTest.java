package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishTest {
    private static final List<String> PAGE =
            List.of("a", "<!-- begin of run x -->", "old", "<!-- end of run x -->", "b");

    @TempDir
    Path directory;

    @Test
    void replacesWhatIsBetweenTheMarks() {
        List<String> once = Publish.inserted(PAGE, List.of("new"), "x");
        assertEquals(List.of("a", "<!-- begin of run x -->", "", "new", "", "<!-- end of run x -->", "b"), once);
        assertEquals(once, Publish.inserted(once, List.of("new"), "x"));
    }

    @Test
    void refusesAPageWithoutThem() {
        assertThrows(IllegalArgumentException.class, () -> Publish.inserted(PAGE, List.of("new"), "y"));
    }

    @Test
    void copiesTheRawFilesAndLinksTheCharts() throws Exception {
        Path run = Files.createDirectories(directory.resolve("run"));
        Files.createDirectories(run.resolve("class-path"));
        Files.writeString(run.resolve("class-path/A.class"), "x");
        Files.createDirectories(run.resolve("parts/P/1.unfinished"));
        Files.writeString(run.resolve("parts/P/1.unfinished/half"), "x");
        Files.createDirectories(run.resolve("parts/P/2"));
        Files.writeString(run.resolve("parts/P/2/jmh.json"), "x");
        Files.writeString(run.resolve("report.md"), "![T1: get](T1-get-1t.svg)");
        Path page = Files.write(directory.resolve("page.md"), PAGE);
        Path raw = directory.resolve("results/x");
        Publish.main(new String[] {run.toString(), page.toString(), raw.toString(), "x"});
        assertTrue(Files.readAllLines(page).contains("![T1: get](results/x/T1-get-1t.svg)"));
        assertTrue(Files.exists(raw.resolve("parts/P/2/jmh.json")));
        assertFalse(Files.exists(raw.resolve("class-path")));
        assertFalse(Files.exists(raw.resolve("parts/P/1.unfinished")));
    }
}
