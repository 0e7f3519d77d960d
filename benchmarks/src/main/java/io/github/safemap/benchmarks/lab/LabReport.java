package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.BarChart;
import io.github.safemap.benchmarks.support.Chart;
import io.github.safemap.benchmarks.support.LineChart;
import io.github.safemap.benchmarks.support.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;

/** How the figures of one experiment are shown: a table, sentences below it, and a chart. */
final class LabReport {
    private static final int LINE_WIDTH = 100;
    private static final String NOT_MEASURED = "-";

    private final String name;
    private final Function<LabResults, List<String>> lines;
    private final Function<LabResults, Chart> chart;

    private LabReport(String name, Function<LabResults, List<String>> lines, Function<LabResults, Chart> chart) {
        this.name = name;
        this.lines = lines;
        this.chart = chart;
    }

    /** Returns the tables and below them the findings; none if nothing was measured. */
    List<String> lines(LabResults results) {
        return results.rowsOf(name).isEmpty() ? List.of() : lines.apply(results);
    }

    /** Adds the chart, by its name; nothing if nothing was measured. */
    void addChart(LabResults results, Map<String, Chart> charts) {
        if (!results.rowsOf(name).isEmpty()) {
            charts.put(name, chart.apply(results));
        }
    }

    /** Shows what maps hold when empty, full and emptied again. */
    static LabReport ofDeletes(String name, String title, Unit unit, Published... published) {
        List<Published> others = List.of(published);
        return new LabReport(
                name,
                results -> deletes(name, title, unit, results.rowsOf(name), others),
                results -> deletesChart(title, unit, results.rowsOf(name), others));
    }

    /** Shows what maps keep when a few entries survive a mass delete. */
    static LabReport ofSurvivors(String name, Published published) {
        return new LabReport(
                name,
                results -> survivors(name, results, published),
                results -> survivorsChart(name, results, published));
    }

    /** Shows the heap of the window of customers before, during and after the rush. */
    static LabReport ofRush(String name) {
        return new LabReport(name, results -> rush(name, results), results -> rushChart(name, results));
    }

    private static List<String> deletes(
            String name, String title, Unit unit, List<HeapRow> rows, List<Published> others) {
        Table table = new Table(name + ", " + unit, "empty", "full", "after delete", "kept", "committed MB");
        for (HeapRow row : rows) {
            table.row(
                    row.subject().label(),
                    unit.number(row.emptyBytes()),
                    unit.number(row.fullBytes()),
                    unit.number(row.keptBytes()),
                    Unit.percent(row.keptShare()),
                    Unit.MB.number(row.committedBytes()));
        }
        for (Published p : others) {
            table.row(
                    p.label() + " (" + p.source() + ")",
                    NOT_MEASURED,
                    unit.number(p.fullBytes()),
                    unit.number(p.keptBytes()),
                    Unit.percent(p.keptShare()),
                    NOT_MEASURED);
        }
        return together(title, table, Findings.kept(rows, others, unit));
    }

    private static Chart deletesChart(String title, Unit unit, List<HeapRow> rows, List<Published> others) {
        List<String> labels = new ArrayList<>();
        List<Double> empty = new ArrayList<>();
        List<Double> full = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        for (HeapRow row : rows) {
            labels.add(row.subject().label());
            empty.add(rounded(unit.of(row.emptyBytes())));
            full.add(rounded(unit.of(row.fullBytes())));
            kept.add(rounded(unit.of(row.keptBytes())));
        }
        for (Published p : others) {
            labels.add(p.label());
            empty.add(0.0);
            full.add(rounded(p.full()));
            kept.add(rounded(p.kept().get(0).size()));
        }
        String source = others.isEmpty() ? "" : "Go: published figures";
        return new BarChart(title, source, unit + " of heap in use")
                .labelled()
                .series("empty", Chart.BLACK, labels, empty)
                .series("full", Chart.LIGHT_GREY, labels, full)
                .series("after delete", Chart.VERMILION, labels, kept);
    }

    private static List<String> survivors(String name, LabResults results, Published published) {
        List<HeapRow> rows = results.rowsOf(name);
        List<Integer> counts = results.survivorCounts(name);
        Table kept = new Table(cells(name + ", MB", "full", counts, LabReport::grouped));
        Table beyond = new Table(cells(name + ", % of full", "full", counts, LabReport::grouped));
        for (List<HeapRow> mine : results.bySubject(name)) {
            String label = mine.get(0).subject().label();
            String full = Unit.MB.number(mine.get(0).fullBytes());
            kept.row(cells(label, full, counts, count -> cell(mine, count, r -> Unit.MB.number(r.keptBytes()))));
            beyond.row(cells(
                    label, "100%", counts, count -> cell(mine, count, r -> Unit.percent(r.beyondSurvivorsShare()))));
        }
        kept.row(cells(
                "survivors alone, no map",
                NOT_MEASURED,
                counts,
                count -> cell(rows, count, r -> Unit.MB.number(r.survivorBytes()))));
        kept.row(cells(
                published.label() + " (" + published.source() + ")",
                Unit.MB.number(published.fullBytes()),
                counts,
                count -> {
                    OptionalDouble size = published.keptWith(count);
                    return size.isPresent() ? String.format(Locale.ROOT, "%,.1f", size.getAsDouble()) : NOT_MEASURED;
                }));
        List<String> lines = new ArrayList<>();
        lines.addAll(together("Heap kept after deleting all but some survivors, by number of survivors", kept, ""));
        lines.addAll(together(
                "The same less the survivors' own keys and values, as a share of the full map",
                beyond,
                Findings.promise(rows) + " " + Findings.published(published)));
        return lines;
    }

