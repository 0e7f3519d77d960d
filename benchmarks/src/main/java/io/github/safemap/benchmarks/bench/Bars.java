package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ResultFiles;
import io.github.safemap.benchmarks.support.Summary;
import io.github.safemap.benchmarks.support.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Which of the bars that SafeMap is built for are met, by what {@code benchmarks/bars.sh} has measured: bytes and
 * nanoseconds as they are, throughput in times of an older commit's.
 */
@Command(name = "bars", description = "Prints which bars are met.")
final class Bars implements Callable<Integer> {
    private static final int MISSED = 3;
    private static final int KB = 1 << 10;
    private static final int MB = 1 << 20;
    private static final double LONGEST_NANOS = 200_000;
    private static final double RARE_NANOS = 30_000;

    /** A cell that has a ratio, as far as bars tell cells apart. */
    private record Measured(String id, long size, int threads, String text) {}

    /** {@code M1-SERIAL-LONG-1048576 mean}: its values, one a round. */
    private final Map<String, List<Double>> figures = new TreeMap<>();

    private final Map<Measured, Double> ratios = new LinkedHashMap<>();
    private final Table table = new Table("bar", "at most or least", "is", "");
    private boolean allMet = true;

    @Parameters(arity = "1..*", paramLabel = "DIRECTORY", description = "what bars.sh has measured")
    private List<Path> directories = new ArrayList<>();

    Bars() {}

