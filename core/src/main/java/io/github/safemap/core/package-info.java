/**
 * {@link io.github.safemap.core.GoMap}: Go's classic map in Java, for one thread at a time. Its table grows
 * two buckets a write and never shrinks. The concurrent engine is in {@code io.github.safemap.core.engine}.
 */
@NullMarked
package io.github.safemap.core;

import org.jspecify.annotations.NullMarked;
