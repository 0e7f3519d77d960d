package io.github.safemap.benchmarks.soak;

/**
 * A value.
 *
 * @param key the key that it was put for
 * @param stamp a number that its owner has given to no other value; of a counter, the count
 */
record Item(long key, int stamp) {}
