package io.github.safemap.benchmarks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class RunTest {
    private static final List<Subject> THREE =
            List.of(Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP, Subject.NON_BLOCKING_HASH_MAP);

    private static final Part PART = new Part("P", Tool.JMH, Collector.G1, THREE, List.of("-t", "1"), 3, 10);

    @TempDir
    Path directory;

    @Test
    void eachSubjectComesFirstInTurn() {
        List<Subject> first =
                PART.steps().stream().map(step -> step.subjects().get(0)).toList();
        assertEquals(THREE, first);
        PART.steps().forEach(step -> assertEquals(Set.copyOf(THREE), Set.copyOf(step.subjects())));
    }

    @Test
    void onlyWhatIsFinishedIsNotRunAgain() throws Exception {
        RunDirectory run = new RunDirectory(directory);
        Step one = PART.steps().get(0);
        Files.writeString(run.begin(one).resolve("half"), "x");
        assertFalse(run.has(one));
        assertEquals(List.of(), run.finished());

        Path again = run.begin(one);
        assertFalse(Files.exists(again.resolve("half")));
        Files.writeString(again.resolve("whole"), "x");
        run.finish(one);
        assertTrue(run.has(one));
        assertFalse(run.has(PART.steps().get(1)));
        assertEquals(List.of(run.of(one)), run.finished());
        assertEquals("P/1", RunDirectory.roundOf(run.of(one)));
    }

    @Test
    void timeLeftFollowsWhatTheStepsTook() {
        TimeLeft time = new TimeLeft(List.of(10.0, 10.0, 20.0));
        assertEquals(Duration.ofSeconds(40), time.left());
        time.done(10, 15);
        assertEquals(Duration.ofSeconds(45), time.left());
        assertEquals(Duration.ofSeconds(30), time.corrected(20));
        time.done(10, 5);
        assertEquals(Duration.ofSeconds(20), time.left());
        time.skipped(15);
        assertEquals(Duration.ofSeconds(5), time.left());
        time.done(5, 5);
        assertEquals(Duration.ZERO, time.left());
        assertEquals("2:05", TimeLeft.text(Duration.ofSeconds(125)));
        assertEquals("1:01:01", TimeLeft.text(Duration.ofSeconds(3661)));
    }

    /** On the two processors for which it is made, whatever machine this is. */
    @Test
    void quickEndsWithinTwentyMinutes() {
        double seconds =
                plan("quick", "g1", 2).stream().mapToDouble(Part::totalSeconds).sum();
        assertTrue(seconds < 0.8 * 20 * 60, seconds + " s");
    }

    @Test
    void moreThreadsThanProcessorsWarmUpForLonger() {
        List<String> enough = part("T3.LONG.2t", plan("quick", "g1", 2)).arguments();
        List<String> crowded = part("T3.LONG.2t", plan("quick", "g1", 1)).arguments();
        assertTrue(warmUps(enough) < warmUps(crowded), enough + " " + crowded);
        assertEquals(
                part("T3.LONG.1t", plan("quick", "g1", 2)).arguments(),
                part("T3.LONG.1t", plan("quick", "g1", 1)).arguments());
    }

    private static Part part(String name, List<Part> parts) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static int warmUps(List<String> arguments) {
        return Integer.parseInt(arguments.get(arguments.indexOf("-wi") + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g1", "parallel", "zgc", "-XX:-UseCompressedOops"})
    void partsAreSmallAndEachHasBothMaps(String variant) {
        for (String set : List.of("quick", "full")) {
            Set<String> names = new HashSet<>();
            for (Part part : plan(set, variant)) {
                assertTrue(names.add(part.name()));
                assertTrue(part.totalSeconds() <= 15 * 60, part.name() + part.totalSeconds());
                assertEquals(Subject.CONCURRENT_HASH_MAP, part.subjects().get(0));
                assertTrue(part.tool() == Tool.LAB || part.subjects().contains(Subject.SAFE_MAP));
            }
        }
    }

    @Test
    void fullHasEveryWorkload() {
        List<String> names = plan("full", "g1").stream().map(Part::name).toList();
        for (String prefix : List.of(
                "T1.", "T2.", "T3.", "T4.", "T5.", "T6.", "T7.", "T8.", "T9.", "T10.", "T11.", "T12.", "T13.", "T14.",
                "T15.", "T16.", "R1.", "R2.", "R3.", "R4.", "R5.", "R6.", "R7.", "M1", "M2", "M3", "M4", "M5", "M6",
                "L1", "L3", "L4", "L5", "L6", "L7")) {
            assertTrue(names.stream().anyMatch(name -> name.startsWith(prefix)), prefix);
        }
    }

    @Test
    void aPartOfJmhRunsBenchmarksOfOneLabel() throws Exception {
        BenchmarkList all = BenchmarkList.defaultList();
        OutputFormat quiet = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
        for (String set : List.of("quick", "full")) {
            for (Part part : plan(set, "g1")) {
                if (part.tool() == Tool.JMH) {
                    Set<String> labels = new HashSet<>();
                    all.find(quiet, List.of(part.arguments().get(0)), List.of())
                            .forEach(found -> labels.add(RawFiles.label(found.getUserClassQName())));
                    assertEquals(Set.of(part.name().replaceAll("\\..*", "")), labels);
                }
            }
        }
    }

    @Test
    void mapsAreOnlyWhereTheyBelong() {
        for (Part part : plan("full", "g1")) {
            boolean several = !part.name().contains(".1t");
            assertTrue(part.subjects().stream().allMatch(s -> s.concurrent() || !several));
            if (part.subjects().contains(Subject.NON_BLOCKING_HASH_MAP_LONG)) {
                assertTrue(part.name().contains("LONG"), part.name());
            }
            if (part.subjects().contains(Subject.FASTUTIL_WRAPPER)) {
                assertTrue(part.name().matches("T([1-5]|1[345])\\..*"), part.name());
            }
        }
    }

    @Test
    void commandsNameTheCollectorAndTheSubjectsOfTheRound() {
        Variant variant = Variant.of("-XX:-UseCompressedOops");
        Step second = PART.steps().get(1);
        List<String> command = Tool.JMH.command(second, variant, "cp", directory);
        assertTrue(command.contains("-XX:+UseG1GC -XX:+AlwaysPreTouch -Xms2g -Xmx2g -XX:-UseCompressedOops"));
        assertTrue(command.contains("subject=SAFE_MAP,NON_BLOCKING_HASH_MAP,CONCURRENT_HASH_MAP"));
        assertTrue(Tool.MEMORY.command(second, variant, "cp", directory).contains("--jvm=-XX:-UseCompressedOops"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> Variant.of("g2"));
        assertThrows(IllegalArgumentException.class, () -> plan("slow", "g1"));
        assertNotEquals(Variant.of("g1").name(), Variant.of("-Xint").name());
    }

    @Test
    void copiesWhatABuildWouldChange() throws Exception {
        Path project = Files.createDirectories(directory.resolve("project"));
        Path classes = Files.createDirectories(project.resolve("target/classes/a"));
        Files.writeString(classes.resolve("A.class"), "old");
        Path other = Files.writeString(directory.resolve("other.jar"), "jar");
        String copied = ClassPath.copied(
                project.resolve("target/classes") + java.io.File.pathSeparator + other,
                project,
                directory.resolve("copy"));
        Files.writeString(classes.resolve("A.class"), "new");
        String[] entries = copied.split(java.io.File.pathSeparator);
        assertEquals(2, entries.length);
        assertEquals("old", Files.readString(Path.of(entries[0], "a", "A.class")));
        assertEquals(other.toString(), entries[1]);
    }

    private static List<Part> plan(String set, String variant) {
        return plan(set, variant, 2);
    }

    private static List<Part> plan(String set, String variant, int processors) {
        return Plan.of(set, Variant.of(variant), EnumSet.allOf(Subject.class), Optional.empty(), processors);
    }
}
