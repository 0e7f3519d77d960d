package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.GoMap;
import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** While a map does not change, all iterations over it have the same order. */
class SafeMapOrderTest {
    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    /** A way to iterate over a map in which each value is its key's id. Returns the ids in its order. */
    enum Way {
        KEYS(map -> ids(map.keySet().iterator())),
        VALUES(map -> list(map.values().iterator())),
        ENTRIES(map -> {
            List<Integer> ids = new ArrayList<>();
            for (Map.Entry<Key, Integer> entry : map.entrySet()) {
                assertEquals(entry.getKey().id(), entry.getValue());
                ids.add(entry.getValue());
            }
            return ids;
        }),
        FOR_EACH(map -> {
            List<Integer> ids = new ArrayList<>();
            map.forEach((key, value) -> ids.add(key.id()));
            return ids;
        }),
        FOR_EACH_KEY(map -> {
            List<Integer> ids = new ArrayList<>();
            map.keySet().forEach(key -> ids.add(key.id()));
            return ids;
        }),
        FOR_EACH_VALUE(map -> {
            List<Integer> ids = new ArrayList<>();
            map.values().forEach(ids::add);
            return ids;
        }),
        REST_OF_AN_ITERATION(map -> {
            List<Integer> ids = new ArrayList<>();
            Iterator<Integer> values = map.values().iterator();
            ids.add(values.next());
            values.forEachRemaining(ids::add);
            return ids;
        }),
        ARRAY_OF_KEYS(map -> ids(Arrays.asList(map.keySet().toArray(new Key[0])).iterator())),
        ARRAY_OF_VALUES(map -> Arrays.asList(map.values().toArray(new Integer[0]))),
        ARRAY_OF_ENTRIES(map -> Stream.of(map.entrySet().toArray())
                .map(entry -> (Integer) ((Map.Entry<?, ?>) entry).getValue())
                .toList()),
        ARRAY_OF_OBJECTS(map ->
                Stream.of(map.values().toArray()).map(value -> (Integer) value).toList()),
        STREAM_OF_KEYS(map -> map.keySet().stream().map(Key::id).toList()),
        STREAM_OF_VALUES(map -> map.values().stream().toList()),
        STREAM_OF_ENTRIES(
                map -> map.entrySet().stream().map(Map.Entry::getValue).toList()),
        SPLITERATOR(map -> {
            List<Integer> ids = new ArrayList<>();
            var values = map.values().spliterator();
            while (values.tryAdvance(ids::add)) {
                // one by one
            }
            return ids;
        }),
        TEXT(map -> texts(map.toString(), ", Key ")),
        TEXT_OF_KEYS(map -> texts(map.keySet().toString(), ", Key ")),
        TEXT_OF_VALUES(map -> texts(map.values().toString(), ", ")),
        COPY(map -> list(new LinkedHashMap<>(map).values().iterator()));

        private final Function<Map<Key, Integer>, List<Integer>> ids;

        Way(Function<Map<Key, Integer>, List<Integer>> ids) {
            this.ids = ids;
        }

        private static List<Integer> list(Iterator<Integer> iterator) {
            List<Integer> list = new ArrayList<>();
            iterator.forEachRemaining(list::add);
            return list;
        }

        private static List<Integer> ids(Iterator<Key> keys) {
            List<Integer> ids = new ArrayList<>();
            keys.forEachRemaining(key -> ids.add(key.id()));
            return ids;
        }

        /** The numbers at the beginnings of the parts of a text. */
        private static List<Integer> texts(String text, String separator) {
            return Arrays.stream((", " + text.substring(1, text.length() - 1)).split(separator))
                    .filter(part -> !part.isEmpty())
                    .map(part -> Integer.valueOf(part.replaceAll("\\D.*", "")))
                    .toList();
        }
    }

    /** What was done to the map before the iteration. */
    enum Past {
        NEW {
            @Override
            void live(SafeMap<Key, Integer> map, HashKind kind) {}
        },
        GROWN {
            @Override
            void live(SafeMap<Key, Integer> map, HashKind kind) {
                put(map, kind, 10, 400);
            }
        },
        SPARSE {
            @Override
            void live(SafeMap<Key, Integer> map, HashKind kind) {
                put(map, kind, 10, 400);
                for (int id = 0; id < 400; id += 3) {
                    map.remove(kind.key(id));
                }
            }
        },
        SHRUNK {
            @Override
            void live(SafeMap<Key, Integer> map, HashKind kind) {
                put(map, kind, 10, 400);
                for (int id = 20; id < 400; id++) {
                    map.remove(kind.key(id));
                }
                map.trim();
            }
        },
        WITH_A_FUNCTION_THAT_THREW {
            @Override
            void live(SafeMap<Key, Integer> map, HashKind kind) {
                put(map, kind, 10, 100);
                DirectoryView.rebuildAll(map.directory, kind.key(0).hashCode());
                try {
                    map.compute(kind.key(5), (key, old) -> {
                        throw new IllegalCallerException();
                    });
                } catch (IllegalCallerException thrown) {
                    // same content, but the key may be in another slot
                }
            }
        };

