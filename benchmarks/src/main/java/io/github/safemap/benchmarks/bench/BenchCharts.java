package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.BarChart;
import io.github.safemap.benchmarks.support.Chart;
import io.github.safemap.benchmarks.support.LineChart;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogReader;
import org.jspecify.annotations.Nullable;

/** The charts of a report, of what has been measured. */
final class BenchCharts {
    private static final Subject BASE = Subject.CONCURRENT_HASH_MAP;

    /** {@code R1-EPSILON-LONG-5000000-1t-SAFE_MAP-1-put.hlog}. */
    private static final Pattern HISTOGRAM =
            Pattern.compile("(R\\d)-(\\w+)-(\\w+-\\d+-\\dt)-(\\w+)-\\d+-(\\w+)\\.hlog");

    /** The cells of a workload that has more than one, but for the one in the overview. */
    private static final Pattern ONE_OF_SEVERAL =
            Pattern.compile("reads (99|75|100)|pick (HOT|UNIFORM)|skew 0\\.(01|5)$|allocation|order|presized|IS_EMPTY");

    /** The maps that all workloads of the overview have. */
    private static final List<Subject> OVERVIEW = List.of(BASE, Subject.NON_BLOCKING_HASH_MAP, Subject.SAFE_MAP);

    /** Marks a workload of which the rounds do not tell who is ahead. */
    private static final String NOT_TOLD = " ?";

    /** Points for each halving of the distance to 100 %, as HdrHistogram has it. */
    private static final int TICKS = 5;

    private static final double LEAST_MICROS = 0.01;

    private static final String AT = "bytes/entry at ";

    private final RunDirectory run;
    private final Map<Cell, Scores> cells;

    BenchCharts(RunDirectory run, Map<Cell, Scores> cells) {
        this.run = run;
        this.cells = cells;
    }

    /** Returns the charts for which there are figures, by name. */
    Map<String, Chart> all() throws IOException {
        Map<String, Chart> charts = new LinkedHashMap<>();
        overview(charts);
        pauses(charts);
        growthCycle(charts);
        latencyCurves(charts);
        bySize(charts);
        byThreads(charts);
        return charts;
    }

    /**
     * The ratio in one cell of each workload, with two threads where there are such: what a page begins with. T11 alone
     * is measured with String keys only.
     */
    private void overview(Map<String, Chart> charts) {
        Map<String, Map<Subject, Double>> groups = new LinkedHashMap<>();
        cells.forEach((cell, scores) -> {
            boolean usual = cell.size() == 100_000 || cell.id().matches("T6|T12");
            boolean shown = cell.isThroughput()
                    && usual
                    && cell.threads() <= 2
                    && (cell.keys().equals("LONG") || cell.id().equals("T11"))
                    && !ONE_OF_SEVERAL.matcher(cell.workload()).find();
            if (shown && scores.has(BASE)) {
                String name = cell.workload().replaceAll(", (reads|pick|skew|question).*", "")
                        + (isTold(scores.ratio(cell, BASE, Subject.SAFE_MAP)) ? "" : NOT_TOLD);
                Map<Subject, Double> ratios = new EnumMap<>(Subject.class);
                OVERVIEW.stream()
                        .filter(scores::has)
                        .forEach(s -> ratios.put(s, scores.ratio(cell, BASE, s).mean()));
                // Cells come by threads, so that two replace one.
                groups.put(name, ratios);
            }
        });
        if (groups.isEmpty()) {
            return;
        }
        BarChart chart = new BarChart(
                        "Throughput, as a ratio to ConcurrentHashMap (100,000 keys mostly; 2 threads, 1 where only that is measured)",
                        "?: SafeMap's interval includes 1, so the run does not tell which map is ahead",
                        "times as good as ConcurrentHashMap")
                .rotated(30);
        chart.logarithmic(0.05);
        addBars(chart, groups);
        charts.put("throughput", chart);
    }

    private static boolean isTold(Ratio ratio) {
        return ratio.ahead() || ratio.behind();
    }

    /** The longest operation of each latency workload, without a collector, beside the longest gap without a map. */
    private void pauses(Map<String, Chart> charts) {
        Map<String, Map<Subject, Double>> groups = new LinkedHashMap<>();
        Map<String, Double> gaps = new LinkedHashMap<>();
        cells.forEach((cell, scores) -> {
            if (cell.id().startsWith("R")
                    && cell.workload().endsWith("EPSILON")
                    && cell.figure().matches("(put|remove|nothing)\\.max")) {
                String name = cell.id() + (cell.threads() > 1 ? " " + cell.threads() + "t" : "");
                if (cell.figure().startsWith("nothing")) {
                    gaps.put(name, scores.median(scores.subjects().iterator().next()) / 1e6);
                } else {
                    Map<Subject, Double> millis = new EnumMap<>(Subject.class);
                    scores.subjects().forEach(s -> millis.put(s, scores.median(s) / 1e6));
                    groups.put(name + " " + cell.figure().replace(".max", ""), millis);
                }
            }
        });
        if (groups.isEmpty()) {
            return;
        }
        BarChart chart =
                new BarChart("The longest single operation, without a collector", "", "milliseconds").labelled();
        // The bars' feet: no pause is shorter than a microsecond.
        chart.logarithmic(0.001);
        addBars(chart, groups);
        List<String> names = List.copyOf(groups.keySet());
        chart.series(
                "a loop without a map",
                Color.GRAY,
                names,
                names.stream()
                        .map(name -> gaps.get(name.substring(0, name.lastIndexOf(' '))))
                        .toList());
        charts.put("pauses", chart);
    }

