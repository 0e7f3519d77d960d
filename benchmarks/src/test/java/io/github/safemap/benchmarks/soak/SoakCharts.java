package io.github.safemap.benchmarks.soak;

import io.github.safemap.benchmarks.support.Chart;
import io.github.safemap.benchmarks.support.LineChart;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The charts of a soak. A point stands for some seconds, and shows the largest figure of them. */
final class SoakCharts {
    private static final int POINTS = 450;
    private static final double MB = 1 << 20;
    private static final double MILLI = 1e6;

    /** Where the logarithmic axis begins. */
    private static final double LEAST_MILLIS = 0.1;

    /** Of the lines. */
    private static final float WIDTH = 1.5f;

    private final List<Cycle> cycles;
    private final List<List<Sample>> points = new ArrayList<>();

    SoakCharts(List<Sample> samples, List<Cycle> cycles) {
        this.cycles = cycles;
        int seconds = Math.max(1, (samples.size() + POINTS - 1) / POINTS);
        for (int from = 0; from < samples.size(); from += seconds) {
            points.add(samples.subList(from, Math.min(samples.size(), from + seconds)));
        }
    }

    /** Returns the charts by the names of their files. */
    Map<String, Chart> all() {
        return Map.of("memory", memory(), "tables", tables(), "longest", longest());
    }

    private LineChart memory() {
        Map<Double, Double> live = new LinkedHashMap<>();
        cycles.forEach(cycle -> live.put(cycle.second() / 60.0, rounded(cycle.heapBytes() / MB)));
        LineChart chart = chart("Heap of the process, and what the map's tables take of it", "MB");
        line(chart, "heap in use", Chart.LIGHT_GREY, s -> s.heapBytes() / MB);
        line(chart, "after the last collection", Chart.BLUE, s -> s.heapAfterBytes() / MB);
        line(chart, "tables, by stats()", Chart.GREEN, s -> s.tableBytes() / MB);
        return chart.dots("all garbage collected, at the end of a cycle", Chart.VERMILION, live);
    }

    private LineChart tables() {
        LineChart chart = chart("Entries in the map, and what its tables take", "MB of tables, by stats()");
        chart.lineOnTheRight(
                "entries", Chart.LIGHT_GREY, WIDTH, "millions of entries", points(s -> s.entries() / 1e6, 0));
        line(chart, "tables", Chart.GREEN, s -> s.tableBytes() / MB);
        return chart;
    }

    private LineChart longest() {
        LineChart chart = chart(
                "The longest operation on a key, or step of an iterator, beside what stopped the machine",
                "milliseconds, logarithmic");
        chart.logarithmic(LEAST_MILLIS);
        // What is 0 is left out.
        double least = Double.MIN_VALUE;
        return chart.dots("the control", Chart.GREY, points(s -> s.longestControlNanos() / MILLI, least))
                .dots("a pause of the collector", Chart.ORANGE, points(Sample::longestPauseMillis, least))
                .dots("the map", Chart.GREEN, points(s -> s.longestShortNanos() / MILLI, least));
    }

    private static LineChart chart(String title, String yTitle) {
        return new LineChart(title, "minutes", yTitle).patternX("0.#");
    }

    private void line(LineChart chart, String name, Color colour, ToDoubleFunction<Sample> figure) {
        chart.line(name, colour, WIDTH, points(figure, 0));
    }

    /** Returns the largest figures by minute, those from {@code least} on. */
    private Map<Double, Double> points(ToDoubleFunction<Sample> figure, double least) {
        Map<Double, Double> found = new LinkedHashMap<>();
        for (List<Sample> point : points) {
            double largest = largest(point, figure);
            if (largest >= least) {
                found.put(point.get(0).second() / 60.0, rounded(largest));
            }
        }
        return found;
    }

    private static double largest(List<Sample> point, ToDoubleFunction<Sample> figure) {
        return point.stream().mapToDouble(figure).max().orElse(0);
    }

    private static double rounded(double figure) {
        return Math.max(Math.round(figure * 1000), figure > 0 ? 1 : 0) / 1000.0;
    }
}
