package io.github.safemap.benchmarks.lab;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/** Whether there is memory enough for an experiment, asked before hours are spent on it. */
final class HeapCheck {
    /** What a JVM uses besides its heap, and the driver, and a little for everybody else. */
    private static final int BESIDES_HEAP_MEGABYTES = 512;

    private HeapCheck() {}

    /** Returns the memory of the machine or of the container that this JVM runs in. */
    static int machineMegabytes() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return (int) (system.getTotalMemorySize() >> 20);
    }

    /**
     * Returns what to tell the user if an experiment does not fit.
     *
     * @param experiment the experiment
     * @param givenMegabytes the heap that the user wants to give each JVM, 0 for what it needs
     * @param machineMegabytes the memory there is
     */
    static Optional<String> complaint(Experiment experiment, int givenMegabytes, int machineMegabytes) {
        if (givenMegabytes != 0 && givenMegabytes < experiment.heapMegabytes()) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s needs about %s of heap; -Dlab.heap gives it %,d MB.%s",
                    experiment,
                    experiment.heapText(),
                    givenMegabytes,
                    experiment.smallerOne()));
        }
        int heap = givenMegabytes == 0 ? experiment.heapMegabytes() : givenMegabytes;
        if (heap + BESIDES_HEAP_MEGABYTES > machineMegabytes) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s needs about %s of heap;" + " this machine has %,d MB of memory in all.%s",
                    experiment,
                    experiment.heapText(),
                    machineMegabytes,
                    experiment.smallerOne()));
        }
        return Optional.empty();
    }
}
