/** Tests of what the latency benchmarks record. */
@NullMarked
package io.github.safemap.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
