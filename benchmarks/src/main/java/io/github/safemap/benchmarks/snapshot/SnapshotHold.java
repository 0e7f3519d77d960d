package io.github.safemap.benchmarks.snapshot;

import io.github.safemap.benchmarks.support.Orders;
import io.github.safemap.benchmarks.support.Summary;
import io.github.safemap.benchmarks.support.TextTable;
import io.github.safemap.core.engine.ShardCopy;
import io.github.safemap.core.engine.ShardPolicy;
import io.github.safemap.core.engine.Shards;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * For how long {@code SafeMap.snapshot} holds a shard, and so makes its writers wait: the processor time of the copy
 * of each shard, of which the longest counts. What else the machine does makes a wait longer, and is not in it.
 */
@Command(name = "SnapshotHold", mixinStandardHelpOptions = true, description = "For how long a snapshot holds a shard.")
public final class SnapshotHold implements Callable<Integer> {
    @Option(names = "--sizes", split = ",", defaultValue = "100000,1000000,5000000")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--shard-bits",
            split = ",",
            defaultValue = "4,0",
            description = "logarithms; 4 is SafeMap's default")
    private List<Integer> shardBits = List.of();

    @Option(names = "--warm-up", defaultValue = "10", description = "rounds that do not count")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "15")
    private int rounds;

    @Option(names = "--out", defaultValue = "results/snapshot", description = "for snapshot.csv")
    private Path out = Path.of("results", "snapshot");

    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();

    /**
     * One round, in milliseconds.
     *
     * @param longest the copy of the shard that took longest
     * @param all the copies of all shards
     */
    private record Round(double longest, double all) {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SnapshotHold()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        TextTable table = new TextTable("entries", "shards", "longest hold", "largest of all rounds", "all shards");
        for (int size : sizes) {
            for (int bits : shardBits) {
                List<Round> measured = measure(size, bits);
                append(size, 1 << bits, measured);
                table.row(
                        String.format(Locale.ROOT, "%,d", size),
                        "" + (1 << bits),
                        text(Summary.median(
                                measured.stream().map(Round::longest).toList())),
                        text(measured.stream().mapToDouble(Round::longest).max().orElse(0)),
                        text(Summary.median(measured.stream().map(Round::all).toList())));
            }
        }
        System.out.println("Milliseconds of processor time; medians of " + rounds + " rounds.\n" + table);
        return 0;
    }

    private static String text(double millis) {
        return String.format(Locale.ROOT, "%.2f", millis);
    }

    private List<Round> measure(int size, int bits) {
        Shards shards = new Shards(new ShardPolicy(bits, 0, false, 32, null));
        for (int i : Orders.shuffled(0, size, 1)) {
            Long key = (long) i;
            shards.write(key, key.hashCode(), null, key, Shards.INSERT | Shards.REPLACE);
        }
        List<Round> measured = new ArrayList<>();
        for (int i = 0; i < warmUp + rounds; i++) {
            System.gc();
            long longest = 0;
            long all = 0;
            int copied = 0;
            for (int shard = 0; shard < shards.length(); shard++) {
                long start = clock.getCurrentThreadCpuTime();
                List<Object> copy = ShardCopy.of(shards, shard);
                long nanos = clock.getCurrentThreadCpuTime() - start;
                longest = Math.max(longest, nanos);
                all += nanos;
                copied += copy.size() / 2;
            }
            if (copied != size) {
                throw new IllegalStateException(copied + " of " + size);
            }
            if (i >= warmUp) {
                measured.add(new Round(longest / 1e6, all / 1e6));
            }
        }
        return measured;
    }

    private void append(int size, int count, List<Round> measured) throws IOException {
        Path file = out.resolve("snapshot.csv");
        boolean isNew = !Files.exists(file);
        try (BufferedWriter lines =
                        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                CSVPrinter csv = new CSVPrinter(
                        lines,
                        CSVFormat.Builder.create().setRecordSeparator('\n').get())) {
            if (isNew) {
                csv.printRecord("entries", "shards", "round", "longest_ms", "all_ms");
            }
            for (int i = 0; i < measured.size(); i++) {
                Round round = measured.get(i);
                csv.printRecord(size, count, i + 1, round.longest(), round.all());
            }
        }
    }
}
