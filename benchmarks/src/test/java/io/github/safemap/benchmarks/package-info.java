@NullMarked
package io.github.safemap.benchmarks;

import org.jspecify.annotations.NullMarked;
