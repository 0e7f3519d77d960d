package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import io.github.safemap.benchmarks.throughput.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is measured, in which order: the parts that tell most come first. */
final class Plan {
    /** The maps that are measured for memory and latency. */
    private static final List<Subject> FEW = List.of(
            Subject.CONCURRENT_HASH_MAP,
            Subject.SAFE_MAP,
            Subject.NON_BLOCKING_HASH_MAP,
            Subject.ECLIPSE_COLLECTIONS,
            Subject.CONCURRENT_SWISS_MAP);

    private static final List<Subject> ALL = List.of(
            Subject.CONCURRENT_HASH_MAP,
            Subject.SAFE_MAP,
            Subject.NON_BLOCKING_HASH_MAP,
            Subject.ECLIPSE_COLLECTIONS,
            Subject.CONCURRENT_SWISS_MAP,
            Subject.NON_BLOCKING_HASH_MAP_LONG,
            Subject.FASTUTIL_WRAPPER,
            Subject.SYNCHRONIZED_HASH_MAP,
            Subject.SYNCHRONIZED_GO_MAP);

    /** In the quick set, and in each workload of the full set once. */
    private static final List<Subject> THREE =
            List.of(Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP, Subject.NON_BLOCKING_HASH_MAP);

    /** In the other sizes, keys and threads, where so many cells are measured that only the question itself is asked. */
    private static final List<Subject> TWO = List.of(Subject.CONCURRENT_HASH_MAP, Subject.SAFE_MAP);

    /** The workloads that need no more than get, put and remove. */
    private static final Pattern BASIC = Pattern.compile("T([1-5]|1[345])");

    /** Sizes that grow by equal factors from 100,000 to almost twice as much. */
    private static final String DOUBLING = IntStream.range(0, 20)
            .mapToObj(step -> Long.toString(Math.round(100_000 * Math.pow(2, step / 20.0))))
            .collect(Collectors.joining(",", "size=", ""));

    private final Variant variant;
    private final Timing timing;
    private final Set<Subject> usable;
    private final Optional<Integer> rounds;
    private final int processors;
    private final List<Part> parts = new ArrayList<>();

    private Plan(Variant variant, Timing timing, Set<Subject> usable, Optional<Integer> rounds, int processors) {
        this.variant = variant;
        this.timing = timing;
        this.usable = usable;
        this.rounds = rounds;
        this.processors = processors;
    }

    /**
     * Returns the parts of a set.
     *
     * @param set quick or full
     * @param usable the maps that are here and wanted, ConcurrentHashMap among them
     * @param rounds how often each part of JMH is measured, if not as the set has it
     * @param processors of the machine; where more threads run than there are, forks warm up for longer
     * @throws IllegalArgumentException if there is no such set
     */
    static List<Part> of(String set, Variant variant, Set<Subject> usable, Optional<Integer> rounds, int processors) {
        Timing timing = switch (set) {
            case "quick" -> Timing.QUICK;
            case "full" -> Timing.FULL;
            default -> throw new IllegalArgumentException("-Dset takes quick or full, not " + set);
        };
        Plan plan = new Plan(variant, timing, usable, rounds, processors);
        if (timing == Timing.QUICK) {
            plan.quick();
        } else {
            plan.full();
        }
        return plan.parts;
    }

