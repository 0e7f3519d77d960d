package io.github.safemap.benchmarks.bars;

import java.util.Comparator;

/**
 * What is compared: a row of the table.
 *
 * @param workload the workload, with the collector if it matters, and the figure if it has several
 * @param keys the kind of the keys
 * @param size the number of entries
 * @param threads the number of threads
 * @param moreIsBetter whether the better subject has the higher score
 */
record Cell(String workload, String keys, long size, int threads, boolean moreIsBetter)
        implements Comparable<Cell> {
    private static final Comparator<Cell> ORDER =
            Comparator.comparing(Cell::workload)
                    .thenComparingInt(Cell::threads)
                    .thenComparing(Cell::keys)
                    .thenComparingLong(Cell::size);

    @Override
    public int compareTo(Cell that) {
        return ORDER.compare(this, that);
    }

    /** Returns the rows that one geometric mean is taken of. */
    String group() {
        return workload + ", threads " + threads;
    }

    /** Returns how many times better {@code ours} is than {@code theirs}. */
    double ratio(double theirs, double ours) {
        return moreIsBetter ? ours / theirs : theirs / ours;
    }
}
