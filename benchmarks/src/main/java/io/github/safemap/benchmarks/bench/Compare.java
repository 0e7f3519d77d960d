package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.Collector;
import io.github.safemap.benchmarks.support.Fork;
import io.github.safemap.benchmarks.support.ResultFiles;
import io.github.safemap.benchmarks.support.Summary;
import io.github.safemap.benchmarks.support.Table;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two builds of the libraries, by turns, with the benchmarks of this one. */
@Command(name = "compare", description = "Compares two builds of SafeMap, fork beside fork.")
public final class Compare implements Callable<Integer> {
    /** The file of the ratios in the directory of the raw results. */
    static final String RATIOS = "ratios.csv";

    /** Its columns; the ratio is the median of the rounds' ratios. */
    static final List<String> COLUMNS =
            List.of("workload", "figure", "keys", "size", "threads", "old", "new", "ratio", "rounds");

    private static final int SLOWER = 3;

    /** The two builds of one map stand in the table of scores in the places of two maps. */
    private static final Subject OLD = Subject.CONCURRENT_HASH_MAP;

    private static final Subject NEW = Subject.SAFE_MAP;

    @Option(names = "--old", required = true, description = "the class path of the old build")
    private String before = "";

    @Option(names = "--new", required = true, description = "the class path of the new build")
    private String after = "";

    @Option(names = "--subject", description = "${COMPLETION-CANDIDATES}")
    private Subject subject = Subject.SAFE_MAP;

    @Option(names = "--rounds")
    private int rounds = 5;

    @Option(names = "--gigabytes", description = "the heap of each fork")
    private int gigabytes = 2;

    @Option(names = "--out", required = true, description = "where the raw results go")
    private Path out = Path.of("");

    @Parameters(description = "JMH's arguments: a regular expression, -t, -p and the like")
    private List<String> jmh = new ArrayList<>();

    private final Map<Cell, Scores> scores = new TreeMap<>();

    private Compare() {}

    /** Runs the command line; the exit code is 3 if the new build is slower in some cell. */
    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Compare());
        command.setUnmatchedOptionsArePositionalParams(true);
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            System.err.println(failure.getMessage());
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.createDirectories(out);
        long start = System.nanoTime();
        for (int round = 1; round <= rounds; round++) {
            // Which goes first changes: what comes second meets a warmer processor.
            boolean oldFirst = round % 2 == 1;
            run(oldFirst, round);
            run(!oldFirst, round);
            System.err.printf(
                    Locale.ROOT, "round %d of %d, %d s%n", round, rounds, (System.nanoTime() - start) / 1_000_000_000);
        }
        writeRatios();
        Table table = new Table("cell", "old", "new", "new/old [95 %]", "");
        boolean slower = false;
        for (Map.Entry<Cell, Scores> entry : scores.entrySet()) {
            Cell cell = entry.getKey();
            Ratio ratio = entry.getValue().ratio(cell, OLD, NEW);
            slower |= ratio.behind();
            table.row(
                    cell.workload() + ", " + cell.keys() + ", " + cell.size() + ", " + cell.threads() + "t, "
                            + cell.figure(),
                    Table.number(entry.getValue().median(OLD)),
                    Table.number(entry.getValue().median(NEW)),
                    ratio.toString(),
                    ratio.behind() ? "slower" : ratio.ahead() ? "faster" : "not told");
        }
        System.out.println("Above 1 the new build is better; " + rounds + " rounds.");
        table.text().forEach(System.out::println);
        return slower ? SLOWER : 0;
    }

    private void writeRatios() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        scores.forEach((cell, both) -> {
            List<Double> ratios = both.ratios(cell, OLD, NEW);
            rows.add(cell.csv(both.median(OLD), both.median(NEW), Summary.median(ratios), ratios.size()));
        });
        new ResultFiles(out).csv(RATIOS, COLUMNS, rows);
    }

    private void run(boolean old, int round) throws IOException, InterruptedException {
        String name = (old ? "old-" : "new-") + round;
        Path file = out.resolve(name + ".json");
        List<String> command = new ArrayList<>(List.of("org.openjdk.jmh.Main"));
        command.addAll(jmh);
        command.addAll(Tool.jmh(Collector.G1.flags(gigabytes), List.of(), subject.name(), file));
        // The build's classes come before those that the benchmarks bring along.
        String classPath = (old ? before : after) + File.pathSeparator + System.getProperty("java.class.path");
        Fork.run(Fork.command(List.of(), classPath, command), out.resolve(name + ".txt"));
        String number = Integer.toString(round);
        RawFiles.readJmh(file, number)
                .forEach((cell, found) -> scores.computeIfAbsent(cell, c -> new Scores())
                        .add(old ? OLD : NEW, number, found.median(subject)));
    }
}
