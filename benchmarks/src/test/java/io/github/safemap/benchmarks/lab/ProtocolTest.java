package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolTest {
    private final Recording recording = new Recording();

    @Test
    void whatIsWrittenIsRead() {
        Row row = new Row("L1", Subject.GO_MAP, 1, 2, 3, 4, 5, 6);
        Sample sample = new Sample("L5", Subject.SAFE_MAP, 7, 8);
        assertTrue(Protocol.read(Protocol.row(row), recording));
        assertTrue(Protocol.read(Protocol.sample(sample), recording));
        assertTrue(Protocol.read(Protocol.progress("half way"), recording));
        assertEquals(List.of(row), recording.rows);
        assertEquals(List.of(sample), recording.samples);
        assertEquals(List.of("half way"), recording.progress);
    }

    @Test
    void whatElseAJvmPrintsIsLeftAlone() {
        assertFalse(Protocol.read("OpenJDK 64-Bit Server VM warning: row", recording));
        assertEquals(List.of(), recording.rows);
    }
}
