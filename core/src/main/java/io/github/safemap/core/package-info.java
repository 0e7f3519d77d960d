/**
 * Go's classic map in Java: {@link io.github.safemap.core.GoMap}, a map for one thread at a time
 * whose table never shrinks.
 */
@NullMarked
package io.github.safemap.core;

import org.jspecify.annotations.NullMarked;
