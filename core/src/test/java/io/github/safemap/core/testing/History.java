package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A history of a map: operations, open iterators, and moves of its tables in between, as the choices decide.
 * The map must give the answers of a {@link java.util.HashMap}. Random tests and the fuzzer share this
 * interpreter.
 */
public final class History {
    private static final int STEPS_BETWEEN_CHECKS = 100;
    private static final int VALUES = 10;
    private static final int OPEN_AT_ONCE = 4;

    /** The kinds of steps. Those up to LOOK_UP concern one key. */
    private enum Move {
        PUT,
        PUT_IF_ABSENT,
        REPLACE,
        REPLACE_PAIR,
        MERGE,
        COMPUTE,
        COMPUTE_IF_ABSENT,
        COMPUTE_IF_PRESENT,
        REMOVE,
        REMOVE_PAIR,
        KEY_SET_REMOVE,
        ENTRY_SET_REMOVE,
        FUNCTION_THROWS,
        LOOK_UP,
        PUT_RANGE,
        REMOVE_RANGE,
        PUT_ALL,
        ITERATE,
        ITERATE_REMOVING,
        SET_VALUES,
        VALUES_REMOVE,
        REMOVE_IF,
        RETAIN_ALL,
        REMOVE_ALL,
        REPLACE_ALL,
        WHOLE,
        CLEAR,
        OPEN,
        GO_ON,
        BEGIN_MOVE,
        MOVE_BUCKET,
        SWEEP,
        TRIM,
        LEAN
    }

    private final Choices choices;
    private final HashKind kind;
    private final boolean mixed;
    private final TestedMap tested;
    private final Map<Key, Integer> map;
    private final Map<Key, Integer> model = newMap();
    private final List<OpenIteration> open = new ArrayList<>();

    /** Chooses what to check after each step. This choice need not be in the bytes. */
    private final SplittableRandom glances = new SplittableRandom(1);

    private final int keys;
    private int removals = 50;
    private int step;
    private Move move = Move.WHOLE;

    /**
     * Returns an empty map for keys of one kind. Not a HashMap, because its trees lose keys that equal keys of
     * another class.
     */
    static Map<Key, Integer> newMap() {
        return new TreeMap<>(Comparator.comparingInt(Key::id));
    }

    static Set<Key> newSet() {
        return new TreeSet<>(Comparator.comparingInt(Key::id));
    }

    /** Creates a history of an empty map, as the choices decide. */
    public History(Choices choices, HashKind kind, TestedMap tested) {
        this(choices, kind, false, tested);
    }

    /**
     * Creates a history of an empty map, as the choices decide.
     *
     * @param mixed whether equal keys have two classes, one of them comparable
     */
    public History(Choices choices, HashKind kind, boolean mixed, TestedMap tested) {
        this.mixed = mixed;
        this.choices = choices;
        this.kind = kind;
        this.tested = tested;
        map = tested.map();
        int[] ranges = {4, 12, 60, 256, kind == HashKind.GOOD ? 3_000 : 500};
        keys = ranges[choices.below(ranges.length)];
    }

    /**
     * Plays until no choices remain, and then finishes the open iterations.
     *
     * @throws AssertionError with the step and the move, if the map did something wrong
     */
    public void play() {
        try {
            for (; choices.remain(); step++) {
                move = nextMove();
                stepOnce();
                Key key = kind.key(glances.nextInt(keys));
                assertEquals(model.get(key), map.get(key), "get after the step");
                assertEquals(model.size(), map.size(), "size after the step");
                if (step % STEPS_BETWEEN_CHECKS == 0) {
                    compareWhole();
                    tested.check();
                }
            }
            move = Move.WHOLE;
            compareWhole();
            open.forEach(OpenIteration::finish);
            tested.check();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(kind + ", step " + step + ", " + move, failure);
        }
    }

