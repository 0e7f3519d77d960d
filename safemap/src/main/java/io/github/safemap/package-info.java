/**
 * {@link io.github.safemap.SafeMap}: a {@link java.util.concurrent.ConcurrentMap} that gives its memory back
 * after mass deletes.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.safemap;

import org.jspecify.annotations.NullMarked;
