package io.github.safemap.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class LabelTest {
    @Test
    void eachBenchmarkHasALabelThatNoOtherHasButTheFills() throws Exception {
        OutputFormat quiet = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
        Map<String, Set<String>> classes = new HashMap<>();
        for (BenchmarkListEntry entry :
                BenchmarkList.defaultList().find(quiet, List.of("\\.throughput\\."), List.of())) {
            Class<?> benchmark = Class.forName(entry.getUserClassQName());
            assertTrue(benchmark.isAnnotationPresent(Label.class), benchmark.getName());
            classes.computeIfAbsent(benchmark.getAnnotation(Label.class).value(), label -> new HashSet<>())
                    .add(benchmark.getSimpleName());
        }
        assertFalse(classes.isEmpty());
        assertEquals(Set.of("FillSmall", "FillLarge"), classes.remove("T9"));
        classes.forEach((label, names) -> assertEquals(1, names.size(), label + names));
    }
}
