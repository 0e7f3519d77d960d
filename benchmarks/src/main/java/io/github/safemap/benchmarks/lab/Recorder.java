package io.github.safemap.benchmarks.lab;

/** Where a scenario leaves its figures. */
interface Recorder {
    /** Says what the scenario is doing now. */
    void progress(String what);

    /** Takes one line of figures. */
    void row(HeapRow row);

    /** Takes one point of a curve over simulated time. */
    void sample(HeapSample sample);
}
