package io.github.safemap.benchmarks.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short soak, of {@code -Dsoak.seconds}; and one of each twin, which has to be found. */
class SoakTest {
    private static final double SECONDS = Double.parseDouble(System.getProperty("soak.seconds", "6"));

    private static Run run(SoakMap map, double seconds) throws Exception {
        Run run = new Run(new Plan(2, 50_000, seconds, 0.2), map, line -> {});
        run.run();
        return run;
    }

    @Test
    void aSoakFindsNothingAndWritesWhatItSaw(@TempDir Path directory) throws Exception {
        Run run = run(new SoakMap(), SECONDS);
        assertNull(run.failure(), () -> "" + run.failure());
        assertFalse(run.cycles().isEmpty());
        assertFalse(run.monitor().samples().isEmpty());
        for (Kind kind : Kind.values()) {
            assertTrue(run.monitor().total(kind).getTotalCount() > 0, kind.name());
        }
        SoakFiles.write(run, directory);
        for (String file : SoakFiles.ALL) {
            assertTrue(Files.size(directory.resolve(file)) > 0, file);
        }
        try (Stream<String> lines = Files.lines(directory.resolve(SoakFiles.SAMPLES))) {
            assertEquals(1 + run.monitor().samples().size(), lines.count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTwinIsFound(LyingMaps twin) throws Exception {
        Run run = run(twin.create(), 60);
        assertNotNull(run.failure());
    }
}
