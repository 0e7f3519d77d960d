/** How long single operations take: workloads R1 to R5, with HdrHistogram. */
@NullMarked
package io.github.safemap.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
