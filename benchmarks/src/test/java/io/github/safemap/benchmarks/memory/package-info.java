/** Tests of the memory experiments. */
@NullMarked
package io.github.safemap.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
