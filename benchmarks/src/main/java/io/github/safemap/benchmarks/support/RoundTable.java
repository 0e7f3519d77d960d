package io.github.safemap.benchmarks.support;

import io.github.safemap.benchmarks.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The figures of one cell: several rounds for each of several subjects. */
public final class RoundTable {
    /** The columns of the raw file. */
    public static final List<String> COLUMNS = List.of("cell", "subject", "round", "figure", "value");

    private final String cell;
    private final Map<Subject, List<Map<String, Double>>> rounds = new EnumMap<>(Subject.class);

    /** Creates an empty table. */
    public RoundTable(String cell) {
        this.cell = cell;
    }

    /** Adds what one round reported. */
    public void add(Subject subject, Map<String, Double> figures) {
        rounds.computeIfAbsent(subject, s -> new ArrayList<>()).add(figures);
    }

    /** Returns the median of one figure. */
    public double median(Subject subject, String figure) {
        return Summary.median(rounds.getOrDefault(subject, List.of()).stream()
                .map(figures -> figures.get(figure))
                .toList());
    }

    /** Returns the medians: a row a figure, a column a subject, nothing where the subject has no such figure. */
    public String text(String unit) {
        Set<String> figures = new LinkedHashSet<>();
        rounds.values().forEach(all -> all.forEach(round -> figures.addAll(round.keySet())));
        List<String> head = new ArrayList<>(List.of(cell));
        rounds.keySet().forEach(subject -> head.add(subject.label()));
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (String figure : figures) {
            List<String> row = new ArrayList<>(List.of(figure));
            for (Subject subject : rounds.keySet()) {
                boolean has = rounds.get(subject).stream().allMatch(round -> round.containsKey(figure));
                row.add(has ? format(median(subject, figure)) : "");
            }
            table.row(row.toArray(String[]::new));
        }
        return "(" + unit + ")" + System.lineSeparator() + table;
    }

    /** Appends every figure of every round to a CSV file, which gets a head if it is new. */
    public void append(Path file) throws IOException {
        boolean head = !Files.exists(file);
        try (Writer writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                CSVPrinter csv = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            if (head) {
                csv.printRecord(COLUMNS);
            }
            rounds.forEach((subject, all) -> print(csv, subject, all));
        }
    }

    private void print(CSVPrinter csv, Subject subject, List<Map<String, Double>> all) {
        for (int round = 0; round < all.size(); round++) {
            for (Map.Entry<String, Double> figure : all.get(round).entrySet()) {
                try {
                    csv.printRecord(cell, subject, round + 1, figure.getKey(), figure.getValue());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%,.2f" : "%,.0f", value);
    }
}
