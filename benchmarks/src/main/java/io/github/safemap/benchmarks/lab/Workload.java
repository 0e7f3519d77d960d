package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;

/** What an experiment does to a map, and when it measures the heap. */
interface Workload {
    /** Runs the whole experiment with fresh maps of one kind. */
    void run(Subject subject, HeapProbe heap, Recorder recorder);

    /**
     * Returns the same workload with few entries: run once beforehand, it loads every class, so
     * that no class loaded later counts as the map's memory.
     */
    Workload small();
}
