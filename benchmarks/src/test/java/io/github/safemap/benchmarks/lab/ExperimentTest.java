package io.github.safemap.benchmarks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "default", "Default"})
    void allButTheLargeOneRunUnasked(String names) {
        assertEquals(
                List.of(Experiment.L1, Experiment.L3, Experiment.L4, Experiment.L5),
                List.copyOf(Experiment.parse(names)));
    }

    @Test
    void namesComeInAnyCaseAndRunInTheOrderGivenAndOnce() {
        assertEquals(List.of(Experiment.L3, Experiment.L2), List.copyOf(Experiment.parse("l3, L2,L3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"L9", "L", "L1;L3", "L1,nonsense"})
    void anUnknownNameIsNamed(String names) {
        var e = assertThrows(UnknownExperimentException.class, () -> Experiment.parse(names));
        String unknown = names.substring(names.indexOf(',') + 1);
        assertEquals("There is no experiment \"" + unknown + "\".", e.getMessage());
    }

    @Test
    void theListNamesEveryExperimentOnALineOfItsOwn() {
        List<String> lines = Experiment.list().lines().toList();
        assertEquals(Experiment.values().length, lines.size());
        for (Experiment experiment : Experiment.values()) {
            assertTrue(lines.get(experiment.ordinal()).startsWith("  " + experiment + "  "));
        }
        assertTrue(lines.get(Experiment.L2.ordinal()).endsWith("needs 6 GB of heap)"));
    }
}
