package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** All that has been measured, in the order of the measurements. */
final class LabResults implements Recorder {
    private final List<HeapRow> rows = new ArrayList<>();
    private final List<HeapSample> samples = new ArrayList<>();
    private final Consumer<String> progress;

    /** Creates empty results; what a scenario is doing is only passed on. */
    LabResults(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public void progress(String what) {
        progress.accept(what);
    }

    @Override
    public void row(HeapRow row) {
        rows.add(row);
    }

    @Override
    public void sample(HeapSample sample) {
        samples.add(sample);
    }

    List<HeapRow> rows() {
        return rows;
    }

    List<HeapSample> samples() {
        return samples;
    }

    /** Returns the rows of one experiment. */
    List<HeapRow> rowsOf(String experiment) {
        return rows.stream().filter(row -> row.experiment().equals(experiment)).toList();
    }

    /** Returns the rows of each subject in one experiment. */
    Collection<List<HeapRow>> bySubject(String experiment) {
        Map<Subject, List<HeapRow>> bySubject = new LinkedHashMap<>();
        rowsOf(experiment)
                .forEach(row -> bySubject
                        .computeIfAbsent(row.subject(), s -> new ArrayList<>())
                        .add(row));
        return bySubject.values();
    }

    /** Returns all numbers of survivors in one experiment, ascending. */
    List<Integer> survivorCounts(String experiment) {
        return rowsOf(experiment).stream()
                .map(HeapRow::survivors)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the samples of one subject in one experiment, in the order of time. */
    List<HeapSample> samplesOf(String experiment, Subject subject) {
        return samples.stream()
                .filter(s -> s.experiment().equals(experiment) && s.subject() == subject)
                .toList();
    }
}
