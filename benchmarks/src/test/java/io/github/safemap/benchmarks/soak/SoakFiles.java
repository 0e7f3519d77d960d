package io.github.safemap.benchmarks.soak;

import io.github.safemap.benchmarks.support.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files that a soak leaves. */
final class SoakFiles {
    static final String SAMPLES = "samples.csv";
    static final String SUMMARY = "summary.txt";

    /** All of them. */
    static final List<String> ALL =
            List.of(SAMPLES, "interruptions.csv", "cycles.csv", SUMMARY, "memory.svg", "tables.svg", "longest.svg");

    private SoakFiles() {}

    static void write(Run run, Path directory) throws IOException {
        ResultFiles files = new ResultFiles(directory);
        List<Sample> samples = run.monitor().samples();
        files.csv(
                SAMPLES,
                sampleColumns(),
                samples.stream().map(SoakFiles::sample).toList());
        files.csv(
                "interruptions.csv",
                List.of("uptime_ms", "worker", "kind", "phase", "ms", "cpu_ms", "gc_ms", "cause"),
                run.interruptions().stream().map(i -> interruption(i, run)).toList());
        files.csv(
                "cycles.csv",
                List.of("cycle", "second", "entries", "table_bytes", "heap_bytes", "heap_bytes_when_cleared"),
                run.cycles().stream().map(SoakFiles::cycle).toList());
        files.text(SUMMARY, SoakSummary.lines(run));
        files.charts(new SoakCharts(samples, run.cycles()).all());
    }

    private static List<String> sampleColumns() {
        List<String> columns = new ArrayList<>(List.of(
                "second",
                "cycle",
                "phases",
                "load",
                "heap_kb",
                "heap_after_gc_kb",
                "table_kb",
                "entries",
                "shards",
                "rebuilds",
                "operations",
                "gc_pauses",
                "gc_ms",
                "gc_longest_ms",
                "oversleep_us",
                "spin_gap_us"));
        Stream.of(Kind.values()).map(kind -> kind.label() + "_us").forEach(columns::add);
        return columns;
    }

    /** Times are in microseconds, sizes in kilobytes: more would only make the file long. */
    private static List<Object> sample(Sample s) {
        List<Object> cells = new ArrayList<>(List.of(
                s.second(),
                s.cycle(),
                s.phases(),
                decimal(s.load()),
                s.heapBytes() >> 10,
                s.heapAfterBytes() >> 10,
                s.tableBytes() >> 10,
                s.entries(),
                s.shards(),
                s.rebuilds(),
                s.operations(),
                s.pauses(),
                s.pauseMillis(),
                s.longestPauseMillis(),
                s.oversleepNanos() / 1000,
                s.gapNanos() / 1000));
        s.longestNanos().values().forEach(nanos -> cells.add(nanos / 1000));
        return cells;
    }

    private static List<Object> interruption(Interruption i, Run run) {
        return List.of(
                i.uptimeMillis(),
                i.worker(),
                i.kind().label(),
                i.phase(),
                decimal(i.millis()),
                decimal(i.cpuMillis()),
                Cause.pauseMillis(i, run.pauses()),
                Cause.of(i, run.pauses()).label());
    }

    private static List<Object> cycle(Cycle c) {
        return List.of(c.cycle(), c.second(), c.entries(), c.tableBytes(), c.heapBytes(), c.clearedHeapBytes());
    }

    private static String decimal(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }
}