    private void quick() {
        lab("L1", 15);
        latency("R1", 1, Collector.EPSILON, THREE);
        latency("R2", 1, Collector.EPSILON, THREE);
        latency("R4", 1, Collector.EPSILON, THREE);
        latency("R6", 1, Collector.EPSILON, TWO);
        memory("M1", List.of("m1", "--sizes=8"), THREE, 10);
        memory("M2", List.of("m2"), THREE, 5);
        memory("M3", List.of("m3"), THREE, 25);
        jmh("GetHit", KeyKind.LONG, 1, THREE, "size=1000,100000,1000000");
        jmh("GetHit", KeyKind.LONG, 2, THREE, "size=100000");
        jmh("GetMiss", KeyKind.LONG, 1, THREE, "size=100000");
        jmh("PutPresent", KeyKind.LONG, 1, THREE, "size=100000");
        jmh("PutPresent", KeyKind.LONG, 2, THREE, "size=100000");
        jmh("Churn", KeyKind.LONG, 1, THREE, "size=100000");
        jmh("Churn", KeyKind.LONG, 2, THREE, "size=100000");
        jmh("Mixed", KeyKind.LONG, 2, THREE, "size=100000", "reads=90");
        jmh("ComputeIfAbsentHit.computeIfAbsent", KeyKind.LONG, 2, THREE, "pick=HOT,ZIPF");
        jmh("MergeCounters", KeyKind.LONG, 2, THREE, "size=100000");
        jmh("Iterate", KeyKind.LONG, 1, THREE, "size=100000", "left=100,1");
        jmh("FillSmall.fill100000", KeyKind.LONG, 1, THREE);
        jmh("Exchange", KeyKind.LONG, 2, THREE, "size=100000");
        jmh("PutIfAbsent", KeyKind.STRING, 2, THREE);
        jmh("ParallelLoad", KeyKind.LONG, 2, THREE, "skew=0.99");
        jmh("ZipfUpdates", KeyKind.LONG, 2, THREE, "size=10000", "updates=10");
        jmh("GetDependent", KeyKind.LONG, 1, THREE, "size=100000");
        jmh("GetHit", ".before", KeyKind.LONG, 1, TWO, "size=1000000", "allocation=BEFORE");
    }

