package io.github.safemap.benchmarks.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVRecord;

/**
 * What is compared: a row of a table.
 *
 * @param workload the workload's name, such as T1, a blank, and what it does there
 * @param figure the figure, or the unit where there is one only
 * @param keys the kind of the keys
 * @param size the number of entries
 * @param threads the number of threads
 * @param moreIsBetter whether the better subject has the higher score
 */
record Cell(String workload, String figure, String keys, long size, int threads, boolean moreIsBetter)
        implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER = Comparator.comparing(
                    (Cell cell) -> cell.id().charAt(0))
            .thenComparingInt(cell -> Integer.parseInt(cell.id().substring(1)))
            .thenComparing(Cell::workload)
            .thenComparing(Cell::figure)
            .thenComparing(Cell::keys)
            .thenComparingInt(Cell::threads)
            .thenComparingLong(Cell::size);

    /** The columns of its own in a CSV file. */
    static final List<String> COLUMNS = List.of("workload", "figure", "keys", "size", "threads");

    /** Reads it from a line of a CSV file. */
    static Cell of(CSVRecord line) {
        String figure = line.get("figure");
        return new Cell(
                line.get("workload"),
                figure,
                line.get("keys"),
                Long.parseLong(line.get("size")),
                Integer.parseInt(line.get("threads")),
                figure.startsWith("ops/") || isRate(figure));
    }

    /** Returns whether more of a figure of latency or memory is better. */
    static boolean isRate(String figure) {
        return figure.endsWith(".mops");
    }

    /** Returns a line of a CSV file that begins with its own columns. */
    List<Object> csv(Object... more) {
        List<Object> line = new ArrayList<>(List.of(workload, figure, keys, size, threads));
        line.addAll(List.of(more));
        return line;
    }

    @Override
    public int compareTo(Cell that) {
        return ORDER.compare(this, that);
    }

    /** Returns the name of the workload, such as T1. */
    String id() {
        int blank = workload.indexOf(' ');
        return blank < 0 ? workload : workload.substring(0, blank);
    }

    /** Returns whether it is about speed, not about latency or memory. */
    boolean isThroughput() {
        return id().charAt(0) == 'T';
    }

    /** Returns how many times better {@code ours} is than {@code theirs}. */
    double ratio(double theirs, double ours) {
        return moreIsBetter ? ours / theirs : theirs / ours;
    }

    /** Returns it as a reader of a table sees it. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s, %,d, %s",
                workload,
                figure,
                keys,
                size,
                threads == 1 ? "1 thread" : threads + " threads");
    }
}
