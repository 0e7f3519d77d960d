package io.github.safemap;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
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

/** Guava's suite for concurrent maps, over {@link SafeMap}s of each hash kind, new and used. */
public final class SafeMapConformanceTest {
    private static final int FILLERS = 2_000;

    private SafeMapConformanceTest() {}

    /** The suite that JUnit Vintage runs. */
    public static Test suite() {
        SafeMaps maps = new SafeMaps();
        TestSuite suite = new TestSuite("SafeMap");
        for (HashKind kind : HashKind.values()) {
            suite.addTest(suite("new, " + kind, maps, new KeyMapGenerator(kind, maps::create)));
            suite.addTest(suite(
                    "after mass deletes, " + kind,
                    maps,
                    new KeyMapGenerator(
                            kind, () -> full(maps), SafeMapConformanceTest::removeFillers)));
        }
        return suite;
    }

    private static TestSuite suite(String name, SafeMaps maps, KeyMapGenerator generator) {
        return ConcurrentMapTestSuiteBuilder.using(generator)
                .named("SafeMap, " + name)
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
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

    private static Map<Key, String> full(SafeMaps maps) {
        Map<Key, String> map = maps.create();
        for (int id = 0; id < FILLERS; id++) {
            map.put(filler(id), "filler");
        }
        return map;
    }

    private static void removeFillers(Map<Key, String> map) {
        for (int id = 0; id < FILLERS; id++) {
            map.remove(filler(id));
        }
    }

    private static Key filler(int id) {
        return HashKind.GOOD.key(-1 - id);
    }
}
