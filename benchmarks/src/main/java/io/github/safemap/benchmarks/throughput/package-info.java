/** The JMH benchmarks: workloads T1 and on, one class a workload. */
@NullMarked
package io.github.safemap.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
