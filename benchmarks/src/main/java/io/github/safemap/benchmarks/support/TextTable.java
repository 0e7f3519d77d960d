package io.github.safemap.benchmarks.support;

import java.util.ArrayList;
import java.util.List;

/** A table of plain text: the first column to the left, the others to the right. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    /** Creates a table with a head. */
    public TextTable(String... head) {
        rows.add(head);
    }

    /** Adds a row, which may be shorter than the head. */
    public void row(String... cells) {
        rows.add(cells);
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String blank = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? row[i] + blank : "  " + blank + row[i]);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
