package io.github.safemap.benchmarks.memory;

import io.github.safemap.benchmarks.support.Collector;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The memory workloads. */
enum Workload {
    /** Bytes an entry over one growth cycle. */
    M1(GrowthCycle::new, scale -> GrowthCycle.FROM),
    /** Small maps. */
    M2(SmallMaps::new, scale -> 100),
    /** After a mass delete. */
    M3(MassDelete::new, scale -> scale),
    /** Churn of fresh keys. */
    M4(FreshChurn::new, scale -> FreshChurn.SIZE),
    /** Churn of a million entries. */
    M5(SteadyChurn::new, scale -> SteadyChurn.SIZE),
    /** Bytes, hits and misses before long churn and after it. */
    M6(Aging::new, scale -> Aging.SIZE),
    /** Full collections. */
    L6(FullCollection::new, scale -> scale),
    /** What the operating system gets back. */
    L7(ResidentSet::new, scale -> scale) {
        @Override
        List<String> flags(Collector collector, int gigabytes) {
            // A heap that may shrink, and a collector that looks after it while nothing happens.
            List<String> idle = switch (collector) {
                case G1 -> List.of("-XX:+UseG1GC", "-XX:G1PeriodicGCInterval=1000");
                case ZGC -> List.of("-XX:+UseZGC", "-XX:ZCollectionInterval=1", "-XX:ZUncommitDelay=1");
                default -> throw new IllegalArgumentException("L7 is for G1 and ZGC");
            };
            return Stream.concat(idle.stream(), Stream.of("-Xms16m", "-Xmx" + gigabytes + "g"))
                    .toList();
        }
    };

    private final Supplier<Experiment> experiment;
    private final IntUnaryOperator size;

    Workload(Supplier<Experiment> experiment, IntUnaryOperator size) {
        this.experiment = experiment;
        this.size = size;
    }

    /** Returns the flags of the JVM that measures. */
    List<String> flags(Collector collector, int gigabytes) {
        return collector.flags(gigabytes);
    }

    /** Returns the number of entries that tables show for an experiment of {@code scale}. */
    int size(int scale) {
        return size.applyAsInt(scale);
    }

    Experiment experiment() {
        return experiment.get();
    }
}
