package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With JVMs of their own, as in earnest. */
class StepsTest {
    @TempDir
    Path directory;

    @Test
    void goesOnAfterAFailureAndDoesNothingTwice() throws Exception {
        RunDirectory run = new RunDirectory(directory);
        Part fails = part("fails", 1, "m9");
        Part works = part("works", 1, "m2", "--copies=10", "--heap=1");
        assertFalse(run(run, Optional.empty(), fails, works));
        assertEquals(List.of(run.of(works.steps().get(0))), run.finished());

        Map<Cell, Scores> cells = RawFiles.read(run);
        Cell empty = new Cell("M2 SERIAL", "bytes of 0", "LONG", 100, 1, false);
        assertTrue(cells.get(empty).has(Subject.SAFE_MAP));
        assertTrue(Files.readString(directory.resolve("report.md")).contains("bytes of 0"));
        Files.writeString(run.of(works.steps().get(0)).resolve("mark"), "x");

        Part more = part("works", 2, "m2", "--copies=10", "--heap=1");
        assertTrue(run(run, Optional.empty(), more));
        assertEquals(2, run.finished().size());
        assertTrue(Files.exists(run.of(works.steps().get(0)).resolve("mark")));
    }

    @Test
    void beginsNothingThatWouldEndTooLate() throws Exception {
        RunDirectory run = new RunDirectory(directory);
        Part part = part("works", 3, "m2", "--copies=10", "--heap=1");
        assertTrue(run(run, Optional.of(Duration.ofSeconds(1)), part));
        assertEquals(List.of(), run.finished());
    }

    private static boolean run(RunDirectory run, Optional<Duration> limit, Part... parts) throws Exception {
        String classPath = System.getProperty("java.class.path");
        Report report = new Report(run, List.of());
        return new Steps(run, Variant.of("g1"), classPath, limit, report).run(List.of(parts));
    }

    private static Part part(String name, int rounds, String... arguments) {
        return new Part(
                name,
                Tool.MEMORY,
                Collector.SERIAL,
                List.of(Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP),
                List.of(arguments),
                rounds,
                10);
    }
}