    private void growthCycle(Map<String, Chart> charts) {
        Map<Subject, Map<Double, Double>> curves = new EnumMap<>(Subject.class);
        cells.forEach((cell, scores) -> {
            if (cell.id().equals("M1") && cell.figure().startsWith(AT)) {
                double size = Double.parseDouble(cell.figure().substring(AT.length()));
                scores.subjects()
                        .forEach(s ->
                                curves.computeIfAbsent(s, x -> new TreeMap<>()).put(size / 1e6, scores.median(s)));
            }
        });
        if (!curves.isEmpty()) {
            LineChart chart = new LineChart(
                    "Bytes an entry beyond key and value, over one doubling", "millions of entries", "bytes an entry");
            curves.forEach(chart::markedLine);
            charts.put("M1", chart);
        }
    }

    /** Percentile curves; of several rounds, that with the median maximum. */
    private void latencyCurves(Map<String, Chart> charts) throws IOException {
        Map<String, Map<Subject, List<AbstractHistogram>>> groups = new TreeMap<>();
        for (Path step : run.finished()) {
            try (var files = Files.newDirectoryStream(step, "*.hlog")) {
                for (Path file : files) {
                    Matcher name = HISTOGRAM.matcher(file.getFileName().toString());
                    if (name.matches() && !name.group(5).equals("nothing")) {
                        String group = name.group(1) + "-" + name.group(5) + "-" + name.group(2) + "-" + name.group(3);
                        groups.computeIfAbsent(group, g -> new EnumMap<>(Subject.class))
                                .computeIfAbsent(Subject.valueOf(name.group(4)), s -> new ArrayList<>())
                                .add(histogram(file));
                    }
                }
            }
        }
        groups.forEach((group, curves) -> {
            LineChart chart = new LineChart(
                            group.replace('-', ' ') + ": how long one operation takes",
                            "one operation in so many takes longer",
                            "microseconds")
                    .logarithmicX();
            chart.logarithmic(LEAST_MICROS);
            curves.forEach((s, rounds) -> {
                rounds.sort(Comparator.comparingLong(AbstractHistogram::getMaxValue));
                chart.line(s, percentiles(rounds.get(rounds.size() / 2)));
            });
            charts.put(group, chart);
        });
    }

    /** Reads the only histogram in a log. */
    static AbstractHistogram histogram(Path file) throws IOException {
        try (HistogramLogReader log = new HistogramLogReader(file.toFile())) {
            return (AbstractHistogram) log.nextIntervalHistogram();
        }
    }

    /** Returns microseconds by one operation in so many; the longest is one of as many as there were. */
    static NavigableMap<Double, Double> percentiles(AbstractHistogram histogram) {
        NavigableMap<Double, Double> points = new TreeMap<>();
        for (HistogramIterationValue step : histogram.percentiles(TICKS)) {
            double share = 1 - step.getPercentileLevelIteratedTo() / 100;
            double oneIn = Math.min(1 / share, histogram.getTotalCount());
            // Less is less than the clock itself costs.
            points.put(oneIn, Math.max(LEAST_MICROS, step.getValueIteratedTo() / 1e3));
        }
        return points;
    }

    private void bySize(Map<String, Chart> charts) {
        byGroup(
                cell -> cell.workload() + "-" + cell.keys() + "-" + cell.threads() + "t",
                "entries",
                Cell::size,
                (name, chart) -> charts.put(fileName(name + "-by-size"), chart.logarithmicX()));
    }

    private void byThreads(Map<String, Chart> charts) {
        byGroup(
                cell -> cell.workload() + "-" + cell.keys() + "-" + cell.size(),
                "threads",
                Cell::threads,
                (name, chart) -> charts.put(fileName(name + "-by-threads"), chart.patternX("0")));
    }

    /** Draws a chart of each group of throughput cells that differ by {@code x}, by the name of the group. */
    private void byGroup(
            Function<Cell, String> group,
            String title,
            ToDoubleFunction<Cell> x,
            BiConsumer<String, LineChart> charts) {
        Map<String, List<Cell>> groups = cells.keySet().stream()
                .filter(Cell::isThroughput)
                .collect(Collectors.groupingBy(group, TreeMap::new, Collectors.toList()));
        groups.forEach((name, members) -> {
            if (members.stream().mapToDouble(x).distinct().count() > 1) {
                Map<Subject, Map<Double, Double>> curves = new EnumMap<>(Subject.class);
                for (Cell cell : members) {
                    Scores scores = cells.get(cell);
                    scores.subjects()
                            .forEach(s -> curves.computeIfAbsent(s, c -> new TreeMap<>())
                                    .put(x.applyAsDouble(cell), scores.median(s)));
                }
                LineChart chart = new LineChart(
                        name.replace('-', ' '), title, members.get(0).figure());
                curves.forEach(chart::markedLine);
                charts.accept(name, chart);
            }
        });
    }

    private static void addBars(BarChart chart, Map<String, Map<Subject, Double>> groups) {
        List<String> names = List.copyOf(groups.keySet());
        for (Subject subject : Subject.values()) {
            if (groups.values().stream().anyMatch(group -> group.containsKey(subject))) {
                // Null where it was not measured: then there is no bar.
                List<@Nullable Double> values = names.stream()
                        .map(name -> groups.get(name).get(subject))
                        .toList();
                chart.series(subject.label(), Chart.colourOf(subject), names, values);
            }
        }
    }

    /** Returns a file's name that begins with the workload's and a dash. */
    private static String fileName(String name) {
        return name.replaceFirst(" ", "-")
                .replaceAll("[^A-Za-z0-9-]+", "_")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^t", "T");
    }
}