    private void full() {
        // What the README shows.
        lab("L3", 40);
        latency("R1", 1, Collector.EPSILON, FEW);
        latency("R4", 1, Collector.EPSILON, FEW);
        lab("L5", 40);
        memory("M1", List.of("m1", "--sizes=20"), FEW, 24);
        jmh("GetHit", KeyKind.LONG, 1, THREE, "size=1000,100000,1000000");
        jmh("PutPresent", KeyKind.LONG, 2, THREE, "size=1000,100000,1000000");
        jmh("Churn", KeyKind.LONG, 2, THREE, "size=1000,100000,1000000");
        memory("M3", List.of("m3"), FEW, 25);
        // The other workloads, in one size.
        jmh("GetMiss", KeyKind.LONG, 1, THREE, "size=1000,100000,1000000");
        jmh("Mixed", KeyKind.LONG, 2, THREE, "size=100000", "reads=99,90,75");
        jmh("ComputeIfAbsentHit.computeIfAbsent", KeyKind.LONG, 2, THREE, "pick=HOT,ZIPF");
        jmh("MergeCounters", KeyKind.LONG, 2, THREE, "size=1000,100000");
        jmh("Iterate", KeyKind.LONG, 1, THREE, "size=100000", "left=100,1");
        jmh("Exchange", KeyKind.LONG, 2, THREE, "size=100000");
        jmh("PutIfAbsent", KeyKind.STRING, 2, THREE);
        jmh("ParallelLoad", KeyKind.LONG, 2, THREE, "skew=0.01,0.5,0.99");
        jmh("FillSmall", KeyKind.LONG, 1, THREE);
        jmh("FillLarge.fill5000000", KeyKind.LONG, 1, THREE);
        jmh("ZipfUpdates", KeyKind.LONG, 2, THREE, "size=10000", "updates=0,10,50");
        jmh("GetDependent", KeyKind.LONG, 1, THREE, "size=1000,100000,1000000");
        jmh("SmallMaps", KeyKind.LONG, 2, THREE, "size=10,100", "reads=100,50");
        jmh("ChurnAskingSize", KeyKind.LONG, 2, THREE, "size=100000", "question=SIZE,IS_EMPTY");
        latency("R2", 1, Collector.EPSILON, FEW);
        latency("R3", 1, Collector.EPSILON, FEW);
        latency("R5", 1, Collector.EPSILON, FEW);
        latency("R6", 1, Collector.EPSILON, FEW);
        latency("R7", 1, Collector.EPSILON, THREE);
        latency("R7", 1, Collector.SERIAL, THREE);
        memory("M2", List.of("m2"), FEW, 5);
        memory("M4", List.of("m4", "--millions=100"), FEW, 40);
        memory("M5", List.of("m5", "--millions=100"), FEW, 150);
        memory("M6", List.of("m6", "--millions=360"), THREE, 150);
        collections();
        variations();
        // The same with one thread or two, whichever is missing; then with more than processors.
        jmh("GetHit", KeyKind.LONG, 2, TWO, "size=1000,100000,1000000");
        jmh("PutPresent", KeyKind.LONG, 1, TWO, "size=1000,100000,1000000");
        jmh("Churn", KeyKind.LONG, 1, TWO, "size=1000,100000,1000000");
        for (int threads : new int[] {4, 8}) {
            for (String workload : List.of("GetHit", "PutPresent", "Churn")) {
                jmh(workload, KeyKind.LONG, threads, TWO, "size=1000,100000,1000000");
            }
        }
        for (int threads : new int[] {1, 4, 8}) {
            jmh("Mixed", KeyKind.LONG, threads, TWO, "size=100000", "reads=90");
            jmh("MergeCounters", KeyKind.LONG, threads, TWO, "size=1000,100000");
            jmh("Exchange", KeyKind.LONG, threads, TWO, "size=100000");
            jmh("PutIfAbsent", KeyKind.STRING, threads, TWO);
            jmh("ParallelLoad", KeyKind.LONG, threads, TWO, "skew=0.99");
            jmh("ComputeIfAbsentHit.computeIfAbsent", KeyKind.LONG, threads, TWO, "pick=HOT,ZIPF");
        }
        // String and Integer keys.
        for (KeyKind keys : List.of(KeyKind.STRING, KeyKind.INTEGER)) {
            jmh("GetHit", keys, 1, TWO, "size=1000,100000,1000000");
            jmh("GetMiss", keys, 1, TWO, "size=1000,100000,1000000");
            jmh("PutPresent", keys, 2, TWO, "size=1000,100000,1000000");
            jmh("Churn", keys, 2, TWO, "size=1000,100000,1000000");
            jmh("FillSmall", keys, 1, TWO);
        }
        // As users run it, with a collector's pauses.
        for (String workload : List.of("R1", "R2", "R3", "R6")) {
            latency(workload, 1, variant.collector(), THREE);
        }
        latency("R1", 2, Collector.EPSILON, THREE);
        // The smallest size and the largest.
        for (String size : List.of("100", "10000000")) {
            for (String workload : List.of("GetHit", "GetMiss", "PutPresent", "Churn")) {
                jmh(workload, KeyKind.LONG, 1, TWO, "size=" + size);
            }
        }
        jmh("ZipfUpdates", KeyKind.LONG, 2, TWO, "size=10000000", "updates=0,10,50");
        jmh("GetHit", ".before", KeyKind.LONG, 1, TWO, "size=10000000", "allocation=BEFORE");
        for (String size : List.of("100", "1000000")) {
            jmh("Iterate", KeyKind.LONG, 1, TWO, "size=" + size, "left=100,1");
        }
        epsilonFill();
        // Each and every peer.
        for (String workload : List.of("GetHit", "GetMiss", "PutPresent", "Churn")) {
            jmh(workload, ".all", KeyKind.LONG, 2, ALL, "size=100000");
        }
        jmh("Mixed", ".all", KeyKind.LONG, 2, ALL, "size=100000", "reads=90");
        lab("L1", 15);
        lab("L4", 20);
        lab("L2", 200);
    }

