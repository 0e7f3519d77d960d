package io.github.safemap.benchmarks.support;

import java.util.ArrayList;
import java.util.List;

/** The garbage collectors of the forks, with the flags that choose them. */
public enum Collector {
    /** None: no pause is the collector's. The heap must hold all that is ever allocated. */
    EPSILON("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-XX:+AlwaysPreTouch"),
    /** G1, as most users run it. */
    G1("-XX:+UseG1GC", "-XX:+AlwaysPreTouch"),
    /** The collector for throughput, with longer pauses. */
    PARALLEL("-XX:+UseParallelGC", "-XX:+AlwaysPreTouch"),
    /** The collector with the shortest pauses; from JDK 23 on it has generations. */
    ZGC("-XX:+UseZGC", "-XX:+AlwaysPreTouch"),
    /**
     * Serial, made to compact wholly each time: the heap in use after a collection is then exact to
     * the byte, where G1 counts the unused ends of humongous objects. Compiler threads neither come nor go, as each
     * is an object, too.
     */
    SERIAL("-XX:+UseSerialGC", "-XX:MarkSweepAlwaysCompactCount=1", "-XX:-UseDynamicNumberOfCompilerThreads");

    private final List<String> flags;

    Collector(String... flags) {
        this.flags = List.of(flags);
    }

    /** Returns the flags for a JVM with a heap of {@code gigabytes}. */
    public List<String> flags(int gigabytes) {
        List<String> all = new ArrayList<>(flags);
        all.add("-Xms" + gigabytes + "g");
        all.add("-Xmx" + gigabytes + "g");
        return all;
    }
}
