package io.github.safemap.benchmarks.bench;

import java.util.Comparator;
import java.util.Locale;

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
