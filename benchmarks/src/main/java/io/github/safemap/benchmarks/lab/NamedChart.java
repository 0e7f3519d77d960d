package io.github.safemap.benchmarks.lab;

import org.knowm.xchart.internal.chartpart.IChart;

/**
 * A chart and the name of its file.
 *
 * @param name the file's name without the extension
 * @param chart the chart
 */
record NamedChart(String name, IChart chart) {}
