package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractMap.SimpleEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random operations on a map and on a {@link HashMap}, which must agree on every answer.
 *
 * <p>A failure names its seed; {@code -Dsafemap.model.seed=<seed>} runs that one game again. The
 * map's own random seed is not part of it, so a failure that depends on the map's order of
 * iteration may need several runs.
 */
public abstract class MapModelTest {
    private static final String SEED = "safemap.model.seed";
    private static final int GAMES = 60;
    private static final int STEPS = 2_000;
    private static final int STEPS_BETWEEN_CHECKS = 100;
    private static final int VALUES = 10;

    /** A new, empty map. The suite calls {@link #check}; the map need not be tracked. */
    protected abstract Map<Key, Integer> newMap(SplittableRandom random);

    /** The deep check of the map, between steps. */
    protected abstract void check(Map<?, ?> map);

    @ParameterizedTest
    @EnumSource
    public void answersAsHashMapDoes(HashKind kind) {
        playAll(kind, false);
    }

    /** A key that can be compared and one that cannot may be equal. */
    @ParameterizedTest
    @EnumSource(names = {"CONSTANT", "TRUNCATED"})
    public void answersAsATreeMapDoesThoughKeysOfTwoClassesAreEqual(HashKind kind) {
        playAll(kind, true);
    }

    private void playAll(HashKind kind, boolean mixed) {
        Long given = Long.getLong(SEED);
        if (given != null) {
            play(given, kind, mixed);
            return;
        }
        for (int game = 0; game < GAMES; game++) {
            play(ThreadLocalRandom.current().nextLong(), kind, mixed);
        }
    }

    /** The broken twins: a game must notice each of these small lies. */
    @ParameterizedTest
    @EnumSource
    public void gameNoticesLies(Lie lie) {
        assertThrows(
                AssertionError.class,
                () -> new Game(1, HashKind.GOOD, false, new Liar(lie), map -> {}).play());
    }

    @Test
    public void gameOfHashMapAgainstItselfIsWon() {
        new Game(1, HashKind.GOOD, false, new HashMap<>(), map -> {}).play();
    }

