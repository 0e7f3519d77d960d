package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ResultFiles;
import io.github.safemap.benchmarks.support.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes {@code report.md}, {@code scores.csv}, {@code ratios.csv} and the charts. */
final class Report {
    /** The file that people read. */
    static final String FILE = "report.md";

    /** The file of the scores: all that a published run keeps of its raw results. */
    static final String SCORES = "scores.csv";

    /** The file of the ratios. */
    static final String RATIOS = "ratios.csv";

    private static final Subject BASE = Subject.CONCURRENT_HASH_MAP;
    private static final Subject OURS = Subject.SAFE_MAP;

    /** What the workloads are, in the order of the sections. */
    private static final Map<String, String> SECTIONS = sections();

    private final RunDirectory run;
    private final List<String> facts;
    private final List<String> lines = new ArrayList<>();

    Report(RunDirectory run, List<String> facts) {
        this.run = run;
        this.facts = facts;
    }

    /** Reads all finished steps and writes. */
    void write() throws IOException {
        Map<Cell, Scores> cells = RawFiles.read(run);
        ResultFiles files = new ResultFiles(run.path());
        files.csv(SCORES, columns("subject", "round", "score"), scores(cells));
        files.csv(RATIOS, columns("subject", "rounds", "ratio", "low", "high"), ratios(cells));
        copyLabCharts();
        files.charts(new BenchCharts(run, cells).all());
        files.text(FILE, markdown(cells, charts()));
    }

    /** Returns the report as Markdown, from the second level of headings on. */
    List<String> markdown(Map<Cell, Scores> cells, List<String> charts) {
        lines.clear();
        facts.forEach(fact -> lines.add("- " + fact));
        load().ifPresent(fact -> lines.add("- " + fact));
        lines.add("");
        lines.add("A ratio says how many times better than ConcurrentHashMap a map is: above 1 it is"
                + " better, in every table, also where less is better. In brackets: where the ratio"
                + " lies with 95 % confidence, by Student's t over the logarithms of the rounds'"
                + " ratios; the forks of a round are neighbours. Scores are medians over the rounds.");
        standing(cells);
        SECTIONS.forEach((id, title) -> section(id, title, cells, charts));
        labText();
        return lines;
    }

