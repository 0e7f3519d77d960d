package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
    private final Recording recording = new Recording();

    @Test
    void aChildOutOfMemorySaysWhatItNeeds() {
        var child = child(40, System.getProperty("java.class.path"));
        var e = assertThrows(LabFailure.class, () -> child.run(recording));
        assertEquals(
                "L1 with HashMap ran out of memory with a heap of 40 MB;" + " L1 needs 768 MB of heap for each map.",
                e.getMessage());
        assertEquals(List.of(), recording.rows);
    }

    @Test
    void aChildThatFailsIsQuoted() {
        var child = child(40, "no-such-directory");
        var e = assertThrows(LabFailure.class, () -> child.run(recording));
        assertTrue(e.getMessage().startsWith("L1 with HashMap failed with exit code 1:"));
        assertTrue(e.getMessage().contains(LabChild.class.getName()), e::getMessage);
    }

    private static ChildProcess child(int heapMegabytes, String classPath) {
        return new ChildProcess(Experiment.L1, Subject.HASH_MAP, heapMegabytes, classPath);
    }
}
