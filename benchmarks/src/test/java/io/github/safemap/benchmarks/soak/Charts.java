package io.github.safemap.benchmarks.soak;

import io.github.safemap.benchmarks.support.ChartStyle;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a soak. A point stands for some seconds, and shows the largest figure of them. */
final class Charts {
    private static final int POINTS = 450;
    private static final double MB = 1 << 20;
    private static final double MILLI = 1e6;

    /** Where the logarithmic axis begins. */
    private static final double LEAST_MILLIS = 0.1;

    private final List<List<Sample>> points = new ArrayList<>();

    Charts(List<Sample> samples) {
        int seconds = Math.max(1, (samples.size() + POINTS - 1) / POINTS);
        for (int from = 0; from < samples.size(); from += seconds) {
            points.add(samples.subList(from, Math.min(samples.size(), from + seconds)));
        }
    }

    XYChart memory() {
        XYChart chart = chart("Heap of the process, and what the map's tables take of it", "MB");
        line(chart, "heap in use", ChartStyle.LIGHT_GREY, s -> s.heapBytes() / MB);
        line(chart, "heap after the last collection", ChartStyle.BLUE, s -> s.heapAfterBytes() / MB);
        line(chart, "tables, by stats()", ChartStyle.GREEN, s -> s.tableBytes() / MB);
        return chart;
    }

    XYChart entries() {
        XYChart chart = chart("Entries in the map, and operations", "thousands; thousands a second");
        line(chart, "operations a second", ChartStyle.LIGHT_GREY, s -> s.operations() / 1e3);
        line(chart, "entries", ChartStyle.GREEN, s -> s.entries() / 1e3);
        return chart;
    }

    XYChart longest() {
        XYChart chart =
                chart(
                        "The longest operation on a key, or step of an iterator, beside what stopped the machine",
                        "milliseconds, logarithmic");
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(LEAST_MILLIS);
        chart.getStyler().setMarkerSize(4);
        dots(chart, "the control", ChartStyle.GREY, s -> s.longestControlNanos() / MILLI);
        dots(chart, "a pause of the collector", ChartStyle.ORANGE, Sample::longestPauseMillis);
        dots(chart, "the map", ChartStyle.GREEN, s -> s.longestShortNanos() / MILLI);
        return chart;
    }

    private static XYChart chart(String title, String yTitle) {
        XYChart chart =
                new XYChartBuilder()
                        .width(ChartStyle.WIDTH)
                        .height(ChartStyle.HEIGHT)
                        .title(title)
                        .xAxisTitle("minutes")
                        .yAxisTitle(yTitle)
                        .build();
        ChartStyle.apply(chart.getStyler());
        chart.getStyler().setXAxisDecimalPattern("0.#");
        return chart;
    }

    private void line(XYChart chart, String name, Color colour, ToDoubleFunction<Sample> figure) {
        XYSeries series = series(chart, name, figure, points);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(1.5f));
    }

    /** What is 0 is left out. */
    private void dots(XYChart chart, String name, Color colour, ToDoubleFunction<Sample> figure) {
        XYSeries series =
                series(chart, name, figure, points.stream().filter(point -> largest(point, figure) > 0).toList());
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colour);
    }

    private static XYSeries series(
            XYChart chart, String name, ToDoubleFunction<Sample> figure, List<List<Sample>> points) {
        return chart.addSeries(
                name,
                points.stream().map(point -> point.get(0).second() / 60.0).toList(),
                points.stream().map(point -> rounded(largest(point, figure))).toList());
    }

    private static double largest(List<Sample> point, ToDoubleFunction<Sample> figure) {
        return point.stream().mapToDouble(figure).max().orElse(0);
    }

    private static double rounded(double figure) {
        return Math.max(Math.round(figure * 1000), figure > 0 ? 1 : 0) / 1000.0;
    }
}
