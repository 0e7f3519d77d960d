package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeapCheckTest {
    @Test
    void aSmallMachineIsOfferedTheSmallerExperiment() {
        assertEquals(
                Optional.of("L2 needs about 6 GB of heap; this machine has 4,096 MB of memory in all."
                        + " L1 is the same with 1,000,000 entries: -Dlab=L1"),
                HeapCheck.complaint(Experiment.L2, 0, 4_096));
        assertEquals(Optional.empty(), HeapCheck.complaint(Experiment.L1, 0, 4_096));
        assertEquals(Optional.empty(), HeapCheck.complaint(Experiment.L2, 0, 8_192));
    }

    @Test
    void tooSmallAHeapIsRefused() {
        assertEquals(
                Optional.of("L1 needs about 768 MB of heap; -Dlab.heap gives it 100 MB."),
                HeapCheck.complaint(Experiment.L1, 100, 8_192));
        assertEquals(Optional.empty(), HeapCheck.complaint(Experiment.L1, 800, 8_192));
    }
}
