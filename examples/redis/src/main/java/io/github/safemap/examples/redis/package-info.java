/** The data is in Redis. Each process keeps near copies of what it has read until Redis says that they changed. */
@NullMarked
package io.github.safemap.examples.redis;

import org.jspecify.annotations.NullMarked;
