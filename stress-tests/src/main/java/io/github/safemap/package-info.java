/** Access to the inside of a {@link io.github.safemap.SafeMap}, for the stress tests. */
@NullMarked
package io.github.safemap;

import org.jspecify.annotations.NullMarked;
