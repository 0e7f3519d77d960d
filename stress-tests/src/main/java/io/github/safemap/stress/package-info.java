/**
 * Races of what SafeMap promises to threads, one top-level class for each property. Each class has the same
 * test for SafeMap ({@code Actual}) and for a map or protocol with a mistake ({@code Broken}), which must show
 * the bad outcome. Where it makes sense there is a test for {@link java.util.concurrent.ConcurrentHashMap}
 * ({@code Control}). The README of this module says how to run them.
 */
@NullMarked
package io.github.safemap.stress;

import org.jspecify.annotations.NullMarked;
