/** How many bytes a map needs and keeps: workloads M1 to M6. */
@NullMarked
package io.github.safemap.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
