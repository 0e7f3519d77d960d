package io.github.safemap.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs each workload for a moment on each subject that it is for. Nothing here measures. */
class WorkloadsTest {
    @BeforeAll
    static void letOthersMeasure() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "T1GetHit, LONG, 1, false, -, 1",
        "T2GetMiss, STRING, 1, false, -, 1",
        "T3PutPresent, LONG, 2, false, -, 1",
        "T4Churn, LONG, 2, false, -, 1",
        "T5Mixed, INTEGER, 2, false, reads=100;75, 2",
        "T6ComputeIfAbsentHit, LONG, 1, true, pick=HOT, 2",
        "T7MergeCounters, STRING, 2, true, -, 1",
        "T8Iterate, INTEGER, 1, true, -, 2",
        "T9FillSmall, LONG, 1, true, -, 2",
        "T10Exchange, LONG, 2, true, -, 1",
        "T11PutIfAbsent, STRING, 2, true, -, 1",
        "T12ParallelLoad, LONG, 2, true, skew=0.99, 1"
    })
    void runsOnEachSubjectThatItIsFor(
            String workload, KeyKind keys, int threads, boolean needsMap, String param, int cells)
            throws RunnerException {
        List<String> subjects = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            if (subject.missing().isEmpty()
                    && subject.takes(keys)
                    && (subject.isMap() || !needsMap)
                    && (subject.concurrent() || threads == 1)) {
                subjects.add(subject.name());
            }
        }
        assertTrue(subjects.contains("SAFE_MAP"));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + workload + "\\.")
                .param("subject", subjects.toArray(String[]::new))
                .param("keys", keys.name())
                .param("size", "400")
                .threads(threads)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .shouldDoGC(false)
                .verbosity(VerboseMode.SILENT);
        if (param.contains("=")) {
            String[] parts = param.split("=");
            options.param(parts[0], parts[1].split(";"));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        Set<String> measured = new TreeSet<>();
        results.forEach(result -> measured.add(result.getParams().getParam("subject")));
        assertEquals(new TreeSet<>(subjects), measured);
        assertEquals(subjects.size() * cells, results.size());
    }
}
