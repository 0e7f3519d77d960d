package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.NeverEqualKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of {@link SafeMap} as one thread sees it, beyond Guava's suite. */
class SafeMapTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private final SafeMap<Object, Object> map = maps.create();

    @ParameterizedTest
    @MethodSource("callsWithNull")
    void nullIsRefusedByName(String argument, NullCall call) {
        map.put(1, 1);
        String message =
                assertThrows(NullPointerException.class, () -> call.on(map)).getMessage();
        assertTrue(message != null && message.contains(argument), "message: " + message);
        assertEquals(Map.of(1, 1), map);
    }

    /** A call with a null argument. */
    interface NullCall {
        void on(SafeMap<Object, Object> map);
    }

    static Stream<Arguments> callsWithNull() {
        return Stream.of(
                call("key", map -> map.put(null, 1)),
                call("value", map -> map.put(1, null)),
                call("key", map -> map.get(null)),
                call("key", map -> map.getOrDefault(null, 1)),
                call("key", map -> map.containsKey(null)),
                call("value", map -> map.containsValue(null)),
                call("key", map -> map.remove(null)),
                call("key", map -> map.remove(null, 1)),
                call("key", map -> map.putIfAbsent(null, 1)),
                call("value", map -> map.putIfAbsent(1, null)),
                call("key", map -> map.replace(null, 1)),
                call("value", map -> map.replace(1, null)),
                call("key", map -> map.replace(null, 1, 1)),
                call("oldValue", map -> map.replace(1, null, 1)),
                call("newValue", map -> map.replace(1, 1, null)),
                call("key", map -> map.merge(null, 1, (a, b) -> a)),
                call("value", map -> map.merge(1, null, (a, b) -> a)),
                call("remappingFunction", map -> map.merge(1, 1, null)),
                call("key", map -> map.compute(null, (k, v) -> v)),
                call("remappingFunction", map -> map.compute(1, null)),
                call("key", map -> map.computeIfPresent(null, (k, v) -> v)),
                call("remappingFunction", map -> map.computeIfPresent(1, null)),
                call("key", map -> map.computeIfAbsent(null, k -> 1)),
                call("mappingFunction", map -> map.computeIfAbsent(1, null)),
                call("function", map -> map.replaceAll(null)),
                call("action", map -> map.forEach(null)),
                call("filter", map -> map.removeIf(null)),
                call("entries", map -> map.putAll(null)),
                call("mappedValue", map -> map.keySet(null)),
                call("keys", map -> map.keySet(1).addAll(null)),
                call("keys", map -> map.keySet().retainAll(null)),
                call("collection", map -> map.keySet().removeAll(null)),
                call("collection", map -> map.entrySet().removeAll(null)),
                call("entries", map -> map.entrySet().retainAll(null)),
                call("values", map -> map.values().removeAll(null)),
                call("values", map -> map.values().retainAll(null)),
                call("filter", map -> map.keySet().removeIf(null)),
                call("filter", map -> map.values().removeIf(null)),
                call("filter", map -> map.entrySet().removeIf(null)),
                call("elements", map -> map.keySet().containsAll(null)),
                call("action", map -> map.values().forEach(null)),
                call("action", map -> map.keySet().spliterator().tryAdvance(null)),
                call("action", map -> new SafeMap<>().keySet().spliterator().tryAdvance(null)),
                call("value", map -> map.entrySet().iterator().next().setValue(null)));
    }

    private static Arguments call(String argument, NullCall call) {
        return Arguments.of(argument, call);
    }

    @Test
    void functionsMayUseOtherKeys() {
        map.put(0, 0);
        for (int i = 1; i < 1_000; i++) {
            int key = i;
            map.computeIfAbsent(key, k -> map.get(key - 1));
            map.compute(key, (k, value) -> {
                map.put(-key, value);
                return map.remove(-key);
            });
            map.merge(key, key, (old, value) -> {
                map.merge("sum", 1, (a, b) -> (Integer) a + (Integer) b);
                return old;
            });
        }
        assertEquals(0, map.get(999));
        assertEquals(999, map.get("sum"));
        assertEquals(1_001, map.size());
    }

    @ParameterizedTest
    @EnumSource
    void hashCodeAndEqualsThatThrowLeaveTheMapAsItWas(HashKind kind) {
        RuntimeException thrown = new IllegalStateException("from the key");
        Key present = kind.key(0);
        Object spiteful = new Object() {
            @Override
            public int hashCode() {
                return present.hashCode();
            }

            @Override
            public boolean equals(Object other) {
                throw thrown;
            }
        };
        Object hashless = new Object() {
            @Override
            public int hashCode() {
                throw thrown;
            }
        };
        for (int id = 0; id < 100; id++) {
            map.put(kind.key(id), id);
        }
        for (Object bad : new Object[] {spiteful, hashless}) {
            for (NullCall call : List.<NullCall>of(
                    m -> m.put(bad, 1),
                    m -> m.get(bad),
                    m -> m.remove(bad),
                    m -> m.merge(bad, 1, (a, b) -> a),
                    m -> m.computeIfAbsent(bad, k -> 1),
                    m -> m.replace(bad, 1))) {
                assertSame(thrown, assertThrows(RuntimeException.class, () -> call.on(map)));
            }
        }
        assertEquals(100, map.size());
        for (int id = 0; id < 100; id++) {
            assertEquals(id, map.remove(kind.key(id)));
        }
    }

    /** As in ConcurrentHashMap's views. Eclipse Collections had this wrong (issue 424). */
    @Test
    void removeIfSparesAnEntryWhoseValueWasReplacedMeanwhile() {
        spares(map);
        spares(new ConcurrentHashMap<>()); // the control
    }

    private static void spares(Map<Object, Object> map) {
        map.put(1, "old");
        map.values().removeIf(value -> {
            map.put(1, "new");
            return value.equals("old");
        });
        assertEquals(Map.of(1, "new"), map);
        map.put(1, "old");
        map.entrySet().removeIf(entry -> {
            boolean old = entry.getValue().equals("old");
            map.put(1, "new");
            return old;
        });
        assertEquals(Map.of(1, "new"), map);
    }

    @Test
    void neverEqualKeysAreInsertedAnewIteratedAndRemoved() {
        List<NeverEqualKey> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add(new NeverEqualKey(i % 100));
            assertNull(map.put(keys.get(i), i));
        }
        assertEquals(500, map.size());
        assertEquals(7, map.get(keys.get(7)));
        for (Iterator<Object> values = map.values().iterator(); values.hasNext(); ) {
            if ((Integer) values.next() % 5 != 0) {
                values.remove();
            }
        }
        assertEquals(100, map.size());
        map.clear();
        assertTrue(map.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void keysAreFoundWhateverTheNumberOfSurvivors(HashKind kind) {
        int entries = kind == HashKind.GOOD ? 20_000 : 1_000;
        for (int survivors : new int[] {0, 1, 2, 10, 100, entries / 10, entries / 2, entries}) {
            map.clear();
            for (int id = 0; id < entries; id++) {
                map.put(kind.key(id), id);
            }
            int step = survivors == 0 ? Integer.MAX_VALUE : entries / survivors;
            for (int id = 0; id < entries; id++) {
                if (survivors == 0 || id % step != 0) {
                    assertEquals(id, map.remove(kind.key(id)));
                }
            }
            assertEquals(survivors, map.size());
            for (int id = 0; id < entries; id++) {
                boolean survives = survivors > 0 && id % step == 0;
                assertEquals(survives ? id : null, map.get(kind.key(id)));
            }
            maps.check(map);
        }
    }
}
