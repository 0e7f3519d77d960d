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
import org.openjdk.jmh.runner.options.Options;
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
        "T1GetHit, LONG, 1, false, 1",
        "T2GetMiss, STRING, 1, false, 1",
        "T3PutPresent, LONG, 2, false, 1",
        "T4Churn, LONG, 2, false, 1",
        "T5Mixed, INTEGER, 2, false, 4",
        "T6ComputeIfAbsentHit, LONG, 1, true, 4",
        "T7MergeCounters, STRING, 2, true, 1",
        "T8Iterate, INTEGER, 1, true, 2",
        "T9FillSmall, LONG, 1, true, 2",
        "T10Exchange, LONG, 2, true, 1",
        "T11PutIfAbsent, STRING, 2, true, 1",
        "T12ParallelLoad, LONG, 2, true, 3"
    })
    void runsOnEachSubjectThatItIsFor(
            String workload, KeyKind keys, int threads, boolean needsMap, int cells)
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
        Options options =
                new OptionsBuilder()
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
                        .verbosity(VerboseMode.SILENT)
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        Set<String> measured = new TreeSet<>();
        results.forEach(result -> measured.add(result.getParams().getParam("subject")));
        assertEquals(new TreeSet<>(subjects), measured);
        assertEquals(subjects.size() * cells, results.size());
    }
}
