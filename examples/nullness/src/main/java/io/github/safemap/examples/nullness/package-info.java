/** The whole API under compilers that check nulls: in Kotlin, and in Java under NullAway. */
@NullMarked
package io.github.safemap.examples.nullness;

import org.jspecify.annotations.NullMarked;
