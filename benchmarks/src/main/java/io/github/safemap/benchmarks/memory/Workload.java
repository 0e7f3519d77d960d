package io.github.safemap.benchmarks.memory;

import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/** The memory workloads. */
enum Workload {
    /** Bytes an entry over one growth cycle. */
    M1(GrowthCycle::new, scale -> GrowthCycle.FROM),
    /** Small maps. */
    M2(SmallMaps::new, scale -> 100),
    /** After a mass delete. */
    M3(MassDelete::new, scale -> scale),
    /** Churn of fresh keys. */
    M4(FreshChurn::new, scale -> FreshChurn.SIZE);

    private final Supplier<Experiment> experiment;
    private final IntUnaryOperator size;

    Workload(Supplier<Experiment> experiment, IntUnaryOperator size) {
        this.experiment = experiment;
        this.size = size;
    }

    /** Returns the number of entries that tables show for an experiment of {@code scale}. */
    int size(int scale) {
        return size.applyAsInt(scale);
    }

    Experiment experiment() {
        return experiment.get();
    }
}
