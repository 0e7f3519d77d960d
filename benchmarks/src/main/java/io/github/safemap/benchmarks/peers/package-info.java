/**
 * Maps whose jars need not be there, looked up by name: they are not on every class path, and one needs a
 * newer JDK than the project does.
 */
@NullMarked
package io.github.safemap.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
