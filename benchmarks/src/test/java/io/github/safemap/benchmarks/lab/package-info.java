/** Tests of the lab. */
@NullMarked
package io.github.safemap.benchmarks.lab;

import org.jspecify.annotations.NullMarked;
