package io.github.safemap.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a run's report into a page, between two marks, and its raw files beside it: the page's figures are
 * generated, not typed.
 */
final class Publish {
    private static final String BEGIN = "<!-- begin of run ";
    private static final String END = "<!-- end of run ";
    private static final String MARK_ENDS = " -->";

    private Publish() {}

    /**
     * Publishes.
     *
     * @param arguments the run's directory, the page, the directory for the raw files, and the name of the
     *     marks
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("usage: Publish RUN PAGE.md RAW NAME");
            System.exit(2);
        }
        Path run = Path.of(arguments[0]);
        Path page = Path.of(arguments[1]).toAbsolutePath();
        Path raw = Path.of(arguments[2]).toAbsolutePath();
        copy(run, raw);
        String links = page.getParent().relativize(raw).toString().replace('\\', '/');
        List<String> report = Files.readAllLines(run.resolve(Report.FILE)).stream()
                .map(line -> line.replaceAll("\\]\\(([\\w.-]+\\.svg)\\)", "](" + links + "/$1)"))
                .toList();
        Files.write(page, inserted(Files.readAllLines(page), report, arguments[3]));
    }

    /**
     * Returns the page with the lines between the marks of {@code name} replaced.
     *
     * @throws IllegalArgumentException if the page has no such marks
     */
    static List<String> inserted(List<String> page, List<String> report, String name) {
        int begin = page.indexOf(BEGIN + name + MARK_ENDS);
        int end = page.indexOf(END + name + MARK_ENDS);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "The page has no " + BEGIN + name + MARK_ENDS + " and " + END + name + MARK_ENDS);
        }
        List<String> lines = new ArrayList<>(page.subList(0, begin + 1));
        lines.add("");
        lines.addAll(report);
        lines.add("");
        lines.addAll(page.subList(end, page.size()));
        return lines;
    }

    /** Copies all but the class path and what a step left unfinished. */
    private static void copy(Path run, Path raw) throws IOException {
        RunDirectory.delete(raw);
        List<Path> files;
        try (Stream<Path> all = Files.walk(run)) {
            files = all.filter(Files::isRegularFile).map(run::relativize).toList();
        }
        for (Path file : files) {
            boolean left = file.startsWith("class-path") || file.toString().contains(".unfinished");
            if (!left) {
                Path to = raw.resolve(file);
                Files.createDirectories(to.getParent());
                Files.copy(run.resolve(file), to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
