package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key sets that support adding, copies, arrays, entries, and maps and views as objects. */
class SafeMapViewsTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Integer, String> filled(int entries) {
        SafeMap<Integer, String> map = maps.create(SafeMap.builder());
        IntStream.range(0, entries).forEach(key -> map.put(key, "value " + key));
        return map;
    }

    // Key sets

    @Test
    void keysAreAddedWithTheMappedValue() {
        SafeMap<Integer, String> map = filled(3);
        KeySetView<Integer, String> keys = map.keySet("mapped");
        assertSame(map, keys.getMap());
        assertEquals("mapped", keys.getMappedValue());
        assertFalse(keys.add(1));
        assertEquals("value 1", map.get(1));
        assertTrue(keys.add(5));
        assertEquals("mapped", map.get(5));
        assertTrue(keys.addAll(List.of(5, 6)));
        assertFalse(keys.addAll(List.of(5, 6)));
        assertEquals(Set.of(0, 1, 2, 5, 6), keys);
        assertThrows(NullPointerException.class, () -> keys.add(null));
        assertThrows(NullPointerException.class, () -> map.keySet(null));
    }

    @Test
    void aPlainKeySetTakesNoKeys() {
        SafeMap<Integer, String> map = filled(1);
        assertNull(map.keySet().getMappedValue());
        assertThrows(UnsupportedOperationException.class, () -> map.keySet().add(7));
        assertThrows(UnsupportedOperationException.class, () -> map.keySet().addAll(List.of(7)));
        assertThrows(UnsupportedOperationException.class, () -> map.keySet().addAll(List.of()));
        assertEquals(1, map.size());
    }

    @Test
    void aNewKeySetIsASet() throws Exception {
        KeySetView<Integer, Boolean> set = SafeMap.newKeySet();
        Set<Integer> won = ConcurrentHashMap.newKeySet();
        Race.run(4, thread -> {
            for (int key = 0; key < 5_000; key++) {
                if (set.add(key)) {
                    assertTrue(won.add(key), "added twice");
                }
            }
        });
        assertEquals(won, set);
        maps.check(set.getMap());
        assertThrows(IllegalArgumentException.class, () -> SafeMap.newKeySet(-1));
        KeySetView<Integer, Boolean> large = SafeMap.newKeySet(10_000);
        large.add(1);
        assertTrue(large.getMap().stats().shards() >= 16, "no room was made");
    }

    // Copies

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500, 40_000})
    void aCopyTakesNoMoreThanTheEntriesNeed(int entries) {
        Map<Integer, Integer> original = new HashMap<>();
        IntStream.range(0, entries).forEach(key -> original.put(key, -key));
        SafeMap<Integer, Integer> copy = new SafeMap<>(original);
        maps.check(copy);
        assertEquals(original, copy);
        SafeMap<Integer, Integer> grown = maps.create(SafeMap.builder());
        original.forEach(grown::put);
        grown.trim();
        assertTrue(Tables.slots(copy) <= 4 * Tables.slots(grown), () -> Tables.slots(copy) + " slots");
    }

    @Test
    void aCopyShrinksBelowTheSizeItWasMadeFor() {
        SafeMap<Integer, String> copy = new SafeMap<>(filled(10_000));
        copy.removeIf((key, value) -> key > 0);
        assertTrue(Tables.slots(copy) <= 1_000, () -> copy.stats().toString());
        maps.check(copy);
    }

    @Test
    void aNullInTheOriginalIsRefusedByName() {
        Map<Integer, Integer> nulls = new HashMap<>();
        nulls.put(1, null);
        assertTrue(assertThrows(NullPointerException.class, () -> new SafeMap<>(nulls))
                .getMessage()
                .contains("value"));
        assertThrows(NullPointerException.class, () -> new SafeMap<>((Map<Integer, Integer>) null));
    }

    // Arrays

    @Test
    void arraysAreOfTheTypeAndEndAsTheContractSays() {
        SafeMap<Integer, String> map = filled(3);
        Integer[] exact = new Integer[3];
        assertSame(exact, map.keySet().toArray(exact));
        Arrays.sort(exact);
        assertArrayEquals(new Integer[] {0, 1, 2}, exact);
        Integer[] large = {7, 7, 7, 7, 7};
        assertSame(large, map.keySet().toArray(large));
        assertNull(large[3]);
        assertEquals(7, large[4]);
        assertEquals(String[].class, map.values().toArray(new String[0]).getClass());
        assertEquals(String[].class, map.values().toArray(String[]::new).getClass());
        assertEquals(Object[].class, map.values().toArray().getClass());
        assertThrows(ArrayStoreException.class, () -> map.values().toArray(new Integer[0]));
        assertEquals(0, filled(0).keySet().toArray().length);
    }

    @Test
    void arraysMadeBesideWritersHaveNoHoles() throws Exception {
        arraysBesideWriter(map -> map.keySet().toArray());
        arraysBesideWriter(map -> map.keySet().toArray(new Integer[0]));
        arraysBesideWriter(map -> cut(map.keySet().toArray(new Integer[1_000])));
    }

    /** Creates an array of this size and fills it, to look for holes and overflows. */
    @Test
    void theCheckFindsAnArrayThatTrustsTheSize() {
        assertThrows(
                AssertionError.class,
                () -> arraysBesideWriter(map -> {
                    Object[] array = new Object[map.size()];
                    int at = 0;
                    for (Object key : map.keySet()) {
                        array[at++] = key;
                    }
                    return array;
                }));
    }

    /** Returns the part before the null that ends the elements. */
    private static Object[] cut(Object[] array) {
        int end = 0;
        while (end < array.length && array[end] != null) {
            end++;
        }
        return Arrays.copyOf(array, end);
    }

    private void arraysBesideWriter(Function<SafeMap<Integer, Integer>, Object[]> copier) throws Exception {
        SafeMap<Integer, Integer> map = maps.create();
        IntStream.range(0, 100).forEach(key -> map.put(key, key));
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    while (!done.get()) {
                        IntStream.range(100, 1_500).forEach(key -> map.put(key, key));
                        IntStream.range(100, 1_500).forEach(map::remove);
                    }
                },
                thread -> {
                    try {
                        for (int i = 0; i < 1_000; i++) {
                            Object[] array = copier.apply(map);
                            Set<Object> seen = new HashSet<>();
                            for (Object key : array) {
                                assertNotNull(key, "a hole");
                                assertTrue(seen.add(key), "twice");
                            }
                            assertTrue(seen.containsAll(Set.of(0, 50, 99)), "cut short");
                        }
                    } finally {
                        done.set(true);
                    }
                });
    }

    // Entries

    @Test
    void setValueReachesTheMapAndReturnsWhatTheEntryHad() {
        SafeMap<Integer, String> map = filled(1);
        Map.Entry<Integer, String> entry = map.entrySet().iterator().next();
        assertEquals("value 0", entry.setValue("a"));
        assertEquals("a", entry.getValue());
        assertEquals("a", map.get(0));
        map.put(0, "b");
        assertEquals("a", entry.getValue(), "as it was then");
        assertEquals("a", entry.setValue("c"));
        assertEquals("c", map.get(0));
        assertThrows(NullPointerException.class, () -> entry.setValue(null));
        assertEquals("c", map.get(0));
    }

    @Test
    void setValueBringsNoKeyBack() {
        SafeMap<Integer, String> map = filled(1);
        Map.Entry<Integer, String> entry = map.entrySet().iterator().next();
        map.remove(0);
        entry.setValue("late");
        assertEquals(Map.of(), map);
    }

    @Test
    void anEntryEqualsThoseOfItsKeyAndValue() {
        Map.Entry<Integer, String> entry = filled(1).entrySet().iterator().next();
        Map.Entry<Integer, String> other = new AbstractMap.SimpleEntry<>(0, "value 0");
        assertEquals(other, entry);
        assertEquals(entry, other);
        assertEquals(other.hashCode(), entry.hashCode());
        assertEquals("0=value 0", entry.toString());
        assertNotEquals(entry, Map.entry(0, "x"));
        assertNotEquals(entry, Map.entry(1, "value 0"));
    }

    // Maps and views as objects

    @Test
    void aMapIsEqualToAnyMapOfItsEntries() {
        SafeMap<Integer, String> map = filled(200);
        Map<Integer, String> control = new HashMap<>(map);
        assertEquals(control, map);
        assertEquals(map, control);
        assertEquals(control.hashCode(), map.hashCode());
        assertEquals(control.keySet(), map.keySet());
        assertEquals(map.keySet(), control.keySet());
        assertEquals(control.keySet().hashCode(), map.keySet().hashCode());
        assertEquals(control.entrySet(), map.entrySet());
        assertEquals(map.entrySet(), control.entrySet());
        assertEquals(control.entrySet().hashCode(), map.entrySet().hashCode());
        control.put(0, "other");
        assertNotEquals(control, map);
        assertNotEquals(map, control);
        assertNotEquals(map.entrySet(), control.entrySet());
        control.remove(0);
        assertNotEquals(map.keySet(), control.keySet());
        assertFalse(map.keySet().equals(null));
        assertFalse(map.keySet().equals((Object) List.of()));
        Set<Object> strangers = new HashSet<>(IntStream.range(1, 200).boxed().toList());
        strangers.add(null);
        assertFalse(map.keySet().equals(strangers));
    }

    @Test
    void manyEntriesAreAddedToAMapThatHasSome() {
        SafeMap<Integer, String> map = filled(200);
        Map<Integer, String> more = new HashMap<>();
        IntStream.range(100, 5_000).forEach(key -> more.put(key, "more " + key));
        map.putAll(more);
        assertEquals(5_000, map.size());
        assertEquals("value 99", map.get(99));
        assertEquals("more 100", map.get(100));
        maps.check(map);
    }

    /** A key whose {@code equals} takes only its own kind. */
    private record Narrow(int hash) {
        @Override
        public boolean equals(Object other) {
            return ((Narrow) other).hash == hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    @Test
    void aSetWhoseElementsRefuseToBeComparedIsNotEqual() {
        SafeMap<Integer, String> map = filled(1);
        assertFalse(map.keySet().equals(Set.of(new Narrow(Integer.hashCode(0)))));
    }

    @Test
    void anEntryWithoutAKeyIsNotContained() {
        SafeMap<Integer, String> map = filled(1);
        Map.Entry<Integer, String> keyless = new AbstractMap.SimpleEntry<>(null, "value 0");
        assertFalse(map.entrySet().contains(keyless));
        assertFalse(map.entrySet().remove(keyless));
        assertFalse(map.entrySet().contains("value 0"));
        assertFalse(map.entrySet().remove("value 0"));
        assertEquals(1, map.size());
    }

    @Test
    void aMapThatContainsItselfCanBePrinted() {
        SafeMap<Object, Object> map = maps.create();
        map.put("self", map);
        assertEquals("{self=(this Map)}", map.toString());
        assertEquals("[self]", map.keySet().toString());
        map.clear(); // hashCode of such a map has no end
    }
}
