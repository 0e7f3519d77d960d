package io.github.safemap.core;

import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.MapToStringTester;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.KeyMapGenerator;
import java.lang.reflect.Method;
import java.util.Map;
import junit.framework.Test;
import junit.framework.TestSuite;

/** Guava's suite for maps, on new and growing {@link GoMap}s of each hash kind. */
public final class GoMapConformanceTest {
    private GoMapConformanceTest() {}

    /** The suite, for JUnit Vintage. */
    public static Test suite() {
        GoMaps maps = new GoMaps();
        TestSuite suite = new TestSuite("GoMap");
        for (HashKind kind : HashKind.values()) {
            suite.addTest(suite("new, " + kind, maps, new KeyMapGenerator(kind, maps::create)));
            suite.addTest(suite("hinted, " + kind, maps, new KeyMapGenerator(kind, () -> maps.create(100))));
            suite.addTest(suite(
                    "growing, " + kind,
                    maps,
                    new KeyMapGenerator(kind, () -> growing(maps), GoMapConformanceTest::removeFiller)));
        }
        return suite;
    }

    private static TestSuite suite(String name, GoMaps maps, KeyMapGenerator generator) {
        return MapTestSuiteBuilder.using(generator)
                .named("GoMap, " + name)
                .withFeatures(
                        CollectionSize.ANY, MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .withTearDown(maps::checkAll)
                .suppressing(expectsTheSameOrderTwice())
                .createTestSuite();
    }

    private static Method expectsTheSameOrderTwice() {
        try {
            return MapToStringTester.class.getMethod("testToString_formatting");
        } catch (NoSuchMethodException renamed) {
            throw new AssertionError(renamed);
        }
    }

    /** The filler has another type, but is removed before a test sees the map. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<Key, String> growing(GoMaps maps) {
        return (GoMap) maps.sparseAndGrowing();
    }

    /** Leaves the map growing, unless the map becomes empty, which ends a growth. */
    private static void removeFiller(Map<Key, String> map) {
        map.remove(GoMaps.FILLER);
        if (!map.isEmpty()) {
            GoMaps.assertGrowing(map);
        }
    }
}
