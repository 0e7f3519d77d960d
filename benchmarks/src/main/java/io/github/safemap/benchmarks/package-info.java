/** What the experiments and benchmarks share: the maps under test. */
@NullMarked
package io.github.safemap.benchmarks;

import org.jspecify.annotations.NullMarked;
