package io.github.safemap.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;

/** The files that a soak leaves. */
final class Output {
    static final String SAMPLES = "samples.csv";
    static final String INTERRUPTIONS = "interruptions.csv";
    static final String CYCLES = "cycles.csv";
    static final String SUMMARY = "summary.txt";

    /** All of them. */
    static final List<String> FILES =
            List.of(SAMPLES, INTERRUPTIONS, CYCLES, SUMMARY, "memory.svg", "tables.svg", "longest.svg");

    private Output() {}

    static void write(Run run, Path directory) throws IOException {
        samples(run.monitor().samples(), directory.resolve(SAMPLES));
        interruptions(run, directory.resolve(INTERRUPTIONS));
        cycles(run.cycles(), directory.resolve(CYCLES));
        Files.write(directory.resolve(SUMMARY), Summary.lines(run));
        Charts charts = new Charts(run.monitor().samples(), run.cycles());
        save(charts.memory(), directory.resolve("memory.svg"));
        save(charts.tables(), directory.resolve("tables.svg"));
        save(charts.longest(), directory.resolve("longest.svg"));
    }

    private static void save(XYChart chart, Path file) throws IOException {
        ChartEncoder.saveChart(chart, file.toString(), "svg");
    }

    /** Times are in microseconds, sizes in kilobytes: more would only make the file long. */
    private static void samples(List<Sample> samples, Path file) throws IOException {
        List<String> header = new ArrayList<>(List.of(
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
        Stream.of(Kind.values()).map(kind -> kind.label() + "_us").forEach(header::add);
        try (CSVPrinter csv = csv(file, header)) {
            for (Sample s : samples) {
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
                csv.printRecord(cells);
            }
        }
    }

    private static void interruptions(Run run, Path file) throws IOException {
        try (CSVPrinter csv =
                csv(file, List.of("uptime_ms", "worker", "kind", "phase", "ms", "cpu_ms", "gc_ms", "cause"))) {
            for (Interruption i : run.interruptions()) {
                Cause cause = Cause.of(i, run.pauses());
                csv.printRecord(
                        i.uptimeMillis(),
                        i.worker(),
                        i.kind().label(),
                        i.phase(),
                        decimal(i.millis()),
                        decimal(i.cpuMillis()),
                        Cause.pauseMillis(i, run.pauses()),
                        cause.label());
            }
        }
    }

    private static void cycles(List<Cycle> cycles, Path file) throws IOException {
        try (CSVPrinter csv = csv(
                file, List.of("cycle", "second", "entries", "table_bytes", "heap_bytes", "heap_bytes_when_cleared"))) {
            for (Cycle c : cycles) {
                csv.printRecord(
                        c.cycle(), c.second(), c.entries(), c.tableBytes(), c.heapBytes(), c.clearedHeapBytes());
            }
        }
    }

    private static String decimal(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }

    private static CSVPrinter csv(Path file, List<String> header) throws IOException {
        return new CSVPrinter(
                Files.newBufferedWriter(file),
                CSVFormat.Builder.create(CSVFormat.DEFAULT)
                        .setRecordSeparator('\n')
                        .setHeader(header.toArray(String[]::new))
                        .get());
    }
}
