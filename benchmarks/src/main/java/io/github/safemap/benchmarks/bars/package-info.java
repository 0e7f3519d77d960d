/** The summary of {@code run-bars.sh}: SafeMap beside ConcurrentHashMap, cell by cell. */
@NullMarked
package io.github.safemap.benchmarks.bars;

import org.jspecify.annotations.NullMarked;