    private void standing(Map<Cell, Scores> cells) {
        List<String> ahead = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        List<String> open = new ArrayList<>();
        cells.forEach((cell, scores) -> {
            if (cell.isThroughput() && scores.has(BASE) && scores.has(OURS)) {
                Ratio ratio = scores.ratio(cell, BASE, OURS);
                String line = "- " + cell.describe() + ": " + ratio;
                (ratio.ahead() ? ahead : ratio.behind() ? behind : open).add(line);
            }
        });
        int all = ahead.size() + behind.size() + open.size();
        if (all > 0) {
            heading("Where SafeMap stands beside ConcurrentHashMap: throughput");
            lines.add(String.format(
                    Locale.ROOT,
                    "Of %d cells SafeMap is ahead in %d and behind in %d; of %d the rounds do not tell.",
                    all,
                    ahead.size(),
                    behind.size(),
                    open.size()));
            list("Behind:", behind);
            list("Ahead:", ahead);
            list("Not told:", open);
        }
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(title);
            lines.add("");
            lines.addAll(items);
        }
    }

    private void section(String id, String title, Map<Cell, Scores> cells, List<String> charts) {
        Map<Cell, Scores> mine = new LinkedHashMap<>();
        Set<Subject> subjects = EnumSet.noneOf(Subject.class);
        cells.forEach((cell, scores) -> {
            if (cell.id().equals(id) && !isDetail(cell.figure())) {
                mine.put(cell, scores);
                subjects.addAll(scores.subjects());
            }
        });
        List<String> pictures = charts.stream()
                .filter(chart -> chart.startsWith(id + "-") || chart.equals(id + ".svg"))
                .toList();
        if (mine.isEmpty() && pictures.isEmpty()) {
            return;
        }
        String head = Character.isUpperCase(id.charAt(0)) ? id + ": " + title : title;
        heading(head);
        pictures.forEach(chart -> {
            lines.add("![" + head + "](" + chart + ")");
            lines.add("");
        });
        if (!mine.isEmpty()) {
            table(mine, columns(subjects));
        }
    }

    private static List<Subject> columns(Set<Subject> subjects) {
        List<Subject> columns = new ArrayList<>(List.of(BASE, OURS));
        subjects.stream().filter(s -> !columns.contains(s)).forEach(columns::add);
        return columns;
    }

    private void table(Map<Cell, Scores> cells, List<Subject> columns) {
        List<String> head = new ArrayList<>(List.of("cell"));
        columns.forEach(column -> head.add(column.label()));
        Table table = new Table(head);
        cells.forEach((cell, scores) -> {
            List<String> row = new ArrayList<>(List.of(cell.describe()));
            columns.forEach(column -> row.add(entry(cell, scores, column)));
            table.row(row);
        });
        lines.addAll(table.markdown());
    }

    private static String entry(Cell cell, Scores scores, Subject subject) {
        if (!scores.has(subject)) {
            return "";
        }
        String score = Table.number(scores.median(subject));
        if (subject == BASE || cell.figure().startsWith("nothing.") || cell.id().equals("A1")) {
            return score;
        }
        Ratio ratio = scores.ratio(cell, BASE, subject);
        return cell.isThroughput() ? score + "; **" + ratio + "**" : score + "; " + ratio;
    }

    private void heading(String text) {
        lines.add("");
        lines.add("### " + text);
        lines.add("");
    }

    /** Figures that only charts and files show. */
    private static boolean isDetail(String figure) {
        return figure.startsWith("bytes/entry at")
                || figure.equals("reader.found")
                || figure.startsWith("nothing.") && !figure.equals("nothing.max");
    }

    /** Returns what else the machine did: more than its processors is somebody else's work. */
    private Optional<String> load() {
        DoubleSummaryStatistics loads = new DoubleSummaryStatistics();
        try {
            for (Path step : run.finished()) {
                if (Files.exists(step.resolve(Steps.RECORD))) {
                    Files.readAllLines(step.resolve(Steps.RECORD)).stream()
                            .filter(line -> line.startsWith("began "))
                            .mapToDouble(line -> Double.parseDouble(line.replaceAll(".*load ", "")))
                            .forEach(loads::accept);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return loads.getCount() == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Load average before the %d steps: %.1f to %.1f, mean %.1f",
                        loads.getCount(),
                        loads.getMin(),
                        loads.getMax(),
                        loads.getAverage()));
    }

    private void labText() {
        try {
            for (Path step : run.finished()) {
                Path text = step.resolve("lab.txt");
                if (Files.exists(text)) {
                    heading("The leak lab, " + step.getParent().getFileName());
                    lines.add("```");
                    lines.addAll(Files.readAllLines(text));
                    lines.add("```");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyLabCharts() throws IOException {
        for (Path step : run.finished()) {
            if (Files.exists(step.resolve("lab.csv"))) {
                try (var charts = Files.newDirectoryStream(step, "*.svg")) {
                    for (Path chart : charts) {
                        Path to = run.path().resolve(chart.getFileName());
                        Files.copy(chart, to, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    /** Returns the charts that the run has, also those that only a published run has. */
    private List<String> charts() throws IOException {
        List<String> charts = new ArrayList<>();
        try (var files = Files.newDirectoryStream(run.path(), "*.svg")) {
            files.forEach(file -> charts.add(file.getFileName().toString()));
        }
        Collections.sort(charts);
        return charts;
    }

    private static List<String> columns(String... more) {
        List<String> columns = new ArrayList<>(Cell.COLUMNS);
        columns.addAll(List.of(more));
        return columns;
    }

    private static List<List<Object>> scores(Map<Cell, Scores> cells) {
        List<List<Object>> rows = new ArrayList<>();
        cells.forEach((cell, scores) -> scores.subjects()
                .forEach(subject ->
                        scores.of(subject).forEach((round, score) -> rows.add(cell.csv(subject, round, score)))));
        return rows;
    }

    private static List<List<Object>> ratios(Map<Cell, Scores> cells) {
        List<List<Object>> rows = new ArrayList<>();
        cells.forEach((cell, scores) -> scores.subjects().forEach(subject -> {
            Ratio r = scores.ratio(cell, BASE, subject);
            rows.add(cell.csv(subject, r.rounds(), r.mean(), r.low(), r.high()));
        }));
        return rows;
    }

    private static Map<String, String> sections() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("throughput", "Throughput of all workloads");
        all.put("pauses", "The longest single operations");
        all.put("L1", "what is left of 1,000,000 entries when all are deleted");
        all.put("L2", "what is left of 20,000,000 entries when all are deleted");
        all.put("L3", "what is left when some survive");
        all.put("L4", "small maps");
        all.put("L5", "the heap through a rush");
        all.put("L6", "full collections with 10,000,000 entries, in milliseconds");
        all.put("L7", "the process's memory, before, full, and after all is deleted");
        all.put("M1", "bytes an entry over a growth cycle");
        all.put("M2", "bytes of small maps");
        all.put("M3", "bytes kept after a mass delete");
        all.put("M4", "bytes through steady churn");
        all.put("M5", "bytes an entry while a million entries are exchanged");
        all.put("M6", "bytes an entry with its key, and nanoseconds of hits and misses, new and aged");
        all.put("R1", "one put while the map grows, in nanoseconds");
        all.put("R2", "one remove while the map empties, in nanoseconds");
        all.put("R3", "fill and empty, ten times, in nanoseconds");
        all.put("R4", "one put of the first fill of a JVM, in nanoseconds");
        all.put("R5", "one of the first removals of a JVM, down to nothing, in nanoseconds");
        all.put("R6", "one get while another thread grows the map, merges into it and shrinks it, in nanoseconds");
        all.put("R7", "one put and one get at scale, in nanoseconds, and bytes");
        all.put("T1", "get of a present key");
        all.put("T2", "get of an absent key");
        all.put("T3", "put over a present key");
        all.put("T4", "churn");
        all.put("T5", "mixes of get, put and remove");
        all.put("T6", "computeIfAbsent of a present key");
        all.put("T7", "counters by merge");
        all.put("T8", "iteration, full and after a mass delete");
        all.put("T9", "fill from empty");
        all.put("T10", "exchange");
        all.put("T11", "get, putIfAbsent, remove");
        all.put("T12", "parallel load from empty");
        all.put("T13", "get and put over, some keys much more often");
        all.put("T14", "get of the key that the last get returned");
        all.put("T15", "thousands of small maps");
        all.put("T16", "churn that asks for the size");
        all.put("A1", "bytes that one operation allocates");
        return all;
    }
}
