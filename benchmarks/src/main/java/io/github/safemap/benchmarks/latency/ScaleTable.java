package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ResultFiles;
import io.github.safemap.benchmarks.support.Summary;
import io.github.safemap.benchmarks.support.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * The Markdown table of what {@code benchmarks/scale.sh} has measured, beside the model of docs/scale.md: a map of
 * twice the entries takes as many bytes an entry, and has a directory twice as long.
 */
final class ScaleTable {
    /** Entries are halved until there are fewer. */
    private static final double BASE = 2_000_000;

    private static final long THOUSAND_MILLION = 1_000_000_000;
    private static final Pattern CELL = Pattern.compile("R7-(\\w+)-LONG-(\\d+)-1t");
    private static final String BYTES = "SERIAL bytes/entry";
    private static final String PLACES = "SERIAL directory places";

    /** By map, entries, and collector and figure: the values of the rounds. */
    private final Map<Subject, Map<Long, Map<String, List<Double>>>> values = new EnumMap<>(Subject.class);

    private ScaleTable() {}

    /**
     * Prints the tables.
     *
     * @param arguments the files that Latency left: with references of 4 bytes, and with 8
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: ScaleTable latency.csv wide/latency.csv");
            System.exit(2);
        }
        ScaleTable narrow = read(Path.of(arguments[0]));
        narrow.lines().forEach(System.out::println);
        System.out.println();
        narrow.thousandMillion(read(Path.of(arguments[1]))).forEach(System.out::println);
    }

    /** Reads a file; there may be other workloads' figures in it. */
    static ScaleTable read(Path file) throws IOException {
        ScaleTable table = new ScaleTable();
        for (CSVRecord line : ResultFiles.read(file)) {
            Matcher cell = CELL.matcher(line.get("cell"));
            if (cell.matches()) {
                table.values
                        .computeIfAbsent(Subject.valueOf(line.get("subject")), s -> new TreeMap<>())
                        .computeIfAbsent(Long.valueOf(cell.group(2)), size -> new TreeMap<>())
                        .computeIfAbsent(cell.group(1) + " " + line.get("figure"), figure -> new ArrayList<>())
                        .add(Double.valueOf(line.get("value")));
            }
        }
        return table;
    }

    /** Returns a row for each map and each number of entries. */
    List<String> lines() {
        Table table = new Table(
                "map, entries",
                "put p50, ns",
                "p99.9, µs",
                "longest, ms",
                "mean, ns",
                "get, ns",
                "bytes allocated an entry",
                "bytes an entry",
                "by the model",
                "places in the directory",
                "by the model");
        values.forEach((subject, sizes) -> sizes.keySet().forEach(size -> row(table, subject, size)));
        return table.markdown();
    }

    private void row(Table table, Subject subject, long size) {
        String longest = values.get(subject).get(size).containsKey("EPSILON put.max.run") ? "put.max.run" : "put.max";
        table.row(
                String.format(Locale.ROOT, "%s, %,d", subject.label(), size),
                number(measured(subject, size, "EPSILON put.p50")),
                number(measured(subject, size, "EPSILON put.p99.9") / 1e3),
                number(measured(subject, size, "EPSILON " + longest) / 1e6),
                number(measured(subject, size, "EPSILON seconds") * 1e9 / size),
                number(measured(subject, size, "EPSILON get")),
                number(measured(subject, size, "EPSILON bytes/entry with its key")),
                number(measured(subject, size, BYTES)),
                number(bytes(subject, size)),
                number(measured(subject, size, PLACES)),
                number(places(subject, size)));
    }

    /** Returns what 1,000,000,000 entries would take by the model, with references of 8 bytes. */
    List<String> thousandMillion(ScaleTable wide) {
        Table table = new Table(
                "1,000,000,000 entries by the model",
                "bytes an entry",
                "gigabytes with `Long` keys",
                "places in the directory",
                "its megabytes");
        for (Subject subject : wide.values.keySet()) {
            double whole = wide.measured(subject, base(THOUSAND_MILLION), BYTES + " with its key");
            double places = wide.places(subject, THOUSAND_MILLION);
            table.row(
                    subject.label(),
                    number(wide.bytes(subject, THOUSAND_MILLION)),
                    number(whole * THOUSAND_MILLION / 1e9),
                    number(places),
                    number(places * Long.BYTES / 1e6));
        }
        return table.markdown();
    }

    /** Returns the bytes an entry by the model; not a number where the base was not measured. */
    double bytes(Subject subject, long size) {
        return measured(subject, base(size), BYTES);
    }

    /** Returns the directory's length by the model. */
    double places(Subject subject, long size) {
        return measured(subject, base(size), PLACES) * size / base(size);
    }

    private double measured(Subject subject, long size, String figure) {
        List<Double> rounds = values.getOrDefault(subject, Map.of())
                .getOrDefault(size, Map.of())
                .getOrDefault(figure, List.of());
        return rounds.isEmpty() ? Double.NaN : Summary.median(rounds);
    }

    private static long base(long size) {
        double base = size;
        while (base >= BASE) {
            base /= 2;
        }
        return (long) base;
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, value < 1000 ? "%.1f" : "%,.0f", value);
    }
}
