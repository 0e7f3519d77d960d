/**
 * The table engine: not an API. It is public because {@code io.github.safemap} builds on it too,
 * and may change in any release.
 *
 * <p>Reading order: {@link io.github.safemap.core.engine.TopHash} (eight bytes, eight slots), {@link
 * io.github.safemap.core.engine.Bucket}, {@link io.github.safemap.core.engine.Chain} (find, insert,
 * remove), {@link io.github.safemap.core.engine.HashSeed}, {@link
 * io.github.safemap.core.engine.Table}, {@link io.github.safemap.core.engine.Growth} (when to grow,
 * and how a bucket moves), {@link io.github.safemap.core.engine.IterationOrder} and {@link
 * io.github.safemap.core.engine.TableCursor} (iteration while all that goes on).
 */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
