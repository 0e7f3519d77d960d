package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value equals itself even if its {@code equals} says no, as a dynamic proxy's may. */
class ValueEqualityTest {
    private static final class Unequal {
        @Override
        @SuppressWarnings("EqualsHashCode")
        public boolean equals(Object other) {
            return false;
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    private record Way(String name, BiPredicate<SafeMap<String, Unequal>, Unequal> holds) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Way> ways() {
        return Stream.of(
                new Way("remove(k, v)", (map, value) -> map.remove("key", value)),
                new Way("replace(k, v, w)", (map, value) -> map.replace("key", value, new Unequal())),
                new Way("containsValue", SafeMap::containsValue),
                new Way("equals", (map, value) -> map.equals(new HashMap<>(map))),
                new Way("values().contains", (map, value) -> map.values().contains(value)),
                new Way("values().remove", (map, value) -> map.values().remove(value)),
                new Way("entrySet().contains", (map, value) -> map.entrySet().contains(Map.entry("key", value))),
                new Way("entrySet().remove", (map, value) -> map.entrySet().remove(Map.entry("key", value))),
                new Way(
                        "entrySet().removeAll(list)",
                        (map, value) -> map.entrySet().removeAll(Collections.singletonList(Map.entry("key", value)))),
                new Way(
                        "entrySet().removeAll(larger set)",
                        (map, value) -> map.entrySet()
                                .removeAll(new HashSet<>(
                                        Set.of(Map.entry("key", value), Map.entry("other", new Unequal()))))),
                new Way("entry.equals(entry)", (map, value) -> entry(map).equals(entry(map))));
    }

    private static Map.Entry<String, Unequal> entry(SafeMap<String, Unequal> map) {
        return map.entrySet().iterator().next();
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theSameValueIsEqualThough(Way way) {
        SafeMap<String, Unequal> map = new SafeMap<>();
        Unequal value = new Unequal();
        map.put("key", value);
        assertTrue(way.holds().test(map, value));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anotherValueIsNot(Way way) {
        if (way.name().equals("equals") || way.name().startsWith("entry.")) {
            return; // they compare the map's own value
        }
        SafeMap<String, Unequal> map = new SafeMap<>();
        map.put("key", new Unequal());
        assertFalse(way.holds().test(map, new Unequal()));
        assertEquals(1, map.size());
    }

    @Test
    void entriesRetainThemselves() {
        SafeMap<String, Unequal> map = new SafeMap<>();
        map.put("key", new Unequal());
        Collection<Map.Entry<String, Unequal>> own = new HashSet<>(map.entrySet());
        assertFalse(map.entrySet().retainAll(own));
        assertEquals(1, map.size());
    }
}