        abstract void live(SafeMap<Key, Integer> map, HashKind kind);

        private static void put(SafeMap<Key, Integer> map, HashKind kind, int from, int to) {
            for (int id = from; id < to; id++) {
                map.put(kind.key(id), id);
            }
        }
    }

    private SafeMap<Key, Integer> map(Past past, HashKind kind) {
        SafeMap<Key, Integer> map = maps.create();
        Past.put(map, kind, 0, 10);
        past.live(map, kind);
        return map;
    }

    static Stream<Arguments> pasts() {
        return Stream.of(Past.values())
                .flatMap(past -> Stream.of(HashKind.values()).map(kind -> Arguments.of(past, kind)));
    }

    @ParameterizedTest
    @MethodSource("pasts")
    void allWaysThroughAMapTakeTheSameOrder(Past past, HashKind kind) {
        SafeMap<Key, Integer> map = map(past, kind);
        List<Integer> order = Way.KEYS.ids.apply(map);
        assertEquals(map.size(), new HashSet<>(order).size());
        for (int round = 0; round < 3; round++) {
            for (Way way : Way.values()) {
                assertEquals(order, way.ids.apply(map), way::toString);
            }
        }
        List<Integer> replaced = new ArrayList<>();
        map.replaceAll((key, value) -> {
            replaced.add(value);
            return value;
        });
        assertEquals(order, replaced);
    }

    /** Reads, and writes that leave the keys as they are, do not count as a change. */
    @ParameterizedTest
    @EnumSource
    void theOrderStaysWhenValuesAreReplaced(HashKind kind) {
        SafeMap<Key, Integer> map = map(Past.GROWN, kind);
        List<Integer> order = Way.KEYS.ids.apply(map);
        if (kind == HashKind.SORTABLE) {
            assertTrue(!Tables.trees(map).isEmpty(), "no collision tree");
        }
        for (int id = 0; id < 400; id++) {
            map.put(kind.key(id), -id);
            map.get(kind.key(id));
            map.putIfAbsent(kind.key(id), 7);
            map.remove(kind.key(id + 1_000));
            map.replace(kind.key(id), id);
        }
        assertEquals(order, Way.ENTRIES.ids.apply(map));
    }

    /** What programs do that combine keys and values by position. */
    @ParameterizedTest
    @EnumSource
    void theKeysBesideTheValuesAreTheEntries(HashKind kind) {
        SafeMap<Key, Integer> map = map(Past.SPARSE, kind);
        Iterator<Integer> values = map.values().iterator();
        int pairs = 0;
        for (Key key : map.keySet()) {
            assertEquals(key.id(), values.next());
            pairs++;
        }
        assertEquals(map.size(), pairs);
    }

    /** The broken twin: Go's random start, which is correct for a {@code GoMap}. */
    @Test
    void aMapWithARandomStartIsFound() {
        GoMap<Key, Integer> map = new GoMap<>();
        for (int id = 0; id < 400; id++) {
            map.put(HashKind.GOOD.key(id), id);
        }
        Set<List<Integer>> orders = new HashSet<>();
        for (int round = 0; round < 50; round++) {
            orders.add(Way.KEYS.ids.apply(map));
        }
        assertTrue(orders.size() > 1, "each walk goes the same way");
    }

    /** The same entries have another order in another map and in a copy, so that nobody can rely on an order. */
    @Test
    void theOrderDiffersFromMapToMap() throws Exception {
        SafeMap<Key, Integer> map = map(Past.GROWN, HashKind.GOOD);
        List<Integer> order = Way.KEYS.ids.apply(map);
        List<Integer> sorted = IntStream.range(0, 400).boxed().toList();
        assertEquals(sorted, order.stream().sorted().toList());
        Set<List<Integer>> orders = new HashSet<>(List.of(sorted, order));
        assertTrue(orders.add(Way.KEYS.ids.apply(map(Past.GROWN, HashKind.GOOD))));
        assertTrue(orders.add(Way.KEYS.ids.apply(new SafeMap<>(map))));
        assertTrue(orders.add(Way.KEYS.ids.apply(written(map))));
    }

    @SuppressWarnings("unchecked")
    private static SafeMap<Key, Integer> written(SafeMap<Key, Integer> map) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(map);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SafeMap<Key, Integer>) in.readObject();
        }
    }
}
