/**
 * Twins of engine code with a mistake in them, and the other access that stress tests need to the engine.
 *
 * <p>A twin uses the engine's own steps ({@link io.github.safemap.core.engine.Shard}, {@link
 * io.github.safemap.core.engine.Rebuild}, {@link io.github.safemap.core.engine.Directory}), but leaves one out
 * or swaps two.
 */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
