package io.github.safemap.benchmarks.lab;

import java.util.ArrayList;
import java.util.List;

/** Keeps all that is recorded. */
final class Recording implements Recorder {
    final List<String> progress = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();
    final List<Sample> samples = new ArrayList<>();

    @Override
    public void progress(String what) {
        progress.add(what);
    }

    @Override
    public void row(Row row) {
        rows.add(row);
    }

    @Override
    public void sample(Sample sample) {
        samples.add(sample);
    }

    Results results() {
        return new Results(rows, samples);
    }
}
