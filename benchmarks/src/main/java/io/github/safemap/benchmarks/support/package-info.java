/**
 * What the measuring programs share. In the order of reading:
 *
 * <ul>
 *   <li>{@code Fork}, {@code Collector}: the JVM that measures one thing, and its garbage collector;
 *   <li>{@code HeapUse}, {@code Orders}, {@code Zipf}, {@code Sink}: what workloads need;
 *   <li>{@code RoundTable}: the figures of one workload, by map and round;
 *   <li>{@code Table}, {@code BarChart}, {@code LineChart}: how figures are shown;
 *   <li>{@code ResultFiles}: what a program leaves in a directory;
 *   <li>{@code MavenCommand}: how a program runs that Maven starts.
 * </ul>
 */
@NullMarked
package io.github.safemap.benchmarks.support;

import org.jspecify.annotations.NullMarked;
