package io.github.safemap.benchmarks.bars;

import io.github.safemap.benchmarks.Subject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Reads the raw results that {@code run-bars.sh} leaves. */
final class RawFiles {
    /** {@code jmh-<what>-<collector>-<round>.csv}, as JMH writes it. */
    private static final Pattern JMH = Pattern.compile("jmh-\\w+-(\\w+)-(\\d+)\\.csv");

    /** {@code R1-EPSILON-LONG-5000000-1t} or {@code M1-SERIAL-LONG-40}. */
    private static final Pattern CELL =
            Pattern.compile("(\\w+)-(\\w+)-(\\w+)-(\\d+)(?:-(\\d+)t)?");

    private static final Pattern BENCHMARK = Pattern.compile("\\.(T\\d+)\\w*\\.\\D+(\\d*)$");

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Map<Cell, Scores> cells = new TreeMap<>();

    private RawFiles() {}

    static Map<Cell, Scores> read(Path directory) throws IOException {
        RawFiles files = new RawFiles();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "*.csv")) {
            for (Path file : all) {
                Matcher jmh = JMH.matcher(file.getFileName().toString());
                boolean isJmh = jmh.matches();
                try (Reader reader = Files.newBufferedReader(file)) {
                    for (CSVRecord line : FORMAT.parse(reader)) {
                        if (isJmh) {
                            files.jmh(line, jmh.group(1), Integer.parseInt(jmh.group(2)));
                        } else {
                            files.figure(line);
                        }
                    }
                }
            }
        }
        return files.cells;
    }

    private void jmh(CSVRecord line, String collector, int round) {
        Matcher name = BENCHMARK.matcher(line.get("Benchmark"));
        if (!name.find()) {
            throw new IllegalArgumentException(line.get("Benchmark"));
        }
        String size = name.group(2).isEmpty() ? line.get("Param: size") : name.group(2);
        String unit = line.get("Unit");
        Cell cell =
                new Cell(
                        name.group(1) + " " + collector + ", " + unit,
                        line.get("Param: keys"),
                        Long.parseLong(size),
                        Integer.parseInt(line.get("Threads")),
                        unit.startsWith("ops/"));
        add(cell, line.get("Param: subject"), round, line.get("Score"));
    }

    private void figure(CSVRecord line) {
        String figure = line.get("figure");
        Matcher name = CELL.matcher(line.get("cell"));
        if (!name.matches() || isDetail(figure)) {
            return;
        }
        String threads = name.group(5);
        Cell cell =
                new Cell(
                        name.group(1) + " " + name.group(2) + ", " + figure,
                        name.group(3),
                        Long.parseLong(name.group(4)),
                        threads == null ? 1 : Integer.parseInt(threads),
                        figure.endsWith(".mops"));
        int round = Integer.parseInt(line.get("round"));
        add(cell, line.get("subject"), round, line.get("value"));
    }

    private void add(Cell cell, String subject, int round, String score) {
        cells.computeIfAbsent(cell, c -> new Scores())
                .add(Subject.valueOf(subject), round, Double.parseDouble(score));
    }

    private static boolean isDetail(String figure) {
        return figure.startsWith("bytes/entry at")
                || figure.equals("reader.found")
                || figure.startsWith("nothing.") && !figure.equals("nothing.max");
    }
}
