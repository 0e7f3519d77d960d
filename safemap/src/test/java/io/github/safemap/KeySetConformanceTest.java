package io.github.safemap;

import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.SetFeature;
import java.util.Arrays;
import java.util.Set;
import junit.framework.Test;

/** Guava's suite for sets, on key sets that support adding. */
public final class KeySetConformanceTest {
    private KeySetConformanceTest() {}

    /** The suite, for JUnit Vintage. */
    public static Test suite() {
        SafeMaps maps = new SafeMaps();
        return SetTestSuiteBuilder.using(new TestStringSetGenerator() {
                    @Override
                    protected Set<String> create(String[] elements) {
                        SafeMap<String, Boolean> map = maps.create();
                        Set<String> set = map.keySet(Boolean.TRUE);
                        set.addAll(Arrays.asList(elements));
                        return set;
                    }
                })
                .named("KeySetView")
                .withFeatures(
                        CollectionSize.ANY,
                        SetFeature.GENERAL_PURPOSE,
                        CollectionFeature.SERIALIZABLE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .withTearDown(maps::checkAll)
                .createTestSuite();
    }
}
