package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.Waiting;
import io.github.safemap.core.testing.Race;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spliterators: their characteristics, how they split, and that the parts make up the whole. */
class SafeMapSpliteratorTest {
    /** Keys that stay while streams run beside writers. */
    private static final int STAYS = 500;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Integer, Integer> filled(int shards, int entries) {
        SafeMap<Integer, Integer> map =
                maps.create(SafeMap.builder().shards(shards).shrinkThreshold(0));
        IntStream.range(0, entries).forEach(key -> map.put(key, key));
        return map;
    }

    @Test
    void spliteratorsHaveTheirCharacteristics() {
        SafeMap<Integer, Integer> map = filled(16, 100);
        int always = Spliterator.CONCURRENT | Spliterator.NONNULL;
        assertEquals(always | Spliterator.DISTINCT, map.keySet().spliterator().characteristics());
        assertEquals(always | Spliterator.DISTINCT, map.entrySet().spliterator().characteristics());
        assertEquals(always, map.values().spliterator().characteristics());
        assertEquals(100, map.keySet().spliterator().estimateSize());
        assertEquals(-1, map.keySet().spliterator().getExactSizeIfKnown());
    }

    /** By shards, by parts of one shard, and by both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void splittingSixTimesGivesSixtyFourPartsOfAboutEqualSize(int shards) {
        SafeMap<Integer, Integer> map = filled(shards, 64_000);
        List<Spliterator<Integer>> parts = split(map.keySet().spliterator(), 6);
        assertEquals(64, parts.size());
        Set<Integer> seen = new HashSet<>();
        for (Spliterator<Integer> part : parts) {
            assertEquals(1_000, part.estimateSize());
            int before = seen.size();
            part.forEachRemaining(key -> assertTrue(seen.add(key), () -> key + " twice"));
            int size = seen.size() - before;
            assertTrue(size > 500 && size < 1_500, () -> "a part of " + size);
        }
        assertEquals(map.keySet(), seen);
    }

    private static <T> List<Spliterator<T>> split(Spliterator<T> whole, int times) {
        List<Spliterator<T>> parts = new ArrayList<>(List.of(whole));
        for (int i = 0; i < times; i++) {
            for (Spliterator<T> part : List.copyOf(parts)) {
                Spliterator<T> rest = part.trySplit();
                assertNotNull(rest);
                parts.add(rest);
            }
        }
        return parts;
    }

    @Test
    void aSpliteratorIsSplitIntoNoMorePartsThanThereAreEntries() {
        for (int entries : new int[] {0, 1, 8, 9, 1_000}) {
            SafeMap<Integer, Integer> map = filled(4, entries);
            List<Spliterator<Integer>> parts =
                    new ArrayList<>(List.of(map.keySet().spliterator()));
            for (int i = 0; i < parts.size(); ) {
                Spliterator<Integer> rest = parts.get(i).trySplit();
                if (rest == null) {
                    i++;
                } else {
                    parts.add(rest);
                }
            }
            assertTrue(parts.size() <= Math.max(1, entries), () -> parts.size() + " parts");
            Set<Integer> seen = new HashSet<>();
            parts.forEach(part -> part.forEachRemaining(key -> assertTrue(seen.add(key))));
            assertEquals(map.keySet(), seen);
            for (Spliterator<Integer> part : parts) {
                assertFalse(part.tryAdvance(key -> {}));
                assertEquals(null, part.trySplit());
            }
        }
    }

    @Test
    void aParallelStreamWorksInSeveralThreadsAtOnce() throws Exception {
        SafeMap<Integer, Integer> map = filled(1, 10_000);
        // Two threads take the parts that the stream's tasks would take. Both get work.
        Spliterator<Integer> left = map.values().spliterator();
        Spliterator<Integer> right = left.trySplit();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        Race.run(thread -> left.forEachRemaining(seen::add), thread -> right.forEachRemaining(seen::add));
        assertEquals(10_000, seen.size());
        assertEquals(
                IntStream.range(0, 10_000).asLongStream().sum(),
                map.values().parallelStream().mapToLong(Integer::longValue).sum());
        assertEquals(
                map, map.entrySet().parallelStream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How the shards of a map are replaced while its spliterators run. */
    enum Movement {
        GROWING {
            @Override
            void run(SafeMap<Integer, Integer> map) {
                IntStream.range(STAY, 8 * STAY).forEach(key -> map.put(key, key));
            }
        },
        SHRINKING {
            @Override
            void begin(SafeMap<Integer, Integer> map) {
                IntStream.range(STAY, 8 * STAY).forEach(key -> map.put(key, key));
            }

            @Override
            void run(SafeMap<Integer, Integer> map) {
                IntStream.range(STAY, 8 * STAY).forEach(map::remove);
                map.trim();
            }
        };

