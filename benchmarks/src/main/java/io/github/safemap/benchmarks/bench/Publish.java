package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies of a run what is published: its report and figures, and the charts that a page shows. */
@Command(name = "publish", description = "Copies of a run what is published.")
final class Publish implements Callable<Integer> {
    private static final List<String> FILES =
            List.of(Report.SCORES, Report.RATIOS, Environment.FILE, Environment.MACHINE);

    private static final Pattern CHART = Pattern.compile("!\\[.*]\\((.*)\\.svg\\)");

    @Parameters(index = "0", paramLabel = "RUN", description = "the directory of a finished run")
    private Path run = Path.of("");

    @Parameters(index = "1", paramLabel = "DIRECTORY", description = "where the copies go")
    private Path to = Path.of("");

    @Parameters(index = "2..*", paramLabel = "CHART", description = "the names of charts, such as L1")
    private List<String> charts = new ArrayList<>();

    Publish() {}

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Publish()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(to);
        for (String file : FILES) {
            copy(run, to, file);
        }
        for (String chart : charts) {
            copy(run, to, chart + ".svg");
        }
        Files.write(to.resolve(Report.FILE), withOnly(charts, Files.readAllLines(run.resolve(Report.FILE))));
        return 0;
    }

    /** Returns a report without the lines that show other charts. */
    static List<String> withOnly(List<String> charts, List<String> report) {
        return report.stream()
                .filter(line -> CHART.matcher(line).results().allMatch(chart -> charts.contains(chart.group(1))))
                .toList();
    }

    private static void copy(Path from, Path to, String file) throws IOException {
        Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
}