    /** Most steps concern one key. Few take O(n). */
    private Move nextMove() {
        int choice = choices.below(256);
        if (choice < 160) {
            if (choices.below(100) < removals) {
                return choice % 4 == 0 ? Move.REMOVE_PAIR : Move.REMOVE;
            }
            return Move.values()[choice % (Move.LOOK_UP.ordinal() + 1)];
        }
        if (choice < 200) {
            return Move.GO_ON;
        }
        if (choice < 216) {
            return Move.MOVE_BUCKET;
        }
        if (choice < 222) {
            return Move.BEGIN_MOVE;
        }
        if (choice < 226) {
            return Move.SWEEP;
        }
        if (choice < 232) {
            return Move.OPEN;
        }
        if (choice < 236) {
            return choice % 2 == 0 ? Move.PUT_RANGE : Move.REMOVE_RANGE;
        }
        if (choice < 246) {
            return Move.LOOK_UP;
        }
        return Move.values()[choices.below(Move.values().length)];
    }

    /** Does the step, and tells the open iterations about the change. */
    private void stepOnce() {
        Key key = key();
        if (open.isEmpty() || move.compareTo(Move.OPEN) >= 0) {
            take(key);
        } else if (move.compareTo(Move.LOOK_UP) <= 0) {
            Integer before = model.get(key);
            take(key);
            announce(key, before);
        } else {
            Map<Key, Integer> before = newMap();
            before.putAll(model);
            take(key);
            Set<Key> touched = newSet();
            touched.addAll(before.keySet());
            touched.addAll(model.keySet());
            touched.forEach(each -> announce(each, before.get(each)));
        }
    }

    private void announce(Key key, Integer before) {
        Integer after = model.get(key);
        if (before == null ? after != null : !before.equals(after)) {
            open.forEach(iteration -> iteration.changed(key, before, after));
        }
    }

    /** Returns a key. A comparable key and one that is not comparable may be equal. */
    private Key key() {
        Key key = kind.key(choices.below(keys));
        return mixed && choices.below(4) > 0 ? Key.sortable(key.id(), key.hashCode()) : key;
    }

    private Integer value() {
        return choices.below(VALUES);
    }

    private void take(Key key) {
        Integer value = value();
        Integer other = (value + key.id()) % VALUES;
        switch (move) {
            case PUT -> assertEquals(model.put(key, value), map.put(key, value));
            case PUT_IF_ABSENT -> assertEquals(model.putIfAbsent(key, value), map.putIfAbsent(key, value));
            case REMOVE -> assertEquals(model.remove(key), map.remove(key));
            case REMOVE_PAIR -> assertEquals(model.remove(key, value), map.remove(key, value));
            case REPLACE -> assertEquals(model.replace(key, value), map.replace(key, value));
            case REPLACE_PAIR -> assertEquals(model.replace(key, value, other), map.replace(key, value, other));
            case MERGE ->
                assertEquals(model.merge(key, value, History::sumOrNull), map.merge(key, value, History::sumOrNull));
            case COMPUTE ->
                assertEquals(
                        model.compute(key, (k, v) -> v == null ? value : sumOrNull(v, value)),
                        map.compute(key, (k, v) -> v == null ? value : sumOrNull(v, value)));
            case COMPUTE_IF_ABSENT -> {
                Integer computed = other == 0 ? null : value;
                assertEquals(model.computeIfAbsent(key, k -> computed), map.computeIfAbsent(key, k -> computed));
            }
            case COMPUTE_IF_PRESENT ->
                assertEquals(
                        model.computeIfPresent(key, (k, v) -> sumOrNull(v, value)),
                        map.computeIfPresent(key, (k, v) -> sumOrNull(v, value)));
            case FUNCTION_THROWS -> functionThrows(key, value);
            case LOOK_UP -> lookUp(key, value);
            case PUT_RANGE -> {
                int end = Math.min(keys, key.id() + choices.below(256));
                for (int id = key.id(); id < end; id++) {
                    assertEquals(model.put(kind.key(id), value), map.put(kind.key(id), value));
                }
            }
            case REMOVE_RANGE -> {
                int end = Math.min(keys, key.id() + choices.below(256));
                for (int id = key.id(); id < end; id++) {
                    assertEquals(model.remove(kind.key(id)), map.remove(kind.key(id)));
                }
            }
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
                        model.values().retainAll(allBut(value)), map.values().retainAll(allBut(value)));
            case REMOVE_ALL -> {
                Set<Key> some = newSet();
                some.addAll(List.of(key, key(), key()));
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
            case OPEN -> {
                if (open.size() < OPEN_AT_ONCE && tested.iteratorsStandChanges()) {
                    open.add(new OpenIteration(map, model, value % 2 == 0, value < 3));
                }
            }
            case GO_ON -> goOn();
            case BEGIN_MOVE -> tested.beginMove(choices);
            case MOVE_BUCKET -> tested.moveBucket(choices);
            case SWEEP -> tested.sweep();
            case TRIM -> tested.trim();
            case LEAN -> removals = 10 + 20 * choices.below(5);
        }
    }

