/** How long single operations take: workloads R1 to R3, with HdrHistogram. */
@NullMarked
package io.github.safemap.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
