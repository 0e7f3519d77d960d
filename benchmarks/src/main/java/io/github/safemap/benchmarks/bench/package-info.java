/**
 * The command {@code -Pbench}: runs a set of measurements, each subject in JVMs of its own and by turns with
 * the others, and writes the report.
 */
@NullMarked
package io.github.safemap.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
