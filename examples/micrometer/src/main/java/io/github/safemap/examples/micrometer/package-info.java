/** {@code SafeMap.stats()} as Micrometer's meters: copy {@code SafeMapMetrics} into your project. */
@NullMarked
package io.github.safemap.examples.micrometer;

import org.jspecify.annotations.NullMarked;
