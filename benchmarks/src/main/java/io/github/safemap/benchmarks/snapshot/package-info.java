/** For how long a copy of a map holds its writers. */
@NullMarked
package io.github.safemap.benchmarks.snapshot;

import org.jspecify.annotations.NullMarked;
