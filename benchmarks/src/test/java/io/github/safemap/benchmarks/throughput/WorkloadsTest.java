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
        "GetHit, LONG, 1, false, -, 1",
        "GetMiss, STRING, 1, false, -, 1",
        "PutPresent, LONG, 2, false, -, 1",
        "Churn, LONG, 2, false, -, 1",
        "Mixed, INTEGER, 2, false, reads=100;75, 2",
        "ComputeIfAbsentHit, LONG, 1, true, pick=HOT, 2",
        "MergeCounters, STRING, 2, true, -, 1",
        "Iterate, INTEGER, 1, true, -, 2",
        "FillSmall, LONG, 1, true, -, 3",
        "Exchange, LONG, 2, true, -, 1",
        "PutIfAbsent, STRING, 2, true, -, 1",
        "ParallelLoad, LONG, 2, true, skew=0.99, 1",
        "ZipfUpdates, STRING, 2, false, updates=0;50, 2",
        "GetDependent, LONG, 1, false, -, 1",
        "SmallMaps, INTEGER, 2, false, maps=10, 2",
        "ChurnAskingSize, LONG, 2, true, -, 2",
        "GetHit, STRING, 1, false, allocation=BEFORE, 1",
        "Churn, LONG, 2, false, order=RANDOM, 1",
        "Churn, LONG, 2, false, size=1, 1"
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
                .threads(threads)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(1))
                .shouldFailOnError(true)
                .shouldDoGC(false)
                .verbosity(VerboseMode.SILENT);
        if (!param.startsWith("size=")) {
            options.param("size", "400");
        }
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
