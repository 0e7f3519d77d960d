@NullMarked
package io.github.safemap.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
