package io.github.safemap.benchmarks.lab;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The experiments of the lab. */
enum LabExperiment {
    /** One million entries, all deleted. */
    L1(
            "1,000,000 Integer keys to byte[128]; delete all",
            768,
            List.of(new HeapAfterDeletes("L1", 1, 1_000_000, key -> new byte[128], 0)),
            List.of(LabReport.ofDeletes(
                    "L1",
                    "Heap of 1,000,000 Integer keys to byte[128]",
                    Unit.MB,
                    Published.GO_MILLION_VALUES,
                    Published.GO_MILLION_POINTERS))),
    /** Twenty million entries, all deleted. */
    L2(
            "the same with 20,000,000",
            6 * 1024,
            List.of(new HeapAfterDeletes("L2", 1, 20_000_000, key -> new byte[128], 0)),
            List.of(LabReport.ofDeletes(
                    "L2", "Heap of 20,000,000 Integer keys to byte[128]", Unit.MB, Published.GO_TWENTY_MILLION))),
    /** A few entries survive. */
    L3(
            "as L1, but 0, 500, 1,000, 5,000 and 50,000 entries survive",
            768,
            List.of(new HeapAfterDeletes("L3", 1, 1_000_000, key -> new byte[128], 0, 500, 1_000, 5_000, 50_000)),
            List.of(LabReport.ofSurvivors("L3", Published.GO_ZERO))),
    /** Small maps. */
    L4(
            "8,192 int to int, and 10,000 Person(id, name); delete all",
            768,
            List.of(
                    new HeapAfterDeletes("L4-int", 200, 8_192, Integer::valueOf, 0),
                    new HeapAfterDeletes("L4-person", 100, 10_000, Person::withOwnName, 0)),
            List.of(
                    LabReport.ofDeletes(
                            "L4-int",
                            "Heap of one map of 8,192 int to int (mean of 200 maps)",
                            Unit.KB,
                            Published.GO_INTS),
                    LabReport.ofDeletes(
                            "L4-person",
                            "Heap of one map of 10,000 Person (mean of 100 maps)",
                            Unit.KB,
                            Published.GO_PERSONS))),
    /** An hour's rush in a window of the last hour's customers. */
    L5(
            "Black Friday: 1,000 customers an hour, one hour with 1,000,000, ten quiet hours",
            768,
            List.of(new HeapThroughRush("L5", 1_000, 1_000_000)),
            List.of(LabReport.ofRush("L5")));

    /** What a JVM uses besides its heap, and the driver, and a little for everybody else. */
    private static final int BESIDES_HEAP_MEGABYTES = 512;

    private final String summary;
    private final int heapMegabytes;
    private final List<Scenario> scenarios;
    private final List<LabReport> reports;

    LabExperiment(String summary, int heapMegabytes, List<? extends Scenario> scenarios, List<LabReport> reports) {
        this.summary = summary;
        this.heapMegabytes = heapMegabytes;
        this.scenarios = List.copyOf(scenarios);
        this.reports = reports;
    }

    /**
     * The value of the second scenario of L4.
     *
     * @param id a number
     * @param name a name
     */
    record Person(int id, String name) {
        /** Returns a person who shares no object with any other. */
        static Person withOwnName(int id) {
            return new Person(id, "Person " + id);
        }
    }

    /** Returns what the experiment does, in a line. */
    String summary() {
        return summary;
    }

    /** Returns the heap that every subject's JVM gets, which is enough for the hungriest. */
    int heapMegabytes() {
        return heapMegabytes;
    }

    /** Returns what is measured, in this order. */
    List<Scenario> scenarios() {
        return scenarios;
    }

    /** Returns how the figures are shown. */
    List<LabReport> reports() {
        return reports;
    }

    /**
     * Parses a comma-separated list of experiment names in any case; an empty one or {@code
     * default} stands for all that run without being asked for.
     *
     * @throws IllegalArgumentException if a name is none of an experiment's
     */
    static Set<LabExperiment> parse(String names) {
        Set<LabExperiment> found = new LinkedHashSet<>();
        for (String part : names.split(",")) {
            String name = part.strip();
            if (!name.isEmpty() && !name.equalsIgnoreCase("default")) {
                found.add(Arrays.stream(values())
                        .filter(e -> e.name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "There is no experiment \"" + name + "\". There are:" + list())));
            }
        }
        if (found.isEmpty()) {
            Arrays.stream(values()).filter(LabExperiment::runsUnasked).forEach(found::add);
        }
        return found;
    }

    private boolean runsUnasked() {
        return this != L2;
    }

    private static String list() {
        return Arrays.stream(values())
                .map(e -> System.lineSeparator() + "  " + e + "  " + e.summary
                        + (e.runsUnasked() ? "" : " (only on demand; needs " + e.heapText() + " of heap)"))
                .collect(Collectors.joining());
    }

    /**
     * Returns what to tell the user if there is not memory enough.
     *
     * @param givenMegabytes the heap that the user wants to give each JVM, 0 for what it needs
     * @param machineMegabytes the memory of the machine
     */
    Optional<String> complaint(int givenMegabytes, int machineMegabytes) {
        int heap = givenMegabytes == 0 ? heapMegabytes : givenMegabytes;
        String but;
        if (heap < heapMegabytes) {
            but = "-Dlab.heap gives it %,d MB";
        } else if (heap + BESIDES_HEAP_MEGABYTES > machineMegabytes) {
            but = "this machine has %,d MB of memory in all";
        } else {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%s needs about %s of heap; " + but + ".%s",
                this,
                heapText(),
                heap < heapMegabytes ? heap : machineMegabytes,
                smallerOne()));
    }

    /** Returns what to tell the user if a fork with this heap ran out of memory. */
    String outOfMemory(int megabytes) {
        return "out of memory with a heap of %d MB; %s needs %s of heap for each map.%s"
                .formatted(megabytes, this, heapText(), smallerOne());
    }

    private String smallerOne() {
        return this == L2 ? " L1 is the same with 1,000,000 entries: -Dlab=L1" : "";
    }

    private String heapText() {
        return heapMegabytes % 1024 == 0 ? heapMegabytes / 1024 + " GB" : heapMegabytes + " MB";
    }
}