        static final int STAY = 2_000;

        void begin(SafeMap<Integer, Integer> map) {}

        abstract void run(SafeMap<Integer, Integer> map);
    }

    @ParameterizedTest
    @EnumSource
    void partsSplitInTheMiddleOfAMoveMakeUpTheWhole(Movement movement) {
        for (int shards : new int[] {1, 4}) {
            SafeMap<Integer, Integer> map = filled(shards, Movement.STAY);
            movement.begin(map);
            List<Spliterator<Map.Entry<Integer, Integer>>> parts =
                    split(map.entrySet().spliterator(), 5);
            Set<Integer> seen = new HashSet<>();
            for (Spliterator<Map.Entry<Integer, Integer>> part : parts) {
                part.tryAdvance(entry -> assertTrue(seen.add(entry.getKey())));
            }
            int before = map.stats().shards();
            movement.run(map); // in the middle of all parts
            int after = map.stats().shards();
            assertTrue(
                    movement == Movement.GROWING ? 2 * after > 3 * before : 3 * after < 2 * before,
                    before + ", " + after);
            for (Spliterator<Map.Entry<Integer, Integer>> part : parts) {
                Spliterator<Map.Entry<Integer, Integer>> rest = part.trySplit();
                for (Spliterator<Map.Entry<Integer, Integer>> half : asList(part, rest)) {
                    half.forEachRemaining(entry -> assertTrue(seen.add(entry.getKey()), () -> entry + " twice"));
                }
            }
            assertTrue(
                    seen.containsAll(IntStream.range(0, Movement.STAY).boxed().toList()));
        }
    }

    private static <T> List<Spliterator<T>> asList(Spliterator<T> part, Spliterator<T> rest) {
        return rest == null ? List.of(part) : List.of(rest, part);
    }

    @Test
    void whatIsThereThroughoutComesOnceHoweverTheMapIsChangedAndSplit() {
        for (int seed = 0; seed < 150; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String name = "seed " + seed;
            int stays = random.nextInt(1, 400);
            int others = random.nextInt(2_000);
            SafeMap<Integer, Integer> map = filled(1 << random.nextInt(4), stays + random.nextInt(others + 1));
            List<Spliterator<Integer>> parts =
                    new ArrayList<>(List.of(map.values().spliterator()));
            Set<Integer> seen = new HashSet<>();
            while (!parts.isEmpty()) {
                Spliterator<Integer> part = parts.get(random.nextInt(parts.size()));
                Spliterator<Integer> rest = random.nextInt(4) == 0 ? part.trySplit() : null;
                if (rest != null) {
                    parts.add(rest);
                }
                if (!part.tryAdvance(value -> assertTrue(seen.add(value), () -> name + value))) {
                    parts.remove(part);
                }
                switch (random.nextInt(100)) {
                    case 0 -> IntStream.range(stays, stays + others).forEach(k -> map.put(k, k));
                    case 1 -> map.keySet().removeIf(key -> key >= stays);
                    case 2 -> IntStream.range(stays, stays + others / 2).forEach(map::remove);
                    case 3 -> map.trim();
                    default -> {}
                }
            }
            seen.removeIf(key -> key >= stays);
            assertEquals(stays, seen.size(), name);
        }
    }

