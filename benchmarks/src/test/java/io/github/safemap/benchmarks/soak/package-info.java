/**
 * A map under a mixed load for half an hour, checked all the time: {@code benchmarks/soak.sh}. It stands among the
 * tests because it asks the invariant checkers, which are test code of the libraries. {@link
 * io.github.safemap.benchmarks.soak.Soak} is the command, {@link io.github.safemap.benchmarks.soak.Worker} the load,
 * {@link io.github.safemap.benchmarks.soak.Hand} the checks.
 */
@NullMarked
package io.github.safemap.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
