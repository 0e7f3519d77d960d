/** Coverage-guided fuzzing of the maps. */
package io.github.safemap.fuzz;
