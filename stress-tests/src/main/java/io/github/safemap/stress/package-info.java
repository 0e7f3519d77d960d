/**
 * What SafeMap promises to threads that share it, a top-level class for each property. Each holds
 * the same test on SafeMap ({@code Actual}), on a map or protocol with the mistake in it ({@code
 * Broken}), which has to show the bad outcome, and where it makes sense on {@link
 * java.util.concurrent.ConcurrentHashMap} ({@code Control}). The README of this module tells how to
 * run them.
 */
@NullMarked
package io.github.safemap.stress;

import org.jspecify.annotations.NullMarked;
