package io.github.safemap.benchmarks.hostile;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.RoundTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Processor time of operations on {@code String}s that all have one hash code, as an attacker would send
 * them. The subjects take turns in one JVM, so that what else the machine does meets them alike; the
 * thread's processor time is taken, and the collector's is not.
 */
@Command(
        name = "Hostile",
        mixinStandardHelpOptions = true,
        description = "Nanoseconds an operation on keys of one hash code.")
public final class Hostile implements Callable<Integer> {
    private static final long SEED = 2026;

    @Option(
            names = "--subjects",
            split = ",",
            defaultValue = "CONCURRENT_HASH_MAP,SAFE_MAP",
            description = "${COMPLETION-CANDIDATES}")
    private List<Subject> subjects = List.of();

    @Option(names = "--size", defaultValue = "100000", description = "keys, up to 2^30")
    private int size;

    @Option(names = "--warm-up", defaultValue = "5", description = "rounds that do not count")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "15")
    private int rounds;

    @Option(names = "--out", defaultValue = "results/hostile", description = "for hostile.csv")
    private Path out = Path.of("results", "hostile");

    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    private int found;

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Hostile()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<String> stored = keys(1);
        List<String> asked = keys(2);
        RoundTable table = new RoundTable("one hash code, " + size + " keys");
        for (int round = 0; round < warmUp + rounds; round++) {
            for (Subject subject : subjects) {
                Map<String, Double> figures = measured(subject, stored, asked);
                if (round >= warmUp) {
                    table.add(subject, figures);
                }
            }
        }
        table.publish("ns", out.resolve("hostile.csv"));
        return found > 0 ? 0 : 1;
    }

    private Map<String, Double> measured(Subject subject, List<String> stored, List<String> asked) {
        Map<String, Integer> map = subject.create();
        Map<String, Double> figures = new LinkedHashMap<>();
        time(figures, "put", () -> stored.forEach(key -> map.put(key, 1)));
        time(figures, "get", () -> asked.forEach(key -> found += map.get(key)));
        time(figures, "put over", () -> asked.forEach(key -> found += map.put(key, 2)));
        time(figures, "remove", () -> asked.forEach(key -> found += map.remove(key)));
        return figures;
    }

    private void time(Map<String, Double> figures, String figure, Runnable work) {
        long start = clock.getCurrentThreadCpuTime();
        work.run();
        figures.put(figure, (double) (clock.getCurrentThreadCpuTime() - start) / size);
    }

    /** Returns new keys in random order: "Aa" and "BB" have one hash code, and so has any row of them. */
    private List<String> keys(int order) {
        List<String> keys = new ArrayList<>();
        int pairs = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        for (int i = 0; i < size; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < pairs; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            keys.add(key.toString());
        }
        Collections.shuffle(keys, new Random(SEED + order));
        return keys;
    }
}
