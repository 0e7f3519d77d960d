/** Twins of engine code with a mistake in them, and what else stress tests need of the engine. */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
