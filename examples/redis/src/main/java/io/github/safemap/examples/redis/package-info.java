/** The data lives in Redis; each process keeps what it has read near, until Redis says that it changed. */
@NullMarked
package io.github.safemap.examples.redis;

import org.jspecify.annotations.NullMarked;