    /** A function of both values that sometimes returns null, to remove the key. */
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
            assertSame(
                    thrown,
                    assertThrows(
                            UncheckedTestException.class,
                            () -> map.computeIfPresent(key, (k, v) -> {
                                throw thrown;
                            })));
            assertSame(
                    thrown,
                    assertThrows(
                            UncheckedTestException.class,
                            () -> map.merge(key, value, (a, b) -> {
                                throw thrown;
                            })));
        } else {
            assertSame(
                    thrown,
                    assertThrows(
                            UncheckedTestException.class,
                            () -> map.computeIfAbsent(key, k -> {
                                throw thrown;
                            })));
        }
        assertSame(
                thrown,
                assertThrows(
                        UncheckedTestException.class,
                        () -> map.compute(key, (k, v) -> {
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
                model.entrySet().contains(Map.entry(key, value)), map.entrySet().contains(Map.entry(key, value)));
        assertEquals(model.isEmpty(), map.isEmpty());
    }

    /** Makes one of the open iterations take a step. */
    private void goOn() {
        if (open.isEmpty()) {
            return;
        }
        OpenIteration iteration = open.get(choices.below(open.size()));
        boolean goesOn = iteration.step(choices, key -> {
            Integer before = model.remove(key);
            announce(key, before);
        });
        if (!goesOn) {
            open.remove(iteration);
        }
    }

    private void iterate() {
        Map<Key, Integer> copy = newMap();
        Iterator<Map.Entry<Key, Integer>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            assertTrue(entries.hasNext(), "hasNext changed its mind");
            Map.Entry<Key, Integer> entry = entries.next();
            copy.put(entry.getKey(), entry.getValue());
        }
        assertFalse(entries.hasNext());
        assertThrows(NoSuchElementException.class, entries::next);
        assertEquals(model, copy);
        Map<Key, Integer> each = newMap();
        map.forEach(each::put);
        assertEquals(model, each);
    }

    private void iterateRemoving() {
        Iterator<Map.Entry<Key, Integer>> entries = map.entrySet().iterator();
        assertThrows(IllegalStateException.class, entries::remove);
        int bound = choices.below(VALUES);
        while (entries.hasNext()) {
            Map.Entry<Key, Integer> entry = entries.next();
            Key key = entry.getKey();
            if (entry.getValue() < bound) {
                if (choices.below(2) == 0) {
                    entries.hasNext(); // must not change what remove() refers to
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
            if (choices.below(4) == 0) {
                Integer value = value();
                Integer old = model.put(entry.getKey(), value);
                assertEquals(old, entry.setValue(value));
                assertEquals(value, entry.getValue());
                assertEquals(value, map.get(entry.getKey()));
            }
        }
    }

    /** The maps may remove different entries, so the model follows the map. */
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
        boolean actual = switch (choices.below(3)) {
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
        Integer value = glances.nextInt(VALUES);
        assertEquals(model.containsValue(value), map.containsValue(value));
        Key key = kind.key(glances.nextInt(keys));
        assertFalse(map.entrySet().contains(new SimpleEntry<>(key, VALUES)));
    }

    /** The entries in the result of toString. */
    private static Set<String> rendered(Map<Key, Integer> map) {
        String text = map.toString();
        assertTrue(text.startsWith("{") && text.endsWith("}"), text);
        return Set.of(text.substring(1, text.length() - 1).split(", (?=Key)"));
    }

    private static final class UncheckedTestException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
