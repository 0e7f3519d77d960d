package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import io.github.safemap.core.testing.NeverEqualKey;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of {@link GoMap} without growth and iteration: arguments, all sorts of keys, and the reuse of
 * slots.
 *
 * <p>Tests that follow one of Go's own, in {@code runtime/map_test.go} (BSD-3-Clause), name it. Their code is
 * new.
 */
class GoMapTest {
    @RegisterExtension
    final GoMaps maps = new GoMaps();

    @Test
    void aCopyHasTheEntriesOfTheOther() {
        Map<Integer, String> entries =
                IntStream.range(0, 1_000).boxed().collect(Collectors.toMap(i -> i, i -> "value " + i));
        GoMap<Integer, String> copy = new GoMap<>(entries);
        GoMapInvariants.check(copy);
        assertEquals(entries, copy);
        copy.remove(1);
        assertEquals("value 1", entries.get(1));
        assertTrue(new GoMap<>(Map.of()).isEmpty());
    }

    // Arguments

    @ParameterizedTest
    @MethodSource("callsWithNull")
    void nullIsRefusedByName(String argument, NullCall call) {
        for (int size : new int[] {0, 1, 100}) {
            GoMap<Object, Object> map = maps.create();
            for (int i = 0; i < size; i++) {
                map.put(i, i);
            }
            Executable refused = () -> call.on(map);
            String message = assertThrows(NullPointerException.class, refused).getMessage();
            assertTrue(message != null && message.contains(argument), "message: " + message);
            assertEquals(size, map.size());
        }
    }

    /** A call with a null argument. */
    interface NullCall {
        void on(GoMap<Object, Object> map);
    }

    static Stream<Arguments> callsWithNull() {
        return Stream.of(
                call("key", map -> map.put(null, 1)),
                call("value", map -> map.put(1, null)),
                call("key", map -> map.get(null)),
                call("key", map -> map.containsKey(null)),
                call("key", map -> map.remove(null)),
                call("value", map -> map.containsValue(null)),
                call("key", map -> map.getOrDefault(null, 1)),
                call("key", map -> map.putIfAbsent(null, 1)),
                call("value", map -> map.putIfAbsent(-1, null)),
                call("key", map -> map.remove(null, 1)),
                call("key", map -> map.keySet().contains(null)),
                call("key", map -> map.keySet().remove(null)));
    }

    private static Arguments call(String argument, NullCall call) {
        return Arguments.of(argument, call);
    }

    @Test
    void entryRefusesNullValueByName() {
        GoMap<Integer, Integer> map = maps.create();
        map.put(1, 2);
        Map.Entry<Integer, Integer> entry = map.entrySet().iterator().next();
        NullPointerException refused = assertThrows(NullPointerException.class, () -> entry.setValue(null));
        assertTrue(refused.getMessage().contains("value"), refused.getMessage());
        assertEquals(2, map.get(1));
    }

    /** After Go's TestIgnoreBogusMapHint, but Java refuses a negative hint. */
    @ParameterizedTest
    @ValueSource(ints = {-1, -8, Integer.MIN_VALUE})
    void negativeSizeHintIsRefusedByNameAndValue(int hint) {
        String message = assertThrows(IllegalArgumentException.class, () -> new GoMap<>(hint))
                .getMessage();
        assertTrue(message.contains("sizeHint") && message.contains("" + hint), message);
    }

    /** After Go's TestIgnoreBogusMapHint: a hint is only a hint. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 30, Integer.MAX_VALUE})
    void hugeSizeHintCostsNothingYet(int hint) {
        GoMap<Integer, Integer> map = maps.create(hint);
        assertNull(map.get(1));
        assertNull(map.remove(1));
        assertTrue(map.isEmpty());
        assertEquals(0, map.stats().allocatedBuckets());
    }

    // Keys

    /** After Go's TestNegativeZero, by Java's rules: equals decides, and the first key stays. */
    @Test
    void doubleZerosAreTwoKeysAndEqualKeysKeepTheFirstObject() {
        GoMap<Object, String> map = maps.create();
        map.put(+0.0, "positive");
        map.put(-0.0, "negative");
        assertEquals("positive", map.get(+0.0));
        assertEquals("negative", map.get(-0.0));
        Key first = HashKind.GOOD.key(1);
        map.put(first, "first");
        assertEquals("first", map.put(HashKind.GOOD.key(1), "second"));
        assertEquals("second", map.get(first));
        assertSame(first, map.keySet().stream().filter(first::equals).findAny().orElseThrow());
        assertEquals(3, map.size());
    }

