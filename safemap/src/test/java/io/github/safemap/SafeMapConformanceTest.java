package io.github.safemap;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.KeyMapGenerator;
import junit.framework.Test;
import junit.framework.TestSuite;

/** Guava's suite for concurrent maps, on {@link SafeMap}s of each hash kind and {@link MapState}. */
public final class SafeMapConformanceTest {
    private SafeMapConformanceTest() {}

    /** The suite, for JUnit Vintage. */
    public static Test suite() {
        SafeMaps maps = new SafeMaps();
        TestSuite suite = new TestSuite("SafeMap");
        for (HashKind kind : HashKind.values()) {
            for (MapState state : MapState.values()) {
                suite.addTest(suite(state + ", " + kind, maps, state.generator(kind, maps)));
            }
        }
        return suite;
    }

    private static TestSuite suite(String name, SafeMaps maps, KeyMapGenerator generator) {
        return ConcurrentMapTestSuiteBuilder.using(generator)
                .named("SafeMap, " + name)
                .withFeatures(
                        CollectionSize.ANY, MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .withTearDown(maps::checkAll)
                .createTestSuite();
    }
}
