/**
 * The maps under test, {@code Subject}, and the kinds of their keys. What measures them:
 *
 * <ul>
 *   <li>{@code throughput}: JMH's benchmarks;
 *   <li>{@code latency}, {@code memory}, {@code hostile}: programs that measure single operations, bytes, and keys of one
 *       hash code;
 *   <li>{@code lab}: the leak lab, {@code -Plab};
 *   <li>{@code bench}: {@code -Pbench}, which runs all of these and writes the report;
 *   <li>{@code support}: what they share;
 *   <li>{@code peers}: maps that need not be there.
 * </ul>
 */
@NullMarked
package io.github.safemap.benchmarks;

import org.jspecify.annotations.NullMarked;
