package io.github.safemap.benchmarks.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table: as text, with the first column to the left and the others to the right, or as Markdown. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table with a head. */
    public Table(String... head) {
        this(List.of(head));
    }

    /** Creates a table with a head. */
    public Table(List<String> head) {
        rows.add(head);
    }

    /** Adds a row, which has as many cells as the head. */
    public Table row(String... cells) {
        return row(List.of(cells));
    }

    /** Adds a row, which has as many cells as the head. */
    public Table row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException(cells + " beside " + rows.get(0));
        }
        rows.add(cells);
        return this;
    }

    /** Returns the lines as text, with a rule below the head. */
    public List<String> text() {
        StringBuilder format = new StringBuilder();
        int whole = 0;
        for (int i = 0; i < rows.get(0).size(); i++) {
            int column = i;
            int width = Math.max(
                    1,
                    rows.stream()
                            .mapToInt(row -> row.get(column).length())
                            .max()
                            .orElseThrow());
            format.append(i == 0 ? "%-" : "  %").append(width).append('s');
            whole += width + (i == 0 ? 0 : 2);
        }
        List<String> lines = new ArrayList<>();
        rows.forEach(
                row -> lines.add(String.format(format.toString(), row.toArray()).stripTrailing()));
        lines.add(1, "-".repeat(whole));
        return lines;
    }

    /** Returns the lines as Markdown. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
        lines.add(1, "|" + " --- |".repeat(rows.get(0).size()));
        return lines;
    }

    /** Returns a figure as tables show it. */
    public static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%,.2f" : "%,.0f", value);
    }
}
