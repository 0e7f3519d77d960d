package io.github.safemap.benchmarks.lab;

/** Where a workload leaves its figures. */
interface Recorder {
    /** Says what the workload is doing now. */
    void progress(String what);

    /** Takes one line of figures. */
    void row(Row row);

    /** Takes one point of a curve over simulated time. */
    void sample(Sample sample);
}
