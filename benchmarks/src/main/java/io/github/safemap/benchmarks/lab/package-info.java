/**
 * The leak lab: what each map gives back after mass deletes, measured as heap in use after a full
 * collection.
 *
 * <p>{@link io.github.safemap.benchmarks.lab.Lab} is the command. It forks a {@link
 * io.github.safemap.benchmarks.lab.LabChild} JVM for each experiment and subject, so that no
 * figure is blurred by another subject's garbage, and turns the children's figures into tables,
 * findings, {@code lab.csv} and charts. An experiment is one constant of {@link
 * io.github.safemap.benchmarks.lab.Experiment}: a {@link
 * io.github.safemap.benchmarks.lab.Workload} that measures and the {@link
 * io.github.safemap.benchmarks.lab.Report}s that show.
 */
@NullMarked
package io.github.safemap.benchmarks.lab;

import org.jspecify.annotations.NullMarked;
