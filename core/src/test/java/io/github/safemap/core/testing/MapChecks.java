package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must hold for any map of this project while nobody writes to it. */
public final class MapChecks {
    private MapChecks() {}

    /**
     * Checks that iteration, look-up and size agree. If the keys of a test throw or lie, the test must stop
     * that before it ends.
     */
    public static void agreesWithItself(Map<?, ?> map) {
        Set<Object> seen = new HashSet<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            Object value = entry.getValue();
            assertNotNull(key, "iteration returned a null key");
            assertNotNull(value, () -> "null value of " + key);
            assertTrue(seen.add(key), () -> "iteration returned " + key + " twice");
            assertSame(value, map.get(key), () -> "iterated, but not found by get: " + key);
            assertTrue(map.containsKey(key), () -> "iterated, but not contained: " + key);
        }
        assertEquals(seen.size(), map.size(), "size() against the number of iterated entries");
        assertEquals(seen.isEmpty(), map.isEmpty(), "isEmpty() against iteration");
    }
}
