@NullMarked
package io.github.safemap.benchmarks.support;

import org.jspecify.annotations.NullMarked;
