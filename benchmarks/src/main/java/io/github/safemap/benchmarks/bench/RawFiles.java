package io.github.safemap.benchmarks.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ResultFiles;
import io.github.safemap.benchmarks.throughput.Label;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Reads the raw results that a run leaves: what the finished steps wrote. */
final class RawFiles {
    /** {@code R1-EPSILON-LONG-5000000-1t} or {@code M1-SERIAL-LONG-40}. */
    private static final Pattern CELL = Pattern.compile("(\\w+)-(\\w+)-(\\w+)-(\\d+)(?:-(\\d+)t)?");

    /** {@code …throughput.FillLarge.fill5000000}; older runs have the label in the name, T9FillLarge. */
    private static final Pattern BENCHMARK = Pattern.compile("^([\\w.]*\\.)(T\\d+)?(\\w+)\\.(\\D+)(\\d*)$");

    /** Parameters that have a column of their own. */
    private static final Set<String> COLUMNS = Set.of("subject", "keys", "size");

    /** Parameters that no name mentions. */
    private static final Set<String> USUAL = Set.of("allocation AT_PUT", "order CYCLE", "presized false");

    /** What JMH's profiler calls the bytes that one operation allocates. */
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Map<Cell, Scores> cells = new TreeMap<>();

    private RawFiles() {}

    /** Returns all scores of the steps that are finished; of a published run, those that it has kept. */
    static Map<Cell, Scores> read(RunDirectory run) throws IOException {
        RawFiles files = new RawFiles();
        if (run.finished().isEmpty() && Files.exists(run.path().resolve(Report.SCORES))) {
            for (CSVRecord line : ResultFiles.read(run.path().resolve(Report.SCORES))) {
                files.add(Cell.of(line), line.get("subject"), line.get("round"), Double.parseDouble(line.get("score")));
            }
        }
        for (Path step : run.finished()) {
            String round = RunDirectory.roundOf(step);
            for (String name : List.of("latency.csv", "memory.csv")) {
                if (Files.exists(step.resolve(name))) {
                    ResultFiles.read(step.resolve(name)).forEach(line -> files.figure(line, round));
                }
            }
            if (Files.exists(step.resolve(Tool.JMH_FILE))) {
                files.jmh(step.resolve(Tool.JMH_FILE), round);
            }
        }
        return files.cells;
    }

    /** Returns the scores in one file that JMH wrote, as those of one round. */
    static Map<Cell, Scores> readJmh(Path file, String round) throws IOException {
        RawFiles files = new RawFiles();
        files.jmh(file, round);
        return files.cells;
    }

    private void jmh(Path file, String round) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            for (JsonElement result : JsonParser.parseReader(reader).getAsJsonArray()) {
                jmh(result.getAsJsonObject(), round);
            }
        }
    }

    private void jmh(JsonObject result, String round) {
        String benchmark = result.get("benchmark").getAsString();
        Matcher name = BENCHMARK.matcher(benchmark);
        if (!name.find()) {
            throw new IllegalArgumentException(benchmark);
        }
        JsonObject params = result.getAsJsonObject("params");
        JsonObject metric = result.getAsJsonObject("primaryMetric");
        String size = name.group(5).isEmpty() ? params.get("size").getAsString() : name.group(5);
        String workload = workload(name, params, result.toString());
        String unit = metric.get("scoreUnit").getAsString();
        String keys = params.get("keys").getAsString();
        int threads = result.get("threads").getAsInt();
        String subject = params.get("subject").getAsString();
        Cell cell = new Cell(workload, unit, keys, Long.parseLong(size), threads, unit.startsWith("ops/"));
        add(cell, subject, round, metric.get("score").getAsDouble());
        JsonObject secondary = result.getAsJsonObject("secondaryMetrics");
        if (secondary != null && secondary.has(ALLOCATION)) {
            Cell allocation = new Cell("A1 " + workload, "B/op", keys, Long.parseLong(size), threads, false);
            double bytes = secondary.getAsJsonObject(ALLOCATION).get("score").getAsDouble();
            add(allocation, subject, round, bytes);
        }
    }

    private static String workload(Matcher name, JsonObject params, String all) {
        String label = name.group(2) == null ? label(name.group(1) + name.group(3)) : name.group(2);
        StringBuilder text = new StringBuilder(label);
        String what = name.group(3).replaceAll("Small$|Large$", "");
        text.append(what.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT));
        if (label.equals("T6") && name.group(4).equals("get")) {
            text.append(", but get");
        }
        for (Map.Entry<String, JsonElement> param : params.entrySet()) {
            String shown = param.getKey() + " " + param.getValue().getAsString();
            if (!COLUMNS.contains(param.getKey()) && !USUAL.contains(shown)) {
                text.append(", ").append(shown);
            }
        }
        return text.append(all.contains("-XX:+UseEpsilonGC") ? ", Epsilon" : "").toString();
    }

    /** Returns the label of the benchmark class of that name. */
    static String label(String benchmark) {
        try {
            return Class.forName(benchmark).getAnnotation(Label.class).value();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(benchmark, e);
        }
    }

    private void figure(CSVRecord line, String round) {
        String figure = line.get("figure");
        Matcher name = CELL.matcher(line.get("cell"));
        if (!name.matches()) {
            return;
        }
        String threads = name.group(5);
        Cell cell = new Cell(
                name.group(1) + " " + name.group(2),
                figure,
                name.group(3),
                Long.parseLong(name.group(4)),
                threads == null ? 1 : Integer.parseInt(threads),
                Cell.isRate(figure));
        add(cell, line.get("subject"), round, Double.parseDouble(line.get("value")));
    }

    private void add(Cell cell, String subject, String round, double score) {
        cells.computeIfAbsent(cell, c -> new Scores()).add(Subject.valueOf(subject), round, score);
    }
}
