/**
 * What the tests of all maps share: keys with chosen hashes, the tracker that checks each map after each test,
 * and abstract suites. A subclass of a few lines runs such a suite on one map.
 */
package io.github.safemap.core.testing;
