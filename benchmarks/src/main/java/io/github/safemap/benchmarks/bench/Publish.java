package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Copies of a run what is published: its report and figures, and the charts that a page shows. */
final class Publish {
    private static final List<String> FILES =
            List.of(Report.SCORES, Report.RATIOS, Environment.FILE, Environment.MACHINE);

    private static final Pattern CHART = Pattern.compile("!\\[.*]\\((.*)\\.svg\\)");

    private Publish() {}

    /**
     * Publishes.
     *
     * @param arguments the run's directory, the directory to copy to, and the names of charts, such as L1
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: Publish RUN DIRECTORY CHART...");
            System.exit(2);
        }
        Path run = Path.of(arguments[0]);
        Path to = Files.createDirectories(Path.of(arguments[1]));
        List<String> charts = Arrays.asList(arguments).subList(2, arguments.length);
        for (String file : FILES) {
            copy(run, to, file);
        }
        for (String chart : charts) {
            copy(run, to, chart + ".svg");
        }
        Files.write(to.resolve(Report.FILE), withOnly(charts, Files.readAllLines(run.resolve(Report.FILE))));
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
