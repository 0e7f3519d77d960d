/** Spring's cache abstraction over maps that give their memory back. */
@NullMarked
package io.github.safemap.examples.spring;

import org.jspecify.annotations.NullMarked;
