package io.github.safemap.benchmarks.support;

import io.github.safemap.benchmarks.Subject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines, and points without lines. */
public final class LineChart extends Chart {
    private final XYChart chart;

    /** Creates an empty chart. */
    public LineChart(String title, String x, String y) {
        this(new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build());
    }

    private LineChart(XYChart chart) {
        super(chart.getStyler());
        this.chart = chart;
    }

    /** Shows what lies to the right by its logarithm, too. */
    public LineChart logarithmicX() {
        chart.getStyler().setXAxisLogarithmic(true);
        return this;
    }

    /** Sets the pattern of the numbers below the chart. */
    public LineChart patternX(String pattern) {
        chart.getStyler().setXAxisDecimalPattern(pattern);
        return this;
    }

    /** Adds the line of a map. */
    public LineChart line(Subject subject, Map<Double, Double> points) {
        add(subject, points);
        return this;
    }

    /** Adds the line of a map, with a mark for each point. */
    public LineChart markedLine(Subject subject, Map<Double, Double> points) {
        XYSeries series = add(subject, points);
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(colourOf(subject));
        return this;
    }

    /** Adds a line. */
    public LineChart line(String label, Color colour, float width, Map<Double, Double> points) {
        add(label, colour, width, points);
        return this;
    }

    /** Adds a line with an axis of its own, to the right. */
    public LineChart lineOnTheRight(String label, Color colour, float width, String title, Map<Double, Double> points) {
        add(label, colour, width, points).setYAxisGroup(1);
        chart.setYAxisGroupTitle(1, title);
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        chart.getStyler().setYAxisMin(1, 0.0);
        return this;
    }

    /** Adds points without a line; none if there are none. */
    public LineChart dots(String label, Color colour, Map<Double, Double> points) {
        if (!points.isEmpty()) {
            XYSeries series = add(label, points);
            series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            series.setMarker(SeriesMarkers.CIRCLE);
            series.setMarkerColor(colour);
            chart.getStyler().setMarkerSize(4);
        }
        return this;
    }

    private XYSeries add(Subject subject, Map<Double, Double> points) {
        return add(subject.label(), colourOf(subject), subject == Subject.SAFE_MAP ? 4 : 2.5f, points);
    }

    private XYSeries add(String label, Color colour, float width, Map<Double, Double> points) {
        XYSeries series = add(label, points);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(width));
        return series;
    }

    private XYSeries add(String label, Map<Double, Double> points) {
        return chart.addSeries(label, List.copyOf(points.keySet()), List.copyOf(points.values()));
    }

    @Override
    public void save(Path file) throws IOException {
        ChartEncoder.saveChart(chart, file.toString(), SVG);
    }
}
