/** How long writers wait for a copy of a map. */
@NullMarked
package io.github.safemap.benchmarks.snapshot;

import org.jspecify.annotations.NullMarked;
