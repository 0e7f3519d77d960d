package io.github.safemap.benchmarks.bars;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Summary;
import io.github.safemap.benchmarks.support.TextTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the table of SafeMap beside ConcurrentHashMap from a directory of raw results. */
public final class Bars {
    private static final Subject THEIRS = Subject.CONCURRENT_HASH_MAP;
    private static final Subject OURS = Subject.SAFE_MAP;

    private Bars() {}

    /** Reads the directory that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: Bars DIRECTORY");
            System.exit(2);
        }
        System.out.print(table(RawFiles.read(Path.of(arguments[0]))));
    }

    /** Returns the table; the last row of a group of several has the geometric mean. */
    static String table(Map<Cell, Scores> cells) {
        TextTable table =
                new TextTable(
                        "workload",
                        "keys",
                        "size",
                        "threads",
                        "CHM",
                        "SafeMap",
                        "ratio",
                        "geomean");
        List<Map.Entry<Cell, Scores>> rows =
                cells.entrySet().stream()
                        .filter(row -> row.getValue().has(THEIRS) && row.getValue().has(OURS))
                        .toList();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Cell cell = rows.get(i).getKey();
            Scores scores = rows.get(i).getValue();
            double ratio = scores.ratio(cell, THEIRS, OURS);
            ratios.add(ratio);
            boolean last =
                    i + 1 == rows.size() || !rows.get(i + 1).getKey().group().equals(cell.group());
            table.row(
                    cell.workload(),
                    cell.keys(),
                    String.format(Locale.ROOT, "%,d", cell.size()),
                    Integer.toString(cell.threads()),
                    number(scores.median(THEIRS)),
                    number(scores.median(OURS)),
                    number(ratio),
                    last && ratios.size() > 1 ? number(mean(ratios)) : "");
            if (last) {
                ratios.clear();
            }
        }
        return "A ratio above 1 is in SafeMap's favour, in every row." + System.lineSeparator()
                + table;
    }

    private static double mean(List<Double> ratios) {
        return Summary.geometricMean(ratios);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%,.2f" : "%,.0f", value);
    }
}
