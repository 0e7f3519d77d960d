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
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a soak. A point stands for some seconds, and shows the largest figure of them. */
final class Charts {
    private static final int POINTS = 450;
    private static final double MB = 1 << 20;
    private static final double MILLI = 1e6;

    /** Where the logarithmic axis begins. */
    private static final double LEAST_MILLIS = 0.1;

    private final List<Cycle> cycles;
    private final List<List<Sample>> points = new ArrayList<>();

    Charts(List<Sample> samples, List<Cycle> cycles) {
        this.cycles = cycles;
        int seconds = Math.max(1, (samples.size() + POINTS - 1) / POINTS);
        for (int from = 0; from < samples.size(); from += seconds) {
            points.add(samples.subList(from, Math.min(samples.size(), from + seconds)));
        }
    }

    XYChart memory() {
        XYChart chart = chart("Heap of the process, and what the map's tables take of it", "MB");
        line(chart, "heap in use", ChartStyle.LIGHT_GREY, s -> s.heapBytes() / MB);
        line(chart, "after the last collection", ChartStyle.BLUE, s -> s.heapAfterBytes() / MB);
        line(chart, "tables, by stats()", ChartStyle.GREEN, s -> s.tableBytes() / MB);
        XYSeries live = chart.addSeries(
                "all garbage collected, at the end of a cycle",
                cycles.stream().map(cycle -> cycle.second() / 60.0).toList(),
                cycles.stream().map(cycle -> rounded(cycle.heapBytes() / MB)).toList());
        live.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        live.setMarker(SeriesMarkers.DIAMOND);
        live.setMarkerColor(ChartStyle.VERMILION);
        return chart;
    }

    XYChart tables() {
        XYChart chart = chart("Entries in the map, and what its tables take", "MB of tables, by stats()");
        line(chart, "entries", ChartStyle.LIGHT_GREY, s -> s.entries() / 1e6).setYAxisGroup(1);
        line(chart, "tables", ChartStyle.GREEN, s -> s.tableBytes() / MB);
        chart.setYAxisGroupTitle(1, "millions of entries");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        chart.getStyler().setYAxisMin(1, 0.0);
        return chart;
    }

    XYChart longest() {
        XYChart chart = chart(
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
        XYChart chart = new XYChartBuilder()
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

    private XYSeries line(XYChart chart, String name, Color colour, ToDoubleFunction<Sample> figure) {
        XYSeries series = series(chart, name, figure, points);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(1.5f));
        return series;
    }

    /** What is 0 is left out. */
    private void dots(XYChart chart, String name, Color colour, ToDoubleFunction<Sample> figure) {
        XYSeries series = series(
                chart,
                name,
                figure,
                points.stream().filter(point -> largest(point, figure) > 0).toList());
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
