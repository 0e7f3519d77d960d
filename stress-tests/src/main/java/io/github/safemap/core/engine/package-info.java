/**
 * Twins of engine code with a mistake in them, and what else stress tests need of the engine.
 *
 * <p>A twin is put together of the engine's own steps ({@link io.github.safemap.core.engine.Shard},
 * {@link io.github.safemap.core.engine.Rebuild}, {@link io.github.safemap.core.engine.Directory}), and leaves
 * one out or takes two in the wrong order.
 */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
