/**
 * What the tests of every map in this project share: keys with chosen hashes, the tracker that
 * checks each map after each test, and the abstract suites that a subclass of a few lines runs
 * against one map.
 */
package io.github.safemap.core.testing;