    /**
     * After a clear each part returns its new keys. None comes twice, although it may have been returned before
     * the clear.
     */
    @Test
    void afterAClearThePartsFindWhatHasComeSince() {
        SafeMap<Integer, Integer> map = filled(4, 4_000);
        List<Spliterator<Integer>> parts = split(map.keySet().spliterator(), 4);
        Set<Integer> seen = new HashSet<>();
        parts.forEach(part -> part.tryAdvance(seen::add));
        map.clear();
        assertFalse(map.keySet().spliterator().tryAdvance(key -> {}));
        IntStream.range(0, 8_000).forEach(key -> map.put(key, key));
        parts.forEach(part -> part.forEachRemaining(key -> assertTrue(seen.add(key), () -> key + " twice")));
        parts.forEach(part -> assertFalse(part.tryAdvance(key -> {})));
    }

    @Test
    void parallelStreamsBesideWritersSeeEachKeyThatStaysOnce() throws Exception {
        SafeMap<Integer, Integer> map = maps.create(SafeMap.builder().shards(2).shrinkThreshold(0));
        streamsBesideWriters(map, map.keySet());
    }

    /** The broken twins: a key moves while the stream goes from one half of the keys to the other. */
    @ParameterizedTest
    @ValueSource(strings = {"missed", "twice"})
    void theCheckOfParallelStreamsFindsAKeyThatMoves(String symptom) {
        MovedKeyMap map = new MovedKeyMap();
        Collection<Integer> keys = map.keys(symptom.equals("twice"));
        AssertionError error = assertThrows(AssertionError.class, () -> streamsBesideWriters(map, keys));
        assertTrue(error.getMessage().contains(symptom), error.getMessage());
    }

    /** A map with its keys in two halves. Each removal moves key 0 to the other half. */
    private static final class MovedKeyMap extends ConcurrentHashMap<Integer, Integer> {
        private static final long serialVersionUID = 1L;

        private volatile boolean inFirst;

        @Override
        public Integer remove(Object key) {
            inFirst = !inFirst;
            return super.remove(key);
        }

        /**
         * Returns the keys that stay. An iteration reads one half after the other.
         *
         * @param twice whether key 0 is in both halves when they are read, or in neither
         */
        Collection<Integer> keys(boolean twice) {
            return new AbstractCollection<>() {
                @Override
                public Iterator<Integer> iterator() {
                    List<Integer> keys = new ArrayList<>();
                    Waiting.until(() -> inFirst == twice);
                    IntStream.range(twice ? 0 : 1, STAYS / 2).forEach(keys::add);
                    Waiting.until(() -> inFirst != twice);
                    IntStream.range(STAYS / 2, STAYS).forEach(keys::add);
                    if (twice) {
                        keys.add(0);
                    }
                    return keys.iterator();
                }

                @Override
                public int size() {
                    return STAYS;
                }
            };
        }
    }

    private static void streamsBesideWriters(Map<Integer, Integer> map, Collection<Integer> keys) throws Exception {
        IntStream.range(0, STAYS).forEach(key -> map.put(key, key));
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    try {
                        for (int pass = 0; pass < 60; pass++) {
                            Map<Integer, Integer> seen = keys.parallelStream()
                                    .filter(key -> key < STAYS)
                                    .collect(Collectors.toConcurrentMap(key -> key, key -> 1, Integer::sum));
                            assertEquals(STAYS, seen.size(), "missed");
                            assertTrue(seen.values().stream().allMatch(times -> times == 1), "twice");
                        }
                    } finally {
                        done.set(true);
                    }
                },
                thread -> {
                    while (!done.get()) {
                        for (int key = STAYS; key < 10_000 && !done.get(); key++) {
                            map.put(key, key);
                        }
                        for (int key = STAYS; key < 10_000 && !done.get(); key++) {
                            map.remove(key);
                        }
                    }
                });
    }
}
