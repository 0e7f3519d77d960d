package io.github.safemap.benchmarks.support;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;

/** Groups of bars, a bar of each series in a group. */
public final class BarChart extends Chart {
    private final CategoryChart chart;

    /** Creates an empty chart. */
    public BarChart(String title, String x, String y) {
        this(new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build());
    }

    private BarChart(CategoryChart chart) {
        super(chart.getStyler());
        this.chart = chart;
        chart.getStyler().setAvailableSpaceFill(0.85);
    }

    /** Writes the values above the bars. */
    public BarChart labelled() {
        chart.getStyler()
                .setLabelsVisible(true)
                .setLabelsPosition(1.1)
                .setLabelsFontColor(BLACK)
                .setLabelsFont(labelFont());
        chart.getStyler().setDecimalPattern("#,##0.###");
        return this;
    }

    /** Turns the names of the groups by so many degrees, where they are long, and leaves none out. */
    public BarChart rotated(int degrees) {
        chart.getStyler().setXAxisLabelRotation(degrees).setXAxisTickMarkSpacingHint(1);
        return this;
    }

    /** Adds a series: a value for each group, or null where there is none. */
    public BarChart series(String label, Color colour, List<String> groups, List<? extends @Nullable Double> values) {
        chart.addSeries(label, groups, values).setFillColor(colour);
        return this;
    }

    @Override
    public void save(Path file) throws IOException {
        ChartEncoder.saveChart(chart, file.toString(), SVG);
    }
}