    private static Chart survivorsChart(String name, LabResults results, Published published) {
        List<Integer> counts = results.survivorCounts(name);
        List<String> labels = counts.stream().map(LabReport::grouped).toList();
        BarChart chart = new BarChart(
                        "Heap kept after deleting all but a few of 1,000,000 entries",
                        "entries that survive, their own keys and values included in the heap",
                        "% of the full map")
                .labelled();
        for (List<HeapRow> mine : results.bySubject(name)) {
            Subject subject = mine.get(0).subject();
            chart.series(
                    subject.label(),
                    Chart.colourOf(subject),
                    labels,
                    counts.stream()
                            .map(count -> with(mine, count)
                                    .map(row -> rounded(100 * row.keptShare()))
                                    .orElse(0.0))
                            .toList());
        }
        return chart.series(
                published.label() + " (published)",
                Chart.BLACK,
                labels,
                counts.stream()
                        .map(count -> rounded(100 * published.keptWith(count).orElse(0) / published.full()))
                        .toList());
    }

    private static List<String> rush(String name, LabResults results) {
        List<HeapRow> rows = results.rowsOf(name);
        int hours = HeapThroughRush.QUIET_HOURS_AFTER;
        Table table = new Table(
                name + ", MB",
                "empty",
                "before the rush",
                "peak",
                "1 h after",
                hours + " h after",
                "kept",
                "committed MB");
        for (HeapRow row : rows) {
            table.row(
                    row.subject().label(),
                    Unit.MB.number(row.emptyBytes()),
                    at(60 * HeapThroughRush.RUSH_HOUR, row, results),
                    Unit.MB.number(row.fullBytes()),
                    at(HeapThroughRush.PEAK_MINUTE + 60, row, results),
                    Unit.MB.number(row.keptBytes()),
                    Unit.percent(row.keptShare()),
                    Unit.MB.number(row.committedBytes()));
        }
        String findings = String.format(
                Locale.ROOT,
                "%d hours after the rush each map has %,d customers, who are %s themselves. %s %s"
                        + " The story is that of 100go.co, mistake 28, which gives no figures for it.",
                hours,
                rows.get(0).survivors(),
                Unit.MB.text(rows.get(0).survivorBytes()),
                Findings.kept(rows, List.of(), Unit.MB),
                Findings.promise(rows));
        return together("Heap of an hour-long window of customers; after the rush, quiet hours", table, findings);
    }

    private static String at(int minute, HeapRow row, LabResults results) {
        return results.samplesOf(row.experiment(), row.subject()).stream()
                .filter(sample -> sample.minute() == minute)
                .findFirst()
                .map(sample -> Unit.MB.number(sample.heapBytes()))
                .orElse(NOT_MEASURED);
    }

    private static Chart rushChart(String name, LabResults results) {
        LineChart chart = new LineChart(
                        "Heap of an hour's customers before, during and after Black Friday",
                        "simulated hours",
                        "MB of heap in use")
                .patternX("0");
        for (HeapRow row : results.rowsOf(name)) {
            Subject subject = row.subject();
            Map<Double, Double> points = results.samplesOf(name, subject).stream()
                    .collect(Collectors.toMap(
                            sample -> sample.minute() / 60.0,
                            sample -> Unit.MB.of(sample.heapBytes()),
                            Math::max,
                            TreeMap::new));
            // The JDK's two maps hold the same to the pixel: the one drawn first shows only if wider.
            chart.line(subject.label(), Chart.colourOf(subject), subject == Subject.HASH_MAP ? 7 : 2.5f, points);
        }
        return chart;
    }

    /** Returns a title, a table and sentences, broken to fit a terminal. */
    private static List<String> together(String title, Table table, String sentences) {
        List<String> lines = new ArrayList<>();
        lines.add(title);
        lines.addAll(table.text());
        Help.TextTable wrapped = Help.TextTable.forColumnWidths(Help.defaultColorScheme(Help.Ansi.OFF), LINE_WIDTH);
        wrapped.indentWrappedLines = 0;
        wrapped.addRowValues(sentences);
        wrapped.toString().lines().map(String::stripTrailing).forEach(lines::add);
        return lines;
    }

    private static List<String> cells(String label, String full, List<Integer> counts, Function<Integer, String> cell) {
        List<String> cells = new ArrayList<>(List.of(label, full));
        counts.stream().map(cell).forEach(cells::add);
        return cells;
    }

    private static String cell(List<HeapRow> rows, int count, Function<HeapRow, String> text) {
        return with(rows, count).map(text).orElse(NOT_MEASURED);
    }

    private static Optional<HeapRow> with(List<HeapRow> rows, int survivors) {
        return rows.stream().filter(row -> row.survivors() == survivors).findFirst();
    }

    private static String grouped(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The labels above the bars show the value as it is. */
    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