    private void play(long seed, HashKind kind, boolean mixed) {
        Map<Key, Integer> map = newMap(new SplittableRandom(seed));
        Game game = new Game(seed, kind, mixed, map, this::check);
        try {
            game.play();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    kind + ", step " + game.step + ", " + game.move + ": replay with -D" + SEED
                            + "=" + seed,
                    failure);
        }
    }

    /** The kinds of step. */
    private enum Move {
        PUT, PUT_IF_ABSENT, REMOVE, REMOVE_PAIR, REPLACE, REPLACE_PAIR, MERGE, COMPUTE,
        COMPUTE_IF_ABSENT, COMPUTE_IF_PRESENT, FUNCTION_THROWS, LOOK_UP, PUT_ALL, ITERATE,
        ITERATE_REMOVING, SET_VALUES, KEY_SET_REMOVE, VALUES_REMOVE, ENTRY_SET_REMOVE, REMOVE_IF,
        RETAIN_ALL, REMOVE_ALL, REPLACE_ALL, WHOLE, CLEAR
    }

    /** One seed's sequence of steps. */
    private static final class Game {
        private final SplittableRandom random;
        private final HashKind kind;
        private final boolean mixed;
        private final Map<Key, Integer> map;
        private final Map<Key, Integer> model;
        private final Consumer<Map<?, ?>> check;
        private final int keys;
        private int step;
        private Move move = Move.WHOLE;

        Game(
                long seed,
                HashKind kind,
                boolean mixed,
                Map<Key, Integer> map,
                Consumer<Map<?, ?>> check) {
            random = new SplittableRandom(seed);
            this.kind = kind;
            this.mixed = mixed;
            this.map = map;
            this.check = check;
            model = newModel();
            int[] ranges = {4, 12, 60, 300, kind == HashKind.GOOD ? 3_000 : 500};
            keys = ranges[random.nextInt(ranges.length)];
        }

        /** HashMap's trees lose keys that equal some of another class. */
        private Map<Key, Integer> newModel() {
            return mixed
                    ? new TreeMap<>(Comparator.comparingInt(Key::id))
                    : new HashMap<>();
        }

        void play() {
            int removals = 50;
            for (step = 0; step < STEPS; step++) {
                if (step % 250 == 0) {
                    // Percent of single-key steps that remove: phases of growth and of decline.
                    removals = 10 + 20 * random.nextInt(5);
                }
                move = nextMove(removals);
                take();
                Key key = key();
                assertEquals(model.get(key), map.get(key), "get after the step");
                assertEquals(model.size(), map.size(), "size after the step");
                if (step % STEPS_BETWEEN_CHECKS == 0) {
                    compareWhole();
                    check.accept(map);
                }
            }
            compareWhole();
            check.accept(map);
        }

        /** Most steps concern one key; one of 40 is any of the moves, many of which take O(n). */
        private Move nextMove(int removals) {
            if (random.nextInt(40) == 0) {
                return Move.values()[random.nextInt(Move.values().length)];
            }
            if (random.nextInt(100) < removals) {
                return random.nextInt(4) == 0 ? Move.REMOVE_PAIR : Move.REMOVE;
            }
            return Move.values()[random.nextInt(Move.LOOK_UP.ordinal() + 1)];
        }

        private Key key() {
            Key key = kind.key(random.nextInt(keys));
            return mixed && random.nextInt(4) > 0 ? Key.sortable(key.id(), key.hashCode()) : key;
        }

        private Integer value() {
            return random.nextInt(VALUES);
        }

        private void take() {
            Key key = key();
            Integer value = value();
            Integer other = value();
            switch (move) {
                case PUT -> assertEquals(model.put(key, value), map.put(key, value));
                case PUT_IF_ABSENT ->
                    assertEquals(model.putIfAbsent(key, value), map.putIfAbsent(key, value));
                case REMOVE -> assertEquals(model.remove(key), map.remove(key));
                case REMOVE_PAIR ->
                    assertEquals(model.remove(key, value), map.remove(key, value));
                case REPLACE -> assertEquals(model.replace(key, value), map.replace(key, value));
                case REPLACE_PAIR ->
                    assertEquals(
                            model.replace(key, value, other), map.replace(key, value, other));
                case MERGE ->
                    assertEquals(
                            model.merge(key, value, Game::sumOrNull),
                            map.merge(key, value, Game::sumOrNull));
                case COMPUTE ->
                    assertEquals(
                            model.compute(key, (k, v) -> v == null ? value : sumOrNull(v, value)),
                            map.compute(key, (k, v) -> v == null ? value : sumOrNull(v, value)));
                case COMPUTE_IF_ABSENT -> {
                    Integer computed = other == 0 ? null : value;
                    assertEquals(
                            model.computeIfAbsent(key, k -> computed),
                            map.computeIfAbsent(key, k -> computed));
                }
                case COMPUTE_IF_PRESENT ->
                    assertEquals(
                            model.computeIfPresent(key, (k, v) -> sumOrNull(v, value)),
                            map.computeIfPresent(key, (k, v) -> sumOrNull(v, value)));
                case FUNCTION_THROWS -> functionThrows(key, value);
                case LOOK_UP -> lookUp(key, value);
                case PUT_ALL -> {
                    Map<Key, Integer> more = Map.of(key, value);
                    model.putAll(more);
                    map.putAll(more);
                }
                case ITERATE -> iterate();
                case ITERATE_REMOVING -> iterateRemoving();
                case SET_VALUES -> setValues();
                case KEY_SET_REMOVE ->
                    assertEquals(model.keySet().remove(key), map.keySet().remove(key));
                case VALUES_REMOVE -> removeSomeEntryOfValue(value);
                case ENTRY_SET_REMOVE ->
                    assertEquals(
                            model.entrySet().remove(Map.entry(key, value)),
                            map.entrySet().remove(Map.entry(key, value)));
                case REMOVE_IF -> removeIf(value);
                case RETAIN_ALL ->
                    assertEquals(
                            model.values().retainAll(allBut(value)),
                            map.values().retainAll(allBut(value)));
                case REMOVE_ALL -> {
                    Set<Key> some = Set.copyOf(List.of(key, key(), key()));
                    assertEquals(model.keySet().removeAll(some), map.keySet().removeAll(some));
                }
                case REPLACE_ALL -> {
                    model.replaceAll((k, v) -> (v + k.id()) % VALUES);
                    map.replaceAll((k, v) -> (v + k.id()) % VALUES);
                }
                case WHOLE -> compareWhole();
                case CLEAR -> {
                    model.clear();
                    map.clear();
                    assertTrue(map.isEmpty());
                }
            }
        }

        /** A function of both values that is sometimes null, to be used as one that removes. */
        private static Integer sumOrNull(Integer a, Integer b) {
            int sum = (a + b) % VALUES;
            return sum < 3 ? null : sum;
        }

        private static Set<Integer> allBut(Integer value) {
            Set<Integer> values = new HashSet<>();
            for (int v = 0; v < VALUES; v++) {
                values.add(v);
            }
            values.remove(value);
            return values;
        }

        private void functionThrows(Key key, Integer value) {
            RuntimeException thrown = new UncheckedTestException();
            if (model.containsKey(key)) {
                assertSame(thrown, assertThrows(UncheckedTestException.class, () ->
                        map.computeIfPresent(key, (k, v) -> {
                            throw thrown;
                        })));
                assertSame(thrown, assertThrows(UncheckedTestException.class, () ->
                        map.merge(key, value, (a, b) -> {
                            throw thrown;
                        })));
            } else {
                assertSame(thrown, assertThrows(UncheckedTestException.class, () ->
                        map.computeIfAbsent(key, k -> {
                            throw thrown;
                        })));
            }
            assertSame(thrown, assertThrows(UncheckedTestException.class, () ->
                    map.compute(key, (k, v) -> {
                        throw thrown;
                    })));
            assertEquals(model.get(key), map.get(key));
        }

        private void lookUp(Key key, Integer value) {
            assertEquals(model.get(key), map.get(key));
            assertEquals(model.containsKey(key), map.containsKey(key));
            assertEquals(model.getOrDefault(key, -1), map.getOrDefault(key, -1));
            assertEquals(model.keySet().contains(key), map.keySet().contains(key));
            assertEquals(
                    model.entrySet().contains(Map.entry(key, value)),
                    map.entrySet().contains(Map.entry(key, value)));
            assertEquals(model.isEmpty(), map.isEmpty());
        }

        private void iterate() {
            Map<Key, Integer> copy = newModel();
            Iterator<Map.Entry<Key, Integer>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                assertTrue(entries.hasNext(), "hasNext changed its mind");
                Map.Entry<Key, Integer> entry = entries.next();
                copy.put(entry.getKey(), entry.getValue());
            }
            assertFalse(entries.hasNext());
            assertThrows(NoSuchElementException.class, entries::next);
            assertEquals(model, copy);
            Map<Key, Integer> each = newModel();
            map.forEach(each::put);
            assertEquals(model, each);
        }

        private void iterateRemoving() {
            Iterator<Map.Entry<Key, Integer>> entries = map.entrySet().iterator();
            assertThrows(IllegalStateException.class, entries::remove);
            int bound = random.nextInt(VALUES);
            while (entries.hasNext()) {
                Map.Entry<Key, Integer> entry = entries.next();
                Key key = entry.getKey();
                if (entry.getValue() < bound) {
                    if (random.nextBoolean()) {
                        entries.hasNext(); // must not move what remove() refers to
                    }
                    entries.remove();
                    assertThrows(IllegalStateException.class, entries::remove);
                    assertFalse(map.containsKey(key));
                    model.remove(key);
                }
            }
        }

        private void setValues() {
            for (Map.Entry<Key, Integer> entry : map.entrySet()) {
                if (random.nextInt(4) == 0) {
                    Integer value = value();
                    Integer old = model.put(entry.getKey(), value);
                    assertEquals(old, entry.setValue(value));
                    assertEquals(value, entry.getValue());
                    assertEquals(value, map.get(entry.getKey()));
                }
            }
        }

        /** The maps may differ in which entry they remove, so the model follows. */
        private void removeSomeEntryOfValue(Integer value) {
            assertEquals(model.containsValue(value), map.values().remove(value));
            List<Key> gone =
                    model.keySet().stream().filter(key -> !map.containsKey(key)).toList();
            for (Key key : gone) {
                assertEquals(value, model.remove(key));
            }
            assertTrue(gone.size() <= 1, "removed more than one");
        }

        private void removeIf(Integer value) {
            boolean expected = model.values().removeIf(value::equals);
            boolean actual = switch (random.nextInt(3)) {
                case 0 -> map.values().removeIf(value::equals);
                case 1 -> map.entrySet().removeIf(entry -> entry.getValue().equals(value));
                default -> map.keySet().removeIf(key -> value.equals(map.get(key)));
            };
            assertEquals(expected, actual);
        }

        private void compareWhole() {
            assertTrue(map.equals(model), "map.equals(model)");
            assertTrue(model.equals(map), "model.equals(map)");
            assertEquals(model.hashCode(), map.hashCode());
            assertEquals(model.keySet(), map.keySet());
            assertEquals(model.entrySet(), map.entrySet());
            assertEquals(model.size(), map.values().size());
            assertEquals(Set.copyOf(model.values()), Set.copyOf(map.values()));
            assertEquals(model.size(), map.keySet().toArray(new Key[0]).length);
            assertEquals(model.size(), map.entrySet().toArray().length);
            assertEquals(rendered(model), rendered(map));
            Integer value = value();
            assertEquals(model.containsValue(value), map.containsValue(value));
            Key key = key();
            assertFalse(map.entrySet().contains(new SimpleEntry<>(key, VALUES)));
        }
    }

    /** What toString says, entry by entry. */
    private static Set<String> rendered(Map<Key, Integer> map) {
        String text = map.toString();
        assertTrue(text.startsWith("{") && text.endsWith("}"), text);
        return Set.of(text.substring(1, text.length() - 1).split(", (?=Key)"));
    }

    private static final class UncheckedTestException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What a {@link Liar} does wrong. */
    public enum Lie {
        PUT_FORGETS_OLD_VALUE, REMOVE_LEAVES, ITERATOR_SKIPS, CLEAR_LEAVES, REMOVE_PAIR_IGNORES
    }

    /** A map with one fault. */
    private static final class Liar extends HashMap<Key, Integer> {
        private static final long serialVersionUID = 1L;
        private final Lie lie;

        Liar(Lie lie) {
            this.lie = lie;
        }

        @Override
        public Integer put(Key key, Integer value) {
            Integer old = super.put(key, value);
            return lie == Lie.PUT_FORGETS_OLD_VALUE ? null : old;
        }

        @Override
        public Integer remove(Object key) {
            return lie == Lie.REMOVE_LEAVES ? get(key) : super.remove(key);
        }

        @Override
        public boolean remove(Object key, Object value) {
            return lie == Lie.REMOVE_PAIR_IGNORES
                    ? super.remove(key) != null
                    : super.remove(key, value);
        }

        @Override
        public void clear() {
            if (lie != Lie.CLEAR_LEAVES) {
                super.clear();
            }
        }

        @Override
        public Set<Map.Entry<Key, Integer>> entrySet() {
            if (lie != Lie.ITERATOR_SKIPS || size() < 2) {
                return super.entrySet();
            }
            Set<Map.Entry<Key, Integer>> entries = new HashSet<>(super.entrySet());
            entries.remove(entries.iterator().next());
            return entries;
        }
    }
}
