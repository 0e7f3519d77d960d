package io.github.safemap.benchmarks.bench;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ChartStyle;
import io.github.safemap.benchmarks.support.NamedChart;
import java.awt.BasicStroke;
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
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a report, of what has been measured. */
final class BenchCharts {
    private static final Subject BASE = Subject.CONCURRENT_HASH_MAP;

    /** {@code R1-EPSILON-LONG-5000000-1t-SAFE_MAP-1-put.hgrm}. */
    private static final Pattern HISTOGRAM =
            Pattern.compile("(R\\d)-(\\w+)-(\\w+-\\d+-\\dt)-(\\w+)-\\d+-(\\w+)\\.hgrm");

    /** The cells of a workload that has more than one, but for the one in the overview. */
    private static final Pattern ONE_OF_SEVERAL =
            Pattern.compile("reads (99|75|100)|pick (HOT|UNIFORM)|skew 0\\.(01|5)$|allocation|order|presized|IS_EMPTY");

    /** The maps that all workloads of the overview have. */
    private static final List<Subject> OVERVIEW = List.of(BASE, Subject.NON_BLOCKING_HASH_MAP, Subject.SAFE_MAP);

    private static final String AT = "bytes/entry at ";

    private final RunDirectory run;
    private final Map<Cell, Scores> cells;

    BenchCharts(RunDirectory run, Map<Cell, Scores> cells) {
        this.run = run;
        this.cells = cells;
    }