    /** What might decide who wins: where the keys lie, the order of the look-ups, the size within a doubling, presizing. */
    private void variations() {
        for (String workload : List.of("GetHit", "PutPresent")) {
            jmh(workload, ".before", KeyKind.LONG, 1, TWO, "size=1000,100000,1000000", "allocation=BEFORE");
        }
        for (String workload : List.of("GetHit", "GetMiss", "PutPresent", "Churn")) {
            jmh(workload, ".random", KeyKind.LONG, 1, TWO, "size=1000,100000,1000000", "order=RANDOM");
        }
        for (String workload : List.of("GetHit", "GetMiss", "Churn")) {
            jmh(workload, ".doubling", KeyKind.LONG, 1, TWO, DOUBLING);
        }
        for (String workload : List.of("FillSmall", "FillLarge.fill5000000")) {
            jmh(workload, ".presized", KeyKind.LONG, 1, THREE, "presized=true");
        }
        // Two threads put and remove one key.
        jmh("Churn", KeyKind.LONG, 2, THREE, "size=1");
    }

    private void lab(String experiments, double seconds) {
        if (variant.whole() && variant.flags().isEmpty()) {
            add(
                    experiments,
                    Tool.LAB,
                    Collector.G1,
                    List.of(Subject.CONCURRENT_HASH_MAP),
                    List.of("--experiments=" + experiments),
                    1,
                    seconds);
        }
    }

    private void latency(String workload, int threads, Collector collector, List<Subject> all) {
        if (collector != variant.collector() && !variant.whole()) {
            return;
        }
        List<Subject> subjects = subjects(all, KeyKind.LONG, threads, true);
        add(
                workload + "." + collector + "." + threads + "t",
                Tool.LATENCY,
                collector,
                subjects,
                List.of(workload, "--threads=" + threads),
                timing.slowRounds(),
                subjects.size() * (Set.of("R1", "R4").contains(workload) ? 8.0 : 15.0));
    }

    /** The serial collector's figures are exact to the byte. */
    private void memory(String name, List<String> arguments, List<Subject> all, double secondsEach) {
        if (variant.whole()) {
            memory(name, Collector.SERIAL, arguments, all, secondsEach);
        }
    }

    private void memory(
            String name, Collector collector, List<String> arguments, List<Subject> all, double secondsEach) {
        List<Subject> subjects = subjects(all, KeyKind.LONG, 1, true);
        double seconds = subjects.size() * secondsEach;
        int times = collector == Collector.SERIAL ? 1 : timing.slowRounds();
        add(name, Tool.MEMORY, collector, subjects, arguments, times, seconds);
    }

    /** Full collections, and what the system gets back, with the variant's collector. */
    private void collections() {
        memory("L6", variant.collector(), List.of("l6"), FEW, 40);
        if (variant.collector() == Collector.G1 || variant.collector() == Collector.ZGC) {
            memory("L7", variant.collector(), List.of("l7", "--keys=INTEGER"), FEW, 25);
        }
    }

    private void jmh(String benchmark, KeyKind keys, int threads, List<Subject> all, String... params) {
        jmh(benchmark, "", keys, threads, all, params);
    }

    private void jmh(String benchmark, String suffix, KeyKind keys, int threads, List<Subject> all, String... params) {
        boolean shots = benchmark.startsWith("FillLarge") || benchmark.equals("ParallelLoad");
        boolean basic = BASIC.matcher(label(benchmark)).matches();
        List<Subject> subjects = subjects(all, keys, threads, !basic);
        List<String> arguments = new ArrayList<>();
        arguments.add("\\." + benchmark.replace(".", "\\.") + (benchmark.contains(".") ? "$" : "\\."));
        arguments.addAll(List.of("-t", Integer.toString(threads), "-p", "keys=" + keys));
        for (String param : params) {
            arguments.addAll(List.of("-p", param));
        }
        arguments.addAll(shots ? timing.shots() : timing.arguments(threads, processors));
        boolean large = benchmark.startsWith("FillLarge") || List.of(params).contains("size=10000000");
        if (large) {
            arguments.add(Tool.LARGE);
        }
        double fork = (shots ? timing.shotSeconds(benchmark) : timing.seconds(threads, processors))
                + Timing.touchSeconds(large);
        double seconds = startSeconds(params) + methods(benchmark) * cells(params) * fork;
        add(
                name(benchmark, keys, threads) + largest(params) + suffix,
                Tool.JMH,
                variant.collector(),
                subjects,
                arguments,
                rounds.orElse(suffix.equals(".doubling") ? timing.slowRounds() : timing.rounds()),
                subjects.size() * seconds);
    }

