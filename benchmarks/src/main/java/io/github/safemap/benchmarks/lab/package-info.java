/**
 * The leak lab: what each map gives back after mass deletes, measured as heap in use after a full
 * collection. The command is {@link io.github.safemap.benchmarks.lab.Lab}.
 *
 * <p>An experiment is one constant of {@code LabExperiment}: {@code Scenario}s that fill and empty a map and measure,
 * and {@code LabReport}s that show the figures. In the order of reading:
 *
 * <ul>
 *   <li>{@code Lab}, {@code LabExperiment}: what runs, and whether it can;
 *   <li>{@code LabFork}: the JVM of one experiment and one map, so that no figure is blurred by another map's garbage;
 *   <li>{@code HeapAfterDeletes}, {@code HeapThroughRush}: the scenarios, which leave {@code
 *       HeapRow}s and {@code HeapSample}s with a {@code Recorder};
 *   <li>{@code Published}: the figures of Go that stand beside ours;
 *   <li>{@code LabReport}, {@code Findings}: tables and charts, and the sentences below them.
 * </ul>
 */
@NullMarked
package io.github.safemap.benchmarks.lab;

import org.jspecify.annotations.NullMarked;
