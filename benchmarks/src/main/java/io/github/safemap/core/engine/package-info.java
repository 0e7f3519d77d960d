/** Controls that share the engine's buckets, and therefore lie in its package. */
@NullMarked
package io.github.safemap.core.engine;

import org.jspecify.annotations.NullMarked;