    private void epsilonFill() {
        if (variant.whole()) {
            List<Subject> subjects = subjects(THREE, KeyKind.LONG, 1, true);
            List<String> arguments =
                    new ArrayList<>(List.of("\\.fill5000000$", "-t", "1", "-p", "keys=LONG", Tool.LARGE));
            arguments.addAll(timing.shots());
            add(
                    "T9.LONG.1t.EPSILON",
                    Tool.JMH,
                    Collector.EPSILON,
                    subjects,
                    arguments,
                    rounds.orElse(timing.rounds()),
                    subjects.size() * (timing.shotSeconds("FillLarge") + Timing.touchSeconds(true)));
        }
    }

    private void add(
            String name,
            Tool tool,
            Collector collector,
            List<Subject> subjects,
            List<String> arguments,
            int rounds,
            double seconds) {
        if (parts.stream().anyMatch(part -> part.name().equals(name))) {
            throw new IllegalStateException("two parts named " + name);
        }
        // Nothing to compare ConcurrentHashMap with.
        if (tool == Tool.LAB || subjects.size() > 1) {
            parts.add(new Part(name, tool, collector, List.copyOf(subjects), List.copyOf(arguments), rounds, seconds));
        }
    }

    private List<Subject> subjects(List<Subject> all, KeyKind keys, int threads, boolean needsMap) {
        return all.stream()
                .filter(usable::contains)
                .filter(s -> s.takes(keys))
                .filter(s -> s.isMap() || !needsMap)
                .filter(s -> s.concurrent() || threads == 1)
                .toList();
    }

    private static String name(String benchmark, KeyKind keys, int threads) {
        String what = benchmark.startsWith("FillLarge") ? ".5M" : "";
        return label(benchmark) + what + "." + keys + "." + threads + "t";
    }

    private static String label(String benchmark) {
        return RawFiles.label(Label.class.getPackageName() + "." + benchmark.replaceAll("\\..*", ""));
    }

    /** Returns a mark for a part of one size that stands beside one of several. */
    private static String largest(String... params) {
        return Arrays.stream(params)
                .filter(param -> param.matches("size=(1|100|1000000|10000000)"))
                .map(param -> "." + param.substring("size=".length()))
                .findFirst()
                .orElse("");
    }

    private static int cells(String... params) {
        return Arrays.stream(params).mapToInt(param -> param.split(",").length).reduce(1, (a, b) -> a * b);
    }

    private static int methods(String benchmark) {
        return benchmark.equals("FillSmall") ? 3 : 1;
    }

    /** Returns what the forks of one subject take more for the sizes among JMH's parameters. */
    private static double startSeconds(String... params) {
        String[] others = Arrays.stream(params)
                .filter(param -> !param.startsWith("size="))
                .toArray(String[]::new);
        return cells(others) * Timing.startSeconds(params);
    }

    /** Returns the plan as lines, with how long each part takes. */
    static List<String> lines(List<Part> parts) {
        List<String> lines = new ArrayList<>();
        double before = 0;
        for (Part part : parts) {
            before += part.totalSeconds();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-26s %d x %d maps  about %5.1f min, %6.1f with those before",
                    part.name(),
                    part.rounds(),
                    part.subjects().size(),
                    part.totalSeconds() / 60,
                    before / 60));
        }
        return lines;
    }
}
