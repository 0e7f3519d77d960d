package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;

/** The JVM that runs one experiment with one subject and reports by {@link Protocol}. */
final class LabChild {
    private LabChild() {}

    /**
     * Runs the experiment.
     *
     * @param args the names of an {@link Experiment} and of a {@link Subject}
     */
    public static void main(String[] args) {
        Experiment experiment = Experiment.valueOf(args[0]);
        Subject subject = Subject.valueOf(args[1]);
        HeapProbe heap = new HeapProbe();
        for (Workload workload : experiment.workloads()) {
            workload.small().run(subject, heap, new Rehearsal());
        }
        for (Workload workload : experiment.workloads()) {
            workload.run(subject, heap, new ToStandardOutput());
        }
    }

    /** Prints each figure at once, so that the reader can show progress. */
    private static final class ToStandardOutput implements Recorder {
        @Override
        public void progress(String what) {
            System.out.println(Protocol.progress(what));
        }

        @Override
        public void row(Row row) {
            System.out.println(Protocol.row(row));
        }

        @Override
        public void sample(Sample sample) {
            System.out.println(Protocol.sample(sample));
        }
    }

    /** Prints only progress, so that all that formats figures is loaded, and no figure counts. */
    private static final class Rehearsal implements Recorder {
        private int lengths;

        @Override
        public void progress(String what) {
            System.out.println(Protocol.progress("warming up"));
        }

        @Override
        public void row(Row row) {
            lengths += Protocol.row(row).length();
        }

        @Override
        public void sample(Sample sample) {
            lengths += Protocol.sample(sample).length();
        }
    }
}
