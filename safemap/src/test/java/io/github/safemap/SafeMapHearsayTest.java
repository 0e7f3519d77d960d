package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A size that others report makes no tables. The map is as large as its actual entries need. */
class SafeMapHearsayTest {
    /** The most slots for some 100 entries. */
    private static final long FEW_SLOTS = 512;

    private static final long MOST_BYTES = 10_000;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private static <T> Set<T> claiming(int size, List<T> elements) {
        return new AbstractSet<>() {
            @Override
            public Iterator<T> iterator() {
                return elements.iterator();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static Map<String, Integer> mapClaiming(int size) {
        return new AbstractMap<>() {
            @Override
            public Set<Map.Entry<String, Integer>> entrySet() {
                return claiming(size, List.of(Map.entry("a", 1), Map.entry("b", 2)));
            }
        };
    }

    /** This many elements, but few different ones. */
    private static List<Integer> repeating(int size) {
        return new AbstractList<>() {
            @Override
            public Integer get(int index) {
                return index % 100;
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Checks that a map has tables for some 100 entries only. */
    private static void assertSmall(SafeMap<?, ?> map) {
        assertTrue(map.stats().slots() <= FEW_SLOTS, () -> map.stats().toString());
        assertTrue(map.stats().directoryLength() <= FEW_SLOTS, () -> map.stats().toString());
        assertTrue(map.stats().tableBytes() <= MOST_BYTES, () -> map.stats().toString());
    }

    static Stream<Collection<String>> boasters() {
        return Stream.of(
                claiming(Integer.MAX_VALUE, List.of("a", "b")),
                claiming(1_000_000, List.of("a", "b")),
                claiming(0, List.of("a", "b")),
                claiming(-1, List.of("a", "b")),
                new AbstractCollection<>() {
                    @Override
                    public Iterator<String> iterator() {
                        return List.of("a", "b").iterator();
                    }

                    @Override
                    public int size() {
                        throw new AssertionError("nobody need ask");
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("boasters")
    void addAllDoesNotRelyOnASize(Collection<String> elements) {
        SafeMap<String, Boolean> map = maps.create();
        assertTrue(map.keySet(true).addAll(elements));
        assertEquals(Set.of("a", "b"), map.keySet());
        assertSmall(map);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1_000_000, 0, -1})
    void putAllAndTheCopyingConstructorDoNotRelyOnASize(int size) {
        SafeMap<String, Integer> map = maps.create();
        map.putAll(mapClaiming(size));
        assertEquals(Map.of("a", 1, "b", 2), map);
        assertSmall(map);
        SafeMap<String, Integer> copy = new SafeMap<>(mapClaiming(size));
        maps.check(copy);
        assertEquals(map, copy);
        assertSmall(copy);
    }

    @Test
    void elementsThatComeAgainTakeNoRoom() {
        KeySetView<Integer, Boolean> set = SafeMap.newKeySet();
        assertTrue(set.addAll(repeating(2_000_000)));
        assertEquals(100, set.size());
        assertSmall(set.getMap());
        maps.check(set.getMap());
    }

    /** A map that has nearly all of the keys already. */
    @Test
    void entriesThatAreThereTakeNoRoom() {
        SafeMap<Integer, Integer> map = maps.create();
        repeating(100).forEach(key -> map.put(key, 0));
        long before = map.stats().slots();
        map.putAll(new AbstractMap<>() {
            @Override
            public Set<Map.Entry<Integer, Integer>> entrySet() {
                return claiming(
                        1_000_000,
                        repeating(1_000_000).stream()
                                .map(key -> Map.entry(key, 1))
                                .toList());
            }
        });
        assertEquals(100, map.size());
        assertEquals(before, map.stats().slots());
    }

    /** A stream has neither the number of entries nor the size of the tables. */
    @Test
    void aDeserializedMapIsAsLargeAsItsEntries() throws Exception {
        SafeMap<Integer, Integer> large =
                maps.create(SafeMap.builder().expectedSize(1_000_000).growOnly());
        repeating(100).forEach(key -> large.put(key, key));
        assertTrue(large.stats().tableBytes() > 10 * MOST_BYTES, "no promise");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(large);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            SafeMap<?, ?> read = (SafeMap<?, ?>) in.readObject();
            maps.check(read);
            assertEquals(large, read);
            assertSmall(read);
        }
    }

    /** The check can fail: {@code expectedSize} makes tables. */
    @Test
    void anExpectedSizeMakesRoom() {
        SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().expectedSize(1_000_000));
        repeating(100).forEach(key -> map.put(key, 0));
        assertTrue(map.stats().tableBytes() > 10 * MOST_BYTES, () -> map.stats().toString());
    }
}
