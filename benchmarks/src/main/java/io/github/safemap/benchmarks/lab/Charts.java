package io.github.safemap.benchmarks.lab;

import io.github.safemap.benchmarks.Subject;
import io.github.safemap.benchmarks.support.ChartStyle;
import java.awt.BasicStroke;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of the lab. */
final class Charts {
    private Charts() {}

    /** Draws what each map holds when empty, full and after the deletions, as bars. */
    static CategoryChart fullAndKept(String title, Unit unit, List<Row> rows, List<Published> published) {
        List<String> labels = new ArrayList<>();
        List<Double> empty = new ArrayList<>();
        List<Double> full = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        for (Row row : rows) {
            labels.add(row.subject().label());
            empty.add(rounded(unit.of(row.emptyBytes())));
            full.add(rounded(unit.of(row.fullBytes())));
            kept.add(rounded(unit.of(row.keptBytes())));
        }
        for (Published p : published) {
            labels.add(p.label());
            empty.add(0.0);
            full.add(rounded(p.full()));
            kept.add(rounded(p.kept().get(0).size()));
        }
        String source = published.isEmpty() ? "" : "Go: published figures";
        CategoryChart chart = bars(title, source, unit + " of heap in use");
        chart.addSeries("empty", labels, empty).setFillColor(ChartStyle.BLACK);
        chart.addSeries("full", labels, full).setFillColor(ChartStyle.LIGHT_GREY);
        chart.addSeries("after delete", labels, kept).setFillColor(ChartStyle.VERMILION);
        return chart;
    }

    /** Draws what each map keeps for each number of survivors, as bars. */
    static CategoryChart keptBySurvivors(List<Row> rows, Published published) {
        List<Integer> counts = Series.survivorCounts(rows);
        List<String> labels = counts.stream().map(Charts::grouped).toList();
        CategoryChart chart = bars(
                "Heap kept after deleting all but a few of 1,000,000 entries",
                "entries that survive, their own keys and values included in the heap",
                "% of the full map");
        for (List<Row> ofSubject : Series.bySubject(rows)) {
            Subject subject = ofSubject.get(0).subject();
            List<Double> shares = counts.stream()
                    .map(count -> ofSubject.stream()
                            .filter(row -> row.survivors() == count)
                            .mapToDouble(row -> rounded(100 * row.keptShare()))
                            .findFirst()
                            .orElse(0))
                    .toList();
            chart.addSeries(subject.label(), labels, shares).setFillColor(ChartStyle.colourOf(subject));
        }
        List<Double> shares = counts.stream()
                .map(count -> rounded(100 * published.keptWith(count).orElse(0) / published.full()))
                .toList();
        chart.addSeries(published.label() + " (published)", labels, shares).setFillColor(ChartStyle.BLACK);
        return chart;
    }

    /** Draws the heap over simulated time, a line a map. */
    static XYChart heapOverTime(String experiment, Results results) {
        XYChart chart = new XYChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.HEIGHT)
                .title("Heap of an hour's customers before, during and after Black Friday")
                .xAxisTitle("simulated hours")
                .yAxisTitle("MB of heap in use")
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(BlackFriday.END_MINUTE / 60.0);
        chart.getStyler().setXAxisDecimalPattern("0");
        chart.getStyler().setYAxisDecimalPattern("0");
        for (Row row : results.rowsOf(experiment)) {
            List<Sample> samples = results.samplesOf(experiment, row.subject());
            XYSeries series = chart.addSeries(
                    row.subject().label(),
                    samples.stream().map(sample -> sample.minute() / 60.0).toList(),
                    samples.stream()
                            .map(sample -> Unit.MB.of(sample.heapBytes()))
                            .toList());
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(ChartStyle.colourOf(row.subject()));
            series.setLineStyle(new BasicStroke(widthOf(row.subject())));
        }
        return chart;
    }

    private static CategoryChart bars(String title, String xTitle, String yTitle) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler()
                .setAvailableSpaceFill(0.85)
                .setLabelsVisible(true)
                .setLabelsPosition(1.1)
                .setLabelsFontColor(ChartStyle.BLACK)
                .setLabelsFont(new Font(ChartStyle.FONT, Font.PLAIN, 11));
        chart.getStyler().setDecimalPattern("#,##0.#");
        return chart;
    }

    /** The JDK's two maps hold the same to the pixel: the one drawn first shows only if wider. */
    private static float widthOf(Subject subject) {
        return subject == Subject.HASH_MAP ? 7 : 2.5f;
    }

    private static String grouped(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The labels above the bars show the value as it is. */
    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
