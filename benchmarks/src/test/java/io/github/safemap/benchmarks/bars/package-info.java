@NullMarked
package io.github.safemap.benchmarks.bars;

import org.jspecify.annotations.NullMarked;
