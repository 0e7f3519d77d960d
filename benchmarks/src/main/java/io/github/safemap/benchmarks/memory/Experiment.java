package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;

/** One memory experiment, in a JVM of its own; reports with {@code Fork.report}. */
interface Experiment {
    /**
     * Measures.
     *
     * @param scale what the experiment can be made smaller by: see each
     */
    void run(Subject subject, KeyKind keys, int scale);
}
