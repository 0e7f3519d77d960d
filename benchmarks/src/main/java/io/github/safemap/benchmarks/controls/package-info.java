/** Maps that were not chosen: what the engine's decisions are measured against. */
@NullMarked
package io.github.safemap.benchmarks.controls;

import org.jspecify.annotations.NullMarked;
