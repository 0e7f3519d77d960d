package io.github.safemap.benchmarks.latency;

import io.github.safemap.benchmarks.KeyKind;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.RoundTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures the latency of single operations: each round in a fresh JVM, the subjects by turns, and
 * the medians of all rounds as the result.
 */
@Command(
        name = "Latency",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Latency of single operations: R1 grow, R2 empty, R3 sawtooth, R4 first growth of a JVM,"
                + " R5 first removals of a JVM, down to nothing, R6 reads beside a writer,"
                + " R7 scale.")
public final class Latency implements Callable<Integer> {
    @Parameters(arity = "1..*", description = "The workloads: ${COMPLETION-CANDIDATES}")
    private List<Workload> workloads = List.of();

    @Option(names = "--subjects", split = ",", description = "${COMPLETION-CANDIDATES}")
    private List<Subject> subjects =
            List.of(Subject.CONCURRENT_HASH_MAP, Subject.NON_BLOCKING_HASH_MAP, Subject.SAFE_MAP);

    @Option(names = "--keys", description = "${COMPLETION-CANDIDATES}")
    private KeyKind keys = KeyKind.LONG;

    @Option(names = "--size", description = "entries; 0 is 5,000,000, of R3 and R6 1,000,000, of R7 10,000,000")
    private int size;

    @Option(names = "--threads", description = "threads that share the puts of R1 or R4")
    private int threads = 1;

    @Option(names = "--gc", split = ",", description = "${COMPLETION-CANDIDATES}")
    private List<Collector> collectors = List.of(Collector.EPSILON, Collector.G1);

    @Option(
            names = "--heap",
            description = "gigabytes; 0 is 3 and 1 for each 3,000,000 entries, of R7 2 and 1 for each 7,000,000")
    private int heap;

    @Option(names = "--rounds")
    private int rounds = 5;

    @Option(names = "--jvm", split = " ", description = "more flags for the JVMs that measure")
    private List<String> jvm = List.of();

    @Option(names = "--out", description = "directory for the .hlog files and latency.csv")
    private Path out = Path.of("results", "latency");

    private Latency() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Latency()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        for (Workload workload : workloads) {
            for (Collector collector : collectors) {
                measure(workload, collector);
            }
        }
        return 0;
    }

    private void measure(Workload workload, Collector collector) throws Exception {
        int entries = size == 0 ? workload.size() : size;
        int gigabytes = heap == 0 ? workload.gigabytes(entries) : heap;
        String cell = String.join(
                "-", workload.name(), collector.name(), keys.name(), Integer.toString(entries), threads + "t");
        RoundTable table = new RoundTable(cell);
        for (int round = 1; round <= rounds; round++) {
            for (Subject subject : subjects) {
                if (threads > 1 || workload.needsReader()) {
                    requireConcurrent(subject);
                }
                Path files = out.resolve(cell + "-" + subject + "-" + round);
                Settings settings = new Settings(workload, subject, keys, entries, threads, files.toString());
                List<String> flags = new ArrayList<>(collector.flags(gigabytes));
                flags.addAll(jvm);
                table.add(subject, Fork.run(LatencyRound.class, flags, settings.arguments()));
            }
        }
        table.publish("nanoseconds; medians of " + rounds + " rounds", out.resolve("latency.csv"));
    }

    private static void requireConcurrent(Subject subject) {
        if (!subject.concurrent()) {
            throw new IllegalArgumentException(subject.label() + " is for one thread");
        }
    }
}
