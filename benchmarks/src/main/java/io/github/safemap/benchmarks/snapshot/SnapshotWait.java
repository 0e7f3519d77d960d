package io.github.safemap.benchmarks.snapshot;

import io.github.safemap.SafeMap;
import io.github.safemap.benchmarks.support.Orders;
import io.github.safemap.benchmarks.support.Summary;
import io.github.safemap.benchmarks.support.TextTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The longest {@code put} of a thread that does nothing else, while another takes a snapshot; and, as control, for
 * as long without one. The flags of the documented command leave no work for the collector meanwhile.
 */
@Command(
        name = "SnapshotWait",
        mixinStandardHelpOptions = true,
        description = "How long a writer waits for a snapshot.")
public final class SnapshotWait implements Callable<Integer> {
    @Option(names = "--sizes", split = ",", defaultValue = "100000,1000000,5000000")
    private List<Integer> sizes = List.of();

    @Option(names = "--shards", split = ",", defaultValue = "16,1")
    private List<Integer> shards = List.of();

    @Option(names = "--warm-up", defaultValue = "5", description = "rounds that do not count")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "15")
    private int rounds;

    @Option(names = "--out", defaultValue = "results/snapshot", description = "for snapshot.csv")
    private Path out = Path.of("results", "snapshot");

    /**
     * One round, in milliseconds.
     *
     * @param snapshot the whole call
     * @param longest the longest put meanwhile
     * @param control the longest put in as long a time without a snapshot
     */
    private record Round(double snapshot, double longest, double control) {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SnapshotWait()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(out);
        TextTable table =
                new TextTable("entries", "shards", "snapshot", "longest put", "least of them", "without snapshot");
        for (int size : sizes) {
            for (int count : shards) {
                List<Round> measured = measure(size, count);
                append(size, count, measured);
                table.row(
                        String.format(Locale.ROOT, "%,d", size),
                        "" + count,
                        text(Summary.median(measured.stream().map(Round::snapshot).toList())),
                        text(Summary.median(measured.stream().map(Round::longest).toList())),
                        text(measured.stream().mapToDouble(Round::longest).min().orElse(0)),
                        text(Summary.median(measured.stream().map(Round::control).toList())));
            }
        }
        System.out.println("Milliseconds; medians of " + rounds + " rounds.\n" + table);
        return 0;
    }

    private static String text(double millis) {
        return String.format(Locale.ROOT, "%.2f", millis);
    }

    private List<Round> measure(int size, int count) throws InterruptedException {
        SafeMap<Long, Object> map = SafeMap.builder().shards(count).build();
        List<Long> keys = new ArrayList<>();
        for (int key : Orders.shuffled(0, size, 1)) {
            keys.add((long) key);
        }
        keys.forEach(key -> map.put(key, key));
        Writer writer = new Writer(map, keys);
        Thread thread = new Thread(writer, "snapshot-writer");
        thread.start();
        List<Round> measured = new ArrayList<>();
        for (int i = 0; i < warmUp + rounds; i++) {
            System.gc();
            writer.begin();
            long start = System.nanoTime();
            Map<Long, Object> copy = map.snapshot();
            long nanos = System.nanoTime() - start;
            long longest = writer.end();
            if (copy.size() != size) {
                throw new IllegalStateException("size " + copy.size());
            }
            writer.begin();
            LockSupport.parkNanos(nanos);
            long control = writer.end();
            if (i >= warmUp) {
                measured.add(new Round(nanos / 1e6, longest / 1e6, control / 1e6));
            }
        }
        writer.stopped = true;
        thread.join();
        return measured;
    }

    private void append(int size, int count, List<Round> measured) throws IOException {
        Path file = out.resolve("snapshot.csv");
        boolean isNew = !Files.exists(file);
        try (BufferedWriter lines =
                        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                CSVPrinter csv =
                        new CSVPrinter(
                                lines, CSVFormat.Builder.create().setRecordSeparator('\n').get())) {
            if (isNew) {
                csv.printRecord("entries", "shards", "round", "snapshot_ms", "longest_put_ms", "control_put_ms");
            }
            for (int i = 0; i < measured.size(); i++) {
                Round round = measured.get(i);
                csv.printRecord(
                        Stream.of(size, count, i + 1, round.snapshot(), round.longest(), round.control()));
            }
        }
    }

    /** Puts over present keys all the time, and keeps the longest put of a stretch. */
    private static final class Writer implements Runnable {
        private final Map<Long, Object> map;
        private final List<Long> keys;
        private volatile boolean stopped;

        /** Moves when a stretch begins and when it ends; odd within one. */
        private volatile int stretch;

        /** The stretch of which the writer has ended its last put. */
        private volatile int seen;

        private volatile long longest;

        Writer(Map<Long, Object> map, List<Long> keys) {
            this.map = map;
            this.keys = keys;
        }

        @Override
        public void run() {
            long max = 0;
            int of = 0;
            for (int i = 0; !stopped; i = i + 1 == keys.size() ? 0 : i + 1) {
                Long key = keys.get(i);
                long start = System.nanoTime();
                map.put(key, keys);
                long nanos = System.nanoTime() - start;
                max = Math.max(max, nanos);
                int now = stretch;
                if (now != of) {
                    longest = max;
                    max = 0;
                    of = now;
                    seen = now;
                }
            }
        }

        /** A stretch begins. */
        void begin() {
            move();
        }

        /** A stretch ends. Returns its longest put; one that began in it and ended later is one of it. */
        long end() {
            move();
            return longest;
        }

        private void move() {
            int next = stretch + 1;
            stretch = next;
            while (seen != next) {
                Thread.onSpinWait();
            }
        }
    }
}
