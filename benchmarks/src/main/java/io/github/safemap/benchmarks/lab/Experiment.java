package io.github.safemap.benchmarks.lab;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The experiments of the lab. */
enum Experiment {
    /** One million entries, all deleted. */
    L1(
            "1,000,000 Integer keys to byte[128]; delete all",
            768,
            true,
            List.of(new MassDelete("L1", 1_000_000, 0)),
            List.of(new MassDeleteReport(
                    "L1",
                    "Heap of 1,000,000 Integer keys to byte[128]",
                    Unit.MB,
                    Published.GO_MILLION_VALUES,
                    Published.GO_MILLION_POINTERS))),
    /** Twenty million entries, all deleted. */
    L2(
            "the same with 20,000,000",
            6 * 1024,
            false,
            List.of(new MassDelete("L2", 20_000_000, 0)),
            List.of(new MassDeleteReport(
                    "L2", "Heap of 20,000,000 Integer keys to byte[128]", Unit.MB, Published.GO_TWENTY_MILLION))) {
        @Override
        String smallerOne() {
            return " L1 is the same with 1,000,000 entries: -Dlab=L1";
        }
    },
    /** A few entries survive. */
    L3(
            "as L1, but 0, 500, 1,000, 5,000 and 50,000 entries survive",
            768,
            true,
            List.of(new MassDelete("L3", 1_000_000, 0, 500, 1_000, 5_000, 50_000)),
            List.of(new SurvivorsReport("L3", Published.GO_ZERO))),
    /** Small maps. */
    L4(
            "8,192 int to int, and 10,000 Person(id, name); delete all",
            768,
            true,
            List.of(
                    new SmallMaps("L4-int", 200, 8_192, Integer::valueOf),
                    new SmallMaps("L4-person", 100, 10_000, Person::withOwnName)),
            List.of(
                    new MassDeleteReport(
                            "L4-int",
                            "Heap of one map of 8,192 int to int (mean of 200 maps)",
                            Unit.KB,
                            Published.GO_INTS),
                    new MassDeleteReport(
                            "L4-person",
                            "Heap of one map of 10,000 Person (mean of 100 maps)",
                            Unit.KB,
                            Published.GO_PERSONS))),
    /** An hour's rush in a window of the last hour's customers. */
    L5(
            "Black Friday: 1,000 customers an hour, one hour with 1,000,000, ten quiet hours",
            768,
            true,
            List.of(new BlackFriday("L5", 1_000, 1_000_000)),
            List.of(new BlackFridayReport("L5")));

    private final String summary;
    private final int heapMegabytes;
    private final boolean byDefault;
    private final List<Workload> workloads;
    private final List<Report> reports;

    Experiment(
            String summary,
            int heapMegabytes,
            boolean byDefault,
            List<? extends Workload> workloads,
            List<? extends Report> reports) {
        this.summary = summary;
        this.heapMegabytes = heapMegabytes;
        this.byDefault = byDefault;
        this.workloads = List.copyOf(workloads);
        this.reports = List.copyOf(reports);
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
    List<Workload> workloads() {
        return workloads;
    }

    /** Returns how the figures are shown. */
    List<Report> reports() {
        return reports;
    }

    /**
     * Parses a comma-separated list of experiment names in any case; an empty one or {@code
     * default} stands for all that run without being asked for.
     *
     * @throws UnknownExperimentException if a name is none of an experiment's
     */
    static Set<Experiment> parse(String names) {
        Set<Experiment> found = new LinkedHashSet<>();
        for (String part : names.split(",")) {
            String name = part.strip();
            if (name.isEmpty() || name.equalsIgnoreCase("default")) {
                continue;
            }
            found.add(byName(name).orElseThrow(() -> new UnknownExperimentException(name)));
        }
        if (found.isEmpty()) {
            Arrays.stream(values()).filter(e -> e.byDefault).forEach(found::add);
        }
        return found;
    }

    private static Optional<Experiment> byName(String name) {
        return Arrays.stream(values())
                .filter(e -> e.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns the list of experiments there are, one a line. */
    static String list() {
        return Arrays.stream(values())
                .map(e -> String.format(
                        Locale.ROOT,
                        "  %s  %s%s",
                        e,
                        e.summary,
                        e.byDefault ? "" : " (only on demand; needs " + e.heapText() + " of heap)"))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Returns what to offer where this one does not fit, after a space; often nothing. */
    String smallerOne() {
        return "";
    }

    /** Returns the heap it needs in words. */
    String heapText() {
        return heapMegabytes % 1024 == 0 ? heapMegabytes / 1024 + " GB" : heapMegabytes + " MB";
    }
}
