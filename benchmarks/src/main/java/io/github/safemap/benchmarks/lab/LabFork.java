package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Fork;
import java.util.List;

/** The program of the forks, which run one experiment with one subject; and what the parent reads of them. */
final class LabFork {
    private static final String PROGRESS = "progress";
    private static final String ROW = "row";
    private static final String SAMPLE = "sample";

    private LabFork() {}

    /**
     * Runs the experiment.
     *
     * @param args the names of a {@link LabExperiment} and of a {@link Subject}
     */
    public static void main(String[] args) {
        LabExperiment experiment = LabExperiment.valueOf(args[0]);
        Subject subject = Subject.valueOf(args[1]);
        experiment.scenarios().forEach(scenario -> scenario.small().run(subject, new Reporting(true)));
        experiment.scenarios().forEach(scenario -> scenario.run(subject, new Reporting(false)));
    }

    /** In the parent: gives a line to the recorder, if it is a report. */
    static void read(String line, Recorder recorder) {
        Fork.read(line, (name, values) -> {
            switch (name) {
                case PROGRESS -> recorder.progress(values.get(0));
                case ROW -> recorder.row(row(values));
                case SAMPLE -> recorder.sample(sample(values));
                default -> throw new IllegalArgumentException(line);
            }
        });
    }

    private static HeapRow row(List<String> values) {
        return new HeapRow(
                values.get(0),
                Subject.valueOf(values.get(1)),
                Integer.parseInt(values.get(2)),
                Long.parseLong(values.get(3)),
                Long.parseLong(values.get(4)),
                Long.parseLong(values.get(5)),
                Long.parseLong(values.get(6)),
                Long.parseLong(values.get(7)));
    }

    private static HeapSample sample(List<String> values) {
        return new HeapSample(
                values.get(0),
                Subject.valueOf(values.get(1)),
                Integer.parseInt(values.get(2)),
                Long.parseLong(values.get(3)));
    }

    /**
     * Reports each figure at once, so that the reader can show progress.
     *
     * @param isRehearsal whether no figure counts
     */
    record Reporting(boolean isRehearsal) implements Recorder {
        @Override
        public void progress(String what) {
            Fork.report(PROGRESS, isRehearsal ? "warming up" : what);
        }

        @Override
        public void row(HeapRow row) {
            if (!isRehearsal) {
                Fork.report(
                        ROW,
                        row.experiment(),
                        row.subject().name(),
                        row.survivors(),
                        row.emptyBytes(),
                        row.fullBytes(),
                        row.keptBytes(),
                        row.committedBytes(),
                        row.survivorBytes());
            }
        }

        @Override
        public void sample(HeapSample sample) {
            if (!isRehearsal) {
                Fork.report(SAMPLE, sample.experiment(), sample.subject().name(), sample.minute(), sample.heapBytes());
            }
        }
    }
}
