package io.github.safemap.benchmarks.memory;

import java.util.function.Supplier;

/** The memory workloads. */
enum Workload {
    /** Bytes an entry over one growth cycle. */
    M1(GrowthCycle::new),
    /** Small maps. */
    M2(SmallMaps::new),
    /** After a mass delete. */
    M3(MassDelete::new),
    /** Churn of fresh keys. */
    M4(FreshChurn::new);

    private final Supplier<Experiment> experiment;

    Workload(Supplier<Experiment> experiment) {
        this.experiment = experiment;
    }

    Experiment experiment() {
        return experiment.get();
    }
}
