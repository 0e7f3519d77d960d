/**
 * {@link io.github.safemap.core.GoMap}: Go's classic map in Java, for one thread at a time. A write moves at most two
 * buckets when its table grows, and the table never shrinks. The concurrent engine is in {@code
 * io.github.safemap.core.engine}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.safemap.core;

import org.jspecify.annotations.NullMarked;