    /** Runs the command line; the exit code is 3 if a bar is missed. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bars()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        for (Path directory : directories) {
            read(directory);
        }
        boolean met = judge();
        table.text().forEach(System.out::println);
        return met ? 0 : MISSED;
    }

    /** Reads what {@code Memory}, {@code Latency} and {@code compare.sh} left in a directory and below. */
    void read(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                switch (file.getFileName().toString()) {
                    case "memory.csv", "latency.csv" -> ResultFiles.read(file).forEach(this::figure);
                    case Compare.RATIOS -> ResultFiles.read(file).forEach(this::ratio);
                    default -> {}
                }
            }
        }
    }

    private void figure(CSVRecord line) {
        if (line.get("subject").equals(Subject.SAFE_MAP.name())) {
            figures.computeIfAbsent(line.get("cell") + " " + line.get("figure"), key -> new ArrayList<>())
                    .add(Double.valueOf(line.get("value")));
        }
    }

    private void ratio(CSVRecord line) {
        Cell cell = Cell.of(line);
        String text = cell.workload() + ", " + cell.keys() + ", " + cell.size() + ", " + cell.threads() + "t";
        ratios.put(new Measured(cell.id(), cell.size(), cell.threads(), text), Double.valueOf(line.get("ratio")));
    }

    /** Fills the table, and returns whether each bar that was measured is met. */
    boolean judge() {
        memory();
        latency();
        throughput();
        return allMet;
    }

    /** Returns the table that {@link #judge} has filled. */
    Table table() {
        return table;
    }

    private void memory() {
        atMost("M1, bytes an entry, mean of sizes", 16.5, "M1-SERIAL-LONG-1048576 mean");
        atMost("M1, worst", 22, "M1-SERIAL-LONG-1048576 worst");
        atMost("M5, bytes an entry under churn, worst", 24, "M5-SERIAL-LONG-1000000 worst");
        atMost("M2, bytes of an empty map", 250, "M2-SERIAL-LONG-100 bytes of 0");
        atMost("M2, of 1 entry", 350, "M2-SERIAL-LONG-100 bytes of 1");
        atMost("M2, of 10 entries", 600, "M2-SERIAL-LONG-100 bytes of 10");
        atMost("M2, of 100 entries", 2_500, "M2-SERIAL-LONG-100 bytes of 100");
        atMost("M3, bytes kept for 0 of 1,000,000", KB, "M3-SERIAL-LONG-1000000 bytes kept of none");
        atMost("M3, for 1,000", 40 * KB, "M3-SERIAL-LONG-1000000 bytes kept");
        atMost("M3, for 50,000", 1.5 * MB, "M3-SERIAL-LONG-1000000 bytes kept of 5 %");
    }

    private void latency() {
        for (int size : new int[] {5_000_000, 20_000_000}) {
            String first = "R4-EPSILON-LONG-" + size + "-1t put.";
            String of = String.format(Locale.ROOT, " of %,d", size);
            atMost("R4, first fill: longest put" + of + ", ns", LONGEST_NANOS, first + "max.run");
            atMost("R4, first fill: p99.9" + of + ", ns", RARE_NANOS, first + "p99.9");
            String drain = "R5-EPSILON-LONG-" + size + "-1t remove.";
            atMost("R5, first removals: longest" + of + ", ns", LONGEST_NANOS, drain + "max.run");
        }
    }

    private void throughput() {
        Predicate<Measured> common =
                cell -> Set.of(1_000L, 100_000L, 1_000_000L).contains(cell.size());
        Predicate<Measured> reads = cell -> Set.of("T1", "T2").contains(cell.id()) && common.test(cell);
        Predicate<Measured> writes = cell -> Set.of("T3", "T4").contains(cell.id());
        Predicate<Measured> few = writes.and(cell -> cell.threads() <= 2).and(common);
        Predicate<Measured> crowd = writes.and(cell -> cell.threads() >= 4 && cell.size() <= 1_000);
        together("T1 and T2, times of the old", 1.25, 12, reads);
        each("T1 and T2, least", 0.95, reads);
        together("T3 and T4, 1 and 2 threads", 1.1, 12, few);
        each("T3 and T4, least", 0.9, few);
        each("T3 and T4, 4 and 8 threads, 100 and 1,000, least", 0.9, crowd);
        for (int workload = 5; workload <= 12; workload++) {
            String id = "T" + workload;
            each(id + ", least", 0.9, cell -> cell.id().equals(id));
            if (workload == 8) {
                each("T8, 100 entries", 2, cell -> cell.id().equals(id) && cell.size() == 100);
            } else if (workload == 9) {
                each("T9, 1,000 entries", 1.5, cell -> cell.id().equals(id) && cell.size() == 1_000);
            }
        }
    }

    private void atMost(String bar, double limit, String figure) {
        List<Double> values = figures.get(figure);
        if (values == null) {
            missing(bar, limit);
        } else {
            double value = Summary.median(values);
            row(bar, limit, value, value <= limit, values.size() == 1 ? null : "median of " + values.size());
        }
    }

    /** The geometric mean of a group of cells. */
    private void together(String bar, double limit, int cells, Predicate<Measured> group) {
        Collection<Double> values = chosen(group).values();
        if (values.isEmpty()) {
            missing(bar, limit);
        } else {
            double value = Summary.geometricMean(values);
            row(bar, limit, value, value >= limit, values.size() + " of " + cells + " cells");
        }
    }

    /** The cell of a group that has become slowest. */
    private void each(String bar, double limit, Predicate<Measured> group) {
        chosen(group).entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .ifPresentOrElse(
                        least -> row(
                                bar,
                                limit,
                                least.getValue(),
                                least.getValue() >= limit,
                                least.getKey().text()),
                        () -> missing(bar, limit));
    }

    private Map<Measured, Double> chosen(Predicate<Measured> group) {
        Map<Measured, Double> chosen = new LinkedHashMap<>(ratios);
        chosen.keySet().removeIf(group.negate());
        return chosen;
    }

    private void missing(String bar, double limit) {
        table.row(bar, Table.number(limit), "", "not measured");
    }

    private void row(String bar, double limit, double value, boolean met, @Nullable String detail) {
        allMet &= met;
        table.row(
                bar,
                Table.number(limit),
                Table.number(value),
                (met ? "met" : "MISSED") + (detail == null ? "" : " (" + detail + ")"));
    }
}
