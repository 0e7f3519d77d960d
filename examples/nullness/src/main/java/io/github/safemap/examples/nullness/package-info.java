/** The whole API, where a compiler looks after nulls: in Kotlin, and in Java under NullAway. */
@NullMarked
package io.github.safemap.examples.nullness;

import org.jspecify.annotations.NullMarked;
