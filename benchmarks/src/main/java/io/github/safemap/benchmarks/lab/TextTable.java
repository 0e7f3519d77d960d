package io.github.safemap.benchmarks.lab;

import java.util.ArrayList;
import java.util.List;

/** A plain-text table: the first column flush left, the others flush right, two spaces between. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(List.of(header));
    }

    /** Adds a row, which has as many cells as the header. */
    TextTable add(String... cells) {
        return add(List.of(cells));
    }

    /** Adds a row, which has as many cells as the header. */
    TextTable add(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("%s beside %s".formatted(cells, rows.get(0)));
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Returns the lines, with a rule below the header. */
    List<String> lines() {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        lines.add(1, "-".repeat(lines.get(0).length()));
        return lines;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? cell + padding : GAP + padding + cell);
        }
        return line.toString();
    }
}
