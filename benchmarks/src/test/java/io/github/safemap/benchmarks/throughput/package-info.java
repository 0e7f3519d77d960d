@NullMarked
package io.github.safemap.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;
