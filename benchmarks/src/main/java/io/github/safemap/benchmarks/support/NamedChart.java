package io.github.safemap.benchmarks.support;

import org.knowm.xchart.internal.chartpart.IChart;

/**
 * A chart and the name of its file.
 *
 * @param name the file's name without the extension
 * @param chart the chart
 */
public record NamedChart(String name, IChart chart) {}
