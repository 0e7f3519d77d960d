package io.github.safemap;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.KeyMapGenerator;
import junit.framework.Test;

/** Guava's suite for concurrent maps, on maps and views that were serialized and deserialized. */
public final class SerializedMapConformanceTest {
    private SerializedMapConformanceTest() {}

    /** The suite, for JUnit Vintage. */
    public static Test suite() {
        SafeMaps maps = new SafeMaps();
        return ConcurrentMapTestSuiteBuilder.using(new KeyMapGenerator(HashKind.GOOD, maps::create))
                .named("SafeMap, serialized")
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.SERIALIZABLE_INCLUDING_VIEWS)
                .withTearDown(maps::checkAll)
                .createTestSuite();
    }
}