    /** Returns the charts for which there are figures. */
    List<NamedChart> all() throws IOException {
        List<NamedChart> charts = new ArrayList<>();
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
    private void overview(List<NamedChart> charts) {
        Map<String, Map<Subject, Double>> groups = new LinkedHashMap<>();
        cells.forEach((cell, scores) -> {
            boolean usual = cell.size() == 100_000 || cell.id().matches("T6|T12");
            boolean shown = cell.isThroughput()
                    && usual
                    && cell.threads() <= 2
                    && (cell.keys().equals("LONG") || cell.id().equals("T11"))
                    && !ONE_OF_SEVERAL.matcher(cell.workload()).find();
            if (shown && scores.has(BASE)) {
                String name = cell.workload().replaceAll(", (reads|pick|skew|question).*", "");
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
        CategoryChart chart = bars(
                "Throughput, as a ratio to ConcurrentHashMap (100,000 keys mostly; 2 threads, 1 where only that is measured)",
                "",
                "times as good as ConcurrentHashMap");
        ChartStyle.applyLogarithmic(chart.getStyler());
        chart.getStyler().setYAxisMin(0.05);
        chart.getStyler().setXAxisLabelRotation(30);
        addBars(chart, groups);
        charts.add(new NamedChart("throughput", chart));
    }

    /** The longest operation of each latency workload, without a collector. */
    private void pauses(List<NamedChart> charts) {
        Map<String, Map<Subject, Double>> groups = new LinkedHashMap<>();
        cells.forEach((cell, scores) -> {
            if (cell.id().startsWith("R")
                    && cell.workload().endsWith("EPSILON")
                    && cell.figure().matches("(put|remove)\\.max")) {
                String name = cell.id() + " " + cell.figure().replace(".max", "")
                        + (cell.threads() > 1 ? " " + cell.threads() + "t" : "");
                Map<Subject, Double> millis = new EnumMap<>(Subject.class);
                scores.subjects().forEach(s -> millis.put(s, scores.median(s) / 1e6));
                groups.put(name, millis);
            }
        });
        if (groups.isEmpty()) {
            return;
        }
        CategoryChart chart = bars("The longest single operation, without a collector", "", "milliseconds");
        ChartStyle.applyLogarithmic(chart.getStyler());
        // The bars' feet: no pause is shorter than a microsecond.
        chart.getStyler().setYAxisMin(0.001);
        chart.getStyler().setLabelsVisible(true);
        addBars(chart, groups);
        charts.add(new NamedChart("pauses", chart));
    }

    private void growthCycle(List<NamedChart> charts) {
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
            XYChart chart = lines(
                    "Bytes an entry beyond key and value, over one doubling", "millions of entries", "bytes an entry");
            ChartStyle.apply(chart.getStyler());
            curves.forEach((s, curve) -> addLine(chart, s, curve, true));
            charts.add(new NamedChart("M1", chart));
        }
    }

    /** Percentile curves; of several rounds, that with the median maximum. */
    private void latencyCurves(List<NamedChart> charts) throws IOException {
        Map<String, Map<Subject, List<Hgrm>>> groups = new TreeMap<>();
        for (Path step : run.finished()) {
            try (var files = Files.newDirectoryStream(step, "*.hgrm")) {
                for (Path file : files) {
                    Matcher name = HISTOGRAM.matcher(file.getFileName().toString());
                    if (name.matches() && !name.group(5).equals("nothing")) {
                        String group = name.group(1) + "-" + name.group(5) + "-" + name.group(2) + "-" + name.group(3);
                        groups.computeIfAbsent(group, g -> new EnumMap<>(Subject.class))
                                .computeIfAbsent(Subject.valueOf(name.group(4)), s -> new ArrayList<>())
                                .add(Hgrm.read(file));
                    }
                }
            }
        }
        groups.forEach((group, curves) -> {
            XYChart chart = lines(
                    group.replace('-', ' ') + ": how long one operation takes",
                    "one operation in so many takes longer",
                    "microseconds");
            ChartStyle.applyLogarithmic(chart.getStyler());
            chart.getStyler().setXAxisLogarithmic(true);
            curves.forEach((s, rounds) -> {
                rounds.sort(Comparator.comparingDouble(Hgrm::longest));
                Hgrm curve = rounds.get(rounds.size() / 2);
                Map<Double, Double> points = new TreeMap<>();
                for (int i = 0; i < curve.values().size(); i++) {
                    // What the clock shows as 0 has no logarithm.
                    points.put(
                            curve.inverses().get(i),
                            Math.max(0.001, curve.values().get(i)));
                }
                addLine(chart, s, points, false);
            });
            charts.add(new NamedChart(group, chart));
        });
    }

    private void bySize(List<NamedChart> charts) {
        Map<String, List<Cell>> groups =
                groups(cell -> cell.workload() + "-" + cell.keys() + "-" + cell.threads() + "t");
        groups.forEach((name, members) -> {
            if (members.stream().map(Cell::size).distinct().count() > 1) {
                XYChart chart =
                        lines(name.replace('-', ' '), "entries", members.get(0).figure());
                ChartStyle.apply(chart.getStyler());
                chart.getStyler().setXAxisLogarithmic(true);
                addCurves(chart, members, cell -> (double) cell.size());
                charts.add(new NamedChart(fileName(name + "-by-size"), chart));
            }
        });
    }

    private void byThreads(List<NamedChart> charts) {
        Map<String, List<Cell>> groups = groups(cell -> cell.workload() + "-" + cell.keys() + "-" + cell.size());
        groups.forEach((name, members) -> {
            if (members.stream().map(Cell::threads).distinct().count() > 1) {
                XYChart chart =
                        lines(name.replace('-', ' '), "threads", members.get(0).figure());
                ChartStyle.apply(chart.getStyler());
                chart.getStyler().setXAxisDecimalPattern("0");
                addCurves(chart, members, cell -> (double) cell.threads());
                charts.add(new NamedChart(fileName(name + "-by-threads"), chart));
            }
        });
    }

    private Map<String, List<Cell>> groups(Function<Cell, String> name) {
        Map<String, List<Cell>> groups = new TreeMap<>();
        cells.keySet().stream()
                .filter(Cell::isThroughput)
                .forEach(cell -> groups.computeIfAbsent(name.apply(cell), n -> new ArrayList<>())
                        .add(cell));
        return groups;
    }

    private void addCurves(XYChart chart, List<Cell> members, Function<Cell, Double> x) {
        Map<Subject, Map<Double, Double>> curves = new EnumMap<>(Subject.class);
        for (Cell cell : members) {
            Scores scores = cells.get(cell);
            scores.subjects()
                    .forEach(
                            s -> curves.computeIfAbsent(s, c -> new TreeMap<>()).put(x.apply(cell), scores.median(s)));
        }
        curves.forEach((s, curve) -> addLine(chart, s, curve, true));
    }

    private static void addBars(CategoryChart chart, Map<String, Map<Subject, Double>> groups) {
        List<String> names = List.copyOf(groups.keySet());
        for (Subject subject : Subject.values()) {
            if (groups.values().stream().anyMatch(group -> group.containsKey(subject))) {
                // Null where it was not measured: then there is no bar.
                List<@Nullable Double> values = names.stream()
                        .map(name -> groups.get(name).get(subject))
                        .toList();
                chart.addSeries(subject.label(), names, values).setFillColor(ChartStyle.colourOf(subject));
            }
        }
    }

    private static void addLine(XYChart chart, Subject subject, Map<Double, Double> points, boolean marked) {
        XYSeries series = chart.addSeries(subject.label(), List.copyOf(points.keySet()), List.copyOf(points.values()));
        series.setLineColor(ChartStyle.colourOf(subject));
        series.setLineStyle(new BasicStroke(subject == Subject.SAFE_MAP ? 4 : 2.5f));
        series.setMarker(marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(ChartStyle.colourOf(subject));
    }

    private static XYChart lines(String title, String x, String y) {
        return new XYChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
    }

    private static CategoryChart bars(String title, String x, String y) {
        return new CategoryChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
    }

    /** Returns a file's name that begins with the workload's and a dash. */
    private static String fileName(String name) {
        return name.replaceFirst(" ", "-")
                .replaceAll("[^A-Za-z0-9-]+", "_")
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^t", "T");
    }
}
