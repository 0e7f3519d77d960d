/**
 * The command {@code -Pbench}: runs a set of measurements, each subject in JVMs of its own and by turns with the others,
 * and writes the report. In the order of reading:
 *
 * <ul>
 *   <li>{@code Bench}, {@code Variant}, {@code Plan}, {@code Timing}: what is measured, and with which JVMs;
 *   <li>{@code Part}, {@code Step}, {@code Tool}, {@code Steps}, {@code RunDirectory}: how it is measured, and goes on
 *       after an interruption;
 *   <li>{@code RawFiles}, {@code Cell}, {@code Scores}, {@code Ratio}: what has been measured;
 *   <li>{@code Report}, {@code BenchCharts}: how it is shown;
 *   <li>{@code Publish}, {@code Repeat}, {@code Compare}, {@code Bars}: commands of their own, which copy a run, and
 *       compare two runs, two commits, a commit and its bars.
 * </ul>
 */
@NullMarked
package io.github.safemap.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
