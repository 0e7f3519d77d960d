/** What an operation costs when all keys have one hash code. */
@NullMarked
package io.github.safemap.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
