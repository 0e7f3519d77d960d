/**
 * The leak lab: what each map gives back after mass deletes, measured as heap in use after a full
 * collection. The command is {@link io.github.safemap.benchmarks.lab.Lab}.
 *
 * <p>An experiment is one constant of {@code Experiment}: a {@code Workload} that fills and empties
 * a map and measures, and the {@code Report}s that show its figures. In the order of reading:
 *
 * <ul>
 *   <li>{@code Lab}, {@code Experiment}, {@code HeapCheck}: what runs, and whether it can;
 *   <li>{@code ChildProcess}, {@code Protocol}, {@code LabChild}: one JVM for each experiment and
 *       map, so that no figure is blurred by another map's garbage;
 *   <li>{@code HeapProbe} and the workloads {@code MassDelete}, {@code SmallMaps}, {@code
 *       BlackFriday}, which leave {@code Row}s and {@code Sample}s with a {@code Recorder};
 *   <li>{@code Published}: the figures of Go that stand beside ours;
 *   <li>the reports {@code MassDeleteReport}, {@code SurvivorsReport}, {@code BlackFridayReport},
 *       made of {@code TextTable}, {@code Findings} (the sentences) and {@code Charts};
 *   <li>{@code LabCsv}: the figures for other programs.
 * </ul>
 */
@NullMarked
package io.github.safemap.benchmarks.lab;

import org.jspecify.annotations.NullMarked;
