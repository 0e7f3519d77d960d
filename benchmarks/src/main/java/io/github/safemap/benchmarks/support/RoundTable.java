package io.github.safemap.benchmarks.support;

import io.github.safemap.benchmarks.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of one cell: several rounds for each of several subjects. */
public final class RoundTable {
    /** The columns of the raw file. */
    private static final List<String> COLUMNS = List.of("cell", "subject", "round", "figure", "value");

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

    /** Prints the medians, a row a figure, a column a subject; appends every figure of every round to a CSV file. */
    public void publish(String unit, Path file) throws IOException {
        append(file);
        System.out.println("(" + unit + ")");
        text().forEach(System.out::println);
        System.out.println();
    }

    /** Returns the medians, nothing where a subject has no such figure. */
    List<String> text() {
        Set<String> figures = new LinkedHashSet<>();
        rounds.values().forEach(all -> all.forEach(round -> figures.addAll(round.keySet())));
        List<String> head = new ArrayList<>(List.of(cell));
        rounds.keySet().forEach(subject -> head.add(subject.label()));
        Table table = new Table(head);
        for (String figure : figures) {
            List<String> row = new ArrayList<>(List.of(figure));
            for (List<Map<String, Double>> all : rounds.values()) {
                boolean has = all.stream().allMatch(round -> round.containsKey(figure));
                row.add(has ? Table.number(median(figure, all)) : "");
            }
            table.row(row);
        }
        return table.text();
    }

    private static double median(String figure, List<Map<String, Double>> all) {
        return Summary.median(all.stream().map(round -> round.get(figure)).toList());
    }

    /** Appends every figure of every round to a CSV file. */
    public void append(Path file) throws IOException {
        List<List<?>> rows = new ArrayList<>();
        rounds.forEach((subject, all) -> {
            for (int round = 0; round < all.size(); round++) {
                int number = round + 1;
                all.get(round).forEach((figure, value) -> rows.add(List.of(cell, subject, number, figure, value)));
            }
        });
        new ResultFiles(file.toAbsolutePath().getParent())
                .append(file.getFileName().toString(), COLUMNS, rows);
    }
}
