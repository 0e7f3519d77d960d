/** What the stress tests need from the inside of a {@link io.github.safemap.SafeMap}. */
@NullMarked
package io.github.safemap;

import org.jspecify.annotations.NullMarked;
