package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabForkTest {
    private final List<String> progress = new ArrayList<>();
    private final LabResults results = new LabResults(progress::add);

    @Test
    void whatAForkReportsIsRead() {
        HeapRow row = new HeapRow("L1", Subject.GO_MAP, 1, 2, 3, 4, 5, 6);
        HeapSample sample = new HeapSample("L5", Subject.SAFE_MAP, 7, 8);
        Recorder recorder = new LabFork.Reporting(false);
        printed(() -> {
                    recorder.row(row);
                    recorder.sample(sample);
                    recorder.progress("half way");
                    System.out.println("OpenJDK 64-Bit Server VM warning: row");
                })
                .forEach(line -> LabFork.read(line, results));
        assertEquals(List.of(row), results.rows());
        assertEquals(List.of(sample), results.samples());
        assertEquals(List.of("half way"), progress);
    }

    private static List<String> printed(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aForkOutOfMemorySaysWhatItNeeds() {
        assertEquals(
                "out of memory with a heap of 40 MB; L1 needs 768 MB of heap for each map.",
                failure(System.getProperty("java.class.path")));
        assertEquals(List.of(), results.rows());
    }

    @Test
    void aForkThatFailsIsQuoted() {
        String message = failure("no-such-directory");
        assertTrue(message.startsWith("exit code 1:"), message);
        assertTrue(message.contains(LabFork.class.getName()), message);
    }

    private String failure(String classPath) {
        List<String> command = Lab.command(LabExperiment.L1, Subject.HASH_MAP, 40, classPath);
        var e = assertThrows(IOException.class, () -> Fork.run(command, line -> LabFork.read(line, results)));
        return Lab.message(e, LabExperiment.L1, 40);
    }
}
