package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;

/** What is done to a map, and when the heap is measured. */
interface Scenario {
    /** Runs it with fresh maps of one kind. */
    void run(Subject subject, Recorder recorder);

    /**
     * Returns the same with few entries: run once beforehand, it loads every class, so that no class loaded later
     * counts as the map's memory.
     */
    Scenario small();
}
