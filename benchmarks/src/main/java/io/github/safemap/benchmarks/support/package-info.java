/** What the measuring programs share: orders, distributions, summaries, forks and heap readings. */
@NullMarked
package io.github.safemap.benchmarks.support;

import org.jspecify.annotations.NullMarked;
