/** The JMH benchmarks: one class a workload, labelled T1 and on. */
@NullMarked
package io.github.safemap.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
