package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabExperimentTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "default", "Default"})
    void allButTheLargeOneRunUnasked(String names) {
        assertEquals(
                List.of(LabExperiment.L1, LabExperiment.L3, LabExperiment.L4, LabExperiment.L5),
                List.copyOf(LabExperiment.parse(names)));
    }

    @Test
    void namesComeInAnyCaseAndRunInTheOrderGivenAndOnce() {
        assertEquals(List.of(LabExperiment.L3, LabExperiment.L2), List.copyOf(LabExperiment.parse("l3, L2,L3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"L9", "L", "L1;L3", "L1,nonsense"})
    void anUnknownNameIsNamed(String names) {
        var e = assertThrows(IllegalArgumentException.class, () -> LabExperiment.parse(names));
        String unknown = names.substring(names.indexOf(',') + 1);
        assertTrue(e.getMessage().startsWith("There is no experiment \"" + unknown + "\"."), e::getMessage);
        for (LabExperiment experiment : LabExperiment.values()) {
            assertTrue(e.getMessage().contains(experiment + "  " + experiment.summary()), e::getMessage);
        }
    }

    @Test
    void aSmallMachineIsOfferedTheSmallerExperiment() {
        assertEquals(
                Optional.of("L2 needs about 6 GB of heap; this machine has 4,096 MB of memory in all."
                        + " L1 is the same with 1,000,000 entries: -Dlab=L1"),
                LabExperiment.L2.complaint(0, 4_096));
        assertEquals(Optional.empty(), LabExperiment.L1.complaint(0, 4_096));
        assertEquals(Optional.empty(), LabExperiment.L2.complaint(0, 8_192));
    }

    @Test
    void tooSmallAHeapIsRefused() {
        assertEquals(
                Optional.of("L1 needs about 768 MB of heap; -Dlab.heap gives it 100 MB."),
                LabExperiment.L1.complaint(100, 8_192));
        assertEquals(Optional.empty(), LabExperiment.L1.complaint(800, 8_192));
    }
}
