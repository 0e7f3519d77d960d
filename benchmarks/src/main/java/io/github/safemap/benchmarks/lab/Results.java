package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.List;
import java.util.Optional;

/**
 * All that the children measured.
 *
 * @param rows the figures, in the order they were measured
 * @param samples the heap over simulated time, where an experiment has that
 */
record Results(List<Row> rows, List<Sample> samples) {

    /** Returns the rows of one experiment. */
    List<Row> rowsOf(String experiment) {
        return rows.stream().filter(row -> row.experiment().equals(experiment)).toList();
    }

    /** Returns the samples of one subject in one experiment, in the order of time. */
    List<Sample> samplesOf(String experiment, Subject subject) {
        return samples.stream()
                .filter(s -> s.experiment().equals(experiment) && s.subject() == subject)
                .toList();
    }

    /** Returns the row of one subject with one number of survivors, if it was measured. */
    Optional<Row> row(String experiment, Subject subject, int survivors) {
        return rowsOf(experiment).stream()
                .filter(row -> row.subject() == subject && row.survivors() == survivors)
                .findFirst();
    }
}