    /** After Go's TestMapAssignmentNan, TestMapOperatorAssignmentNan; Java's NaN equals itself. */
    @Test
    void neverEqualKeysAreInsertedAnew() {
        GoMap<Object, Integer> map = maps.create();
        List<NeverEqualKey> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            NeverEqualKey key = new NeverEqualKey(7);
            keys.add(key);
            assertNull(map.put(key, i));
            assertNull(map.get(new NeverEqualKey(7)));
            assertNull(map.remove(new NeverEqualKey(7)));
        }
        assertEquals(100, map.size());
        for (int i = 0; i < 100; i++) {
            assertEquals(i, map.get(keys.get(i)), "identity is enough");
        }
        assertEquals(50, map.put(keys.get(50), -50));
        assertEquals(100, map.size());
        assertEquals(-50, map.remove(keys.get(50)));
        assertEquals(99, map.size());
        map.put(Double.NaN, 1);
        assertEquals(1, map.put(Double.NaN, 2));
        assertEquals(100, map.size());
    }

    /** After Go's TestMapInterfaceKey: keys of many classes in one map. */
    @Test
    void keysOfManyClassesAreToldApart() {
        Object[] keys = {
            true,
            'x',
            (byte) 1,
            (short) 1,
            1,
            1L,
            1.0f,
            1.0,
            "1",
            List.of(1),
            Set.of(1),
            Map.of(1, 1),
            HashKind.CONSTANT,
            String.class,
            new Object(),
            Arrays.asList(1, "a")
        };
        GoMap<Object, Integer> map = maps.create();
        for (int i = 0; i < 1_000; i++) {
            map.put("other " + i, i);
        }
        for (int i = 0; i < keys.length; i++) {
            assertNull(map.put(keys[i], i));
        }
        for (int i = 0; i < keys.length; i++) {
            assertEquals(i, map.get(keys[i]));
        }
        assertEquals(1_000 + keys.length, map.size());
    }

    /** After Go's TestEmptyMapWithInterfaceKey: even an empty map calls the hash. */
    @Test
    void keyWithoutHashIsRefusedByAnEmptyMapToo() {
        Object unhashable = new Object() {
            @Override
            public int hashCode() {
                throw new UnsupportedOperationException("no hash");
            }
        };
        GoMap<Object, Object> map = maps.create();
        assertThrows(UnsupportedOperationException.class, () -> map.get(unhashable));
        assertThrows(UnsupportedOperationException.class, () -> map.containsKey(unhashable));
        assertThrows(UnsupportedOperationException.class, () -> map.remove(unhashable));
        assertThrows(UnsupportedOperationException.class, () -> map.put(unhashable, 1));
        assertNull(map.get("hashable"));
    }

    /** After Go's TestEmptyKeyAndValue: a key and a value without content. */
    @Test
    void emptyKeyAndValueAreAnEntryLikeAnyOther() {
        GoMap<List<Object>, List<Object>> map = maps.create();
        assertNull(map.put(List.of(), List.of()));
        assertEquals(List.of(), map.get(new ArrayList<>()));
        assertEquals(List.of(), map.remove(List.of()));
        assertTrue(map.isEmpty());
    }

    /** After Go's TestSingleBucketMapStringKeys_DupLen and _NoDupLen. */
    @ParameterizedTest
    @ValueSource(strings = {"x,xx,foo,xxxx,xxxxx,xxxxxx", "x,xx,foo,bar,longer,fine,same,name"})
    void stringsInOneBucketAreToldApart(String listed) {
        String[] keys = listed.split(",");
        GoMap<String, String> map = maps.create();
        for (String key : keys) {
            map.put(key, key + "val");
        }
        assertEquals(1, map.stats().buckets());
        for (String key : keys) {
            assertEquals(key + "val", map.get(new String(key.toCharArray())));
        }
        assertNull(map.get("nope"));
        assertNull(map.get("fo"));
        assertNull(map.get("fooo"));
        assertNull(map.get(""));
    }

    @ParameterizedTest
    @EnumSource
    void absentKeysAreNotFoundAtAnyFilling(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int size = 0; size < 40; size++) {
            for (int absent = 1_000; absent < 1_100; absent++) {
                assertNull(map.get(kind.key(absent)));
                assertFalse(map.containsKey(kind.key(absent)));
                assertNull(map.remove(kind.key(absent)));
            }
            map.put(kind.key(size), size);
        }
    }

    /** After Go's TestBigItems, TestMapLargeKeyNoPointer and TestMapLargeValNoPointer. */
    @Test
    void largeKeysAndValuesSurviveGarbageCollection() {
        GoMap<List<String>, int[]> map = maps.create();
        for (int i = 0; i < 1_000; i++) {
            map.put(largeKey(i), IntStream.range(i, i + 64).toArray());
        }
        System.gc();
        assertEquals(1_000, map.size());
        for (int i = 0; i < 1_000; i++) {
            assertArrayEquals(IntStream.range(i, i + 64).toArray(), map.get(largeKey(i)));
        }
    }

    private static List<String> largeKey(int i) {
        return IntStream.range(0, 64).mapToObj(j -> "string" + (i + j)).toList();
    }

    // Values

    /** As in {@code java.util.HashMap}, and unlike in {@code AbstractMap}. */
    @Test
    void valuesAreComparedByIdentityFirst() {
        NeverEqualKey value = new NeverEqualKey(7);
        GoMap<Integer, Object> map = maps.create();
        for (int i = 0; i < 20; i++) {
            map.put(i, i == 13 ? value : new String("value"));
        }
        assertTrue(map.containsValue(value));
        assertTrue(map.values().contains(value));
        assertTrue(map.containsValue("value"));
        assertFalse(map.containsValue(new NeverEqualKey(7)));
        assertFalse(map.containsValue("other"));
        Map<Integer, Object> same = new HashMap<>(map);
        assertTrue(map.equals(same));
        assertEquals(same.hashCode(), map.hashCode());
        assertTrue(map.entrySet().contains(new SimpleEntry<>(13, value)));
        same.put(13, new NeverEqualKey(7));
        assertFalse(map.equals(same));
        assertTrue(map.remove(13, value));
    }

    @Test
    void aMapEqualsMapsOfTheSameEntriesOnly() {
        GoMap<Object, Object> map = maps.create();
        assertEquals(Map.of(), map);
        assertEquals(0, map.hashCode());
        map.put(1, 2);
        assertEquals(map, map);
        assertEquals(map, new GoMap<>(map));
        for (Object other :
                new Object[] {Map.of(), Map.of(1, 3), Map.of(2, 2), Map.of(1, 2, 3, 4), map.entrySet(), "{1=2}"}) {
            assertFalse(map.equals(other), other::toString);
        }
        assertFalse(map.equals(null));
        Map<Object, Object> nulls = new HashMap<>();
        nulls.put(null, 2);
        assertFalse(map.equals(nulls));
        nulls.clear();
        nulls.put(1, null);
        assertFalse(map.equals(nulls));
    }

    @Test
    void statsAreRight() {
        GoMap<Integer, Integer> map = maps.create(26);
        for (int i = 0; i < 9; i++) {
            map.put(i, i);
        }
        GoMapStats stats = map.stats();
        assertEquals(
                "GoMapStats[size=9, b=2, buckets=4, allocatedBuckets=" + stats.allocatedBuckets()
                        + ", overflowBuckets=" + stats.overflowBuckets()
                        + ", oldBucketsLeft=0, load=2.25, longestChain="
                        + stats.longestChain() + "]",
                stats.toString());
        GoMap<Key, Integer> chain = maps.create(26);
        for (int i = 0; i < 17; i++) {
            chain.put(HashKind.CONSTANT.key(i), i);
        }
        assertEquals(3, chain.stats().longestChain());
        assertEquals(3, chain.stats().allocatedBuckets());
        assertEquals(2, chain.stats().overflowBuckets());
    }

    // Updates

    /** After Go's TestMapOperatorAssignment. */
    @Test
    void mergeAndComputeChain() {
        GoMap<Integer, Integer> map = maps.create();
        for (int i = 0; i < 100; i++) {
            map.merge(0, 1, Integer::sum);
            map.compute(1, (key, value) -> value == null ? 1 : value + 2);
        }
        map.computeIfPresent(0, (key, value) -> value * 3);
        assertEquals(300, map.get(0));
        assertEquals(199, map.get(1));
        assertEquals(2, map.size());
    }

    /** After Go's TestMapAppendAssignment: first to an absent key, then to a present one. */
    @Test
    void computeAppendsToLists() {
        GoMap<Integer, List<Integer>> map = maps.create();
        for (int i = 0; i < 3; i++) {
            int element = i;
            map.compute(0, (key, list) -> {
                List<Integer> longer = new ArrayList<>(list == null ? List.of() : list);
                longer.add(element);
                return longer;
            });
            map.computeIfAbsent(1, key -> new ArrayList<>()).add(element);
        }
        assertEquals(List.of(0, 1, 2), map.get(0));
        assertEquals(List.of(0, 1, 2), map.get(1));
    }

    /** After Go's TestAlias: two references to one map show each change at once. */
    @Test
    void viewsShareTheMap() {
        GoMap<Integer, Integer> map = maps.create();
        Set<Integer> keys = map.keySet();
        Set<Map.Entry<Integer, Integer>> entries = map.entrySet();
        map.put(0, 5);
        map.put(1, 6);
        assertEquals(Set.of(0, 1), keys);
        assertEquals(Set.of(Map.entry(0, 5), Map.entry(1, 6)), entries);
        keys.remove(0);
        assertEquals(Map.of(1, 6), map);
        map.values().clear();
        assertTrue(map.isEmpty() && keys.isEmpty() && entries.isEmpty());
    }

    /** The default methods of Map run the function between a read and a write. */
    @Test
    void functionMayUseTheMap() {
        GoMap<Integer, Integer> map = maps.create();
        map.computeIfAbsent(0, key -> {
            for (int i = 1; i < 200; i++) {
                map.put(i, i);
            }
            return -1;
        });
        assertEquals(200, map.size());
        map.compute(0, (key, value) -> {
            map.clear();
            return map.size();
        });
        assertEquals(Map.of(0, 0), map);
    }

    // Reused slots

    /** After Go's TestIncrementAfterDelete family (issue 25936). */
    @ParameterizedTest
    @EnumSource
    void mergeAfterRemoveStartsAnewInTheReusedSlot(HashKind kind) {
        GoMap<Key, Integer> map = maps.create();
        for (int id = 0; id < 50; id++) {
            map.put(kind.key(id), 99);
            map.remove(kind.key(id));
            map.merge(kind.key(id + 1), 1, Integer::sum);
            assertEquals(1, map.get(kind.key(id + 1)));
            map.remove(kind.key(id + 1));
            map.compute(kind.key(id), (key, value) -> value == null ? 1 : value + 1);
            assertEquals(1, map.get(kind.key(id)));
        }
    }

    /** After Go's TestIncrementAfterBulkClearKeyStringValueInt. */
    @Test
    void mergeAfterRemovingEverythingStartsAnew() {
        GoMap<String, Integer> map = maps.create();
        map.put("key1", 99);
        map.keySet().removeIf(key -> true);
        map.merge("key2", 1, Integer::sum);
        assertEquals(Map.of("key2", 1), map);
        map.clear();
        map.merge("key1", 1, Integer::sum);
        assertEquals(Map.of("key1", 1), map);
    }

    // Bulk copies

    /** After Go's TestMapKeys and TestMapValues. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 100, 105})
    void toArrayCopiesKeysAndValues(int size) {
        GoMap<Integer, String> map = maps.create();
        Map<Integer, String> expected = new HashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(i, "v" + i);
            expected.put(i, "v" + i);
        }
        Integer[] keys = map.keySet().toArray(new Integer[0]);
        assertEquals(size, keys.length);
        assertEquals(expected.keySet(), Set.of(keys));
        assertEquals(
                Set.copyOf(expected.values()),
                new HashSet<>(List.of(map.values().toArray())));
        assertEquals(expected.entrySet(), map.entrySet().stream().collect(Collectors.toSet()));
    }

    @Test
    void sizeAndClearOfTheViewsAreTheMaps() {
        GoMap<String, Integer> map = maps.create();
        map.put("one", 1);
        assertEquals("one=1", map.entrySet().iterator().next().toString());
        assertTrue(map.values().contains(1));
        assertFalse(map.values().contains(2));
        assertFalse(map.entrySet().contains("one"), "not an entry");
        assertFalse(map.entrySet().contains(new SimpleEntry<>(null, 1)), "no key");
        assertFalse(map.entrySet().contains(Map.entry("one", 2)));
        map.keySet().clear();
        assertTrue(map.isEmpty());
        map.put("two", 2);
        map.entrySet().clear();
        assertTrue(map.isEmpty());
        map.put("three", 3);
        map.values().clear();
        assertTrue(map.isEmpty());
    }
}
