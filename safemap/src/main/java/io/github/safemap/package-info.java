/**
 * {@link io.github.safemap.SafeMap}: a sharded {@link java.util.concurrent.ConcurrentMap} that
 * gives its memory back after mass deletes.
 */
@NullMarked
package io.github.safemap;

import org.jspecify.annotations.NullMarked;
