package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree by itself, against {@link TreeMap}. */
class KeyTreeTest {
    private KeyTree tree = KeyTree.empty(Integer.class);
    private final TreeMap<Integer, Object> model = new TreeMap<>();

    /** Returns the value of a key, or null if it is absent. */
    private static Object valueIn(KeyTree tree, Object key) {
        AtomicReference<Object> cell = tree.find(key).cell();
        return cell == null ? null : cell.get();
    }

    private void put(Integer key, Object value) {
        KeyTree.Place place = tree.find(key);
        AtomicReference<Object> cell = place.cell();
        assertEquals(model.get(key), cell == null ? null : cell.get());
        model.put(key, value);
        if (cell == null) {
            assertTrue(place.isSortable());
            tree = place.with(key, new AtomicReference<>(value));
        } else {
            cell.set(value);
        }
    }

    private void remove(Integer key) {
        KeyTree.Place place = tree.find(key);
        assertEquals(
                model.remove(key), place.cell() == null ? null : place.cell().get());
        if (place.cell() != null) {
            tree = place.without();
        }
    }

    private void check() {
        assertEquals(model.size(), tree.size());
        List<Map.Entry<Object, Object>> entries = new ArrayList<>();
        tree.forEach((key, cell) -> entries.add(Map.entry(key, cell.get())));
        assertEquals(List.copyOf(model.entrySet()), entries);
        assertTrue(
                tree.height() <= Math.log(model.size() + 1) / Math.log(4 / 3.0) + 1,
                () -> model.size() + " keys, height " + tree.height());
        for (Integer key : model.keySet()) {
            assertSame(model.get(key), valueIn(tree, key));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 100, 2_000})
    void agreesWithTreeMap(int keys) {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        try {
            for (int phase = 0; phase < 8; phase++) {
                for (int i = 0; i < 2 * keys; i++) {
                    int key = random.nextInt(keys);
                    if (random.nextInt(100) < (phase % 2 == 0 ? 80 : 20)) {
                        put(key, random.nextInt());
                    } else {
                        remove(key);
                    }
                    if (keys <= 10) {
                        check();
                    }
                }
                check();
            }
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void keysInOrderMakeNoLongTree() {
        for (int key = 0; key < 100_000; key++) {
            put(key, key);
        }
        assertTrue(tree.height() <= 25, () -> "height " + tree.height());
        check();
        for (int key = 0; key < 99_990; key++) {
            remove(key);
            put(key + 200_000, key);
            remove(key + 200_000);
        }
        check();
    }

    @Test
    void anOldTreeStaysAsItWas() {
        for (int key = 0; key < 100; key++) {
            put(key, key);
        }
        KeyTree before = tree;
        for (int key = 0; key < 50; key++) {
            remove(2 * key);
        }
        check();
        assertEquals(100, before.size());
        for (int key = 0; key < 100; key++) {
            assertEquals(key, valueIn(before, key));
        }
    }

    /** Decimals of one value with two scales. They compare as equal but are not equal. */
    @Test
    void aTieIsNotSortable() {
        KeyTree decimals = KeyTree.empty(BigDecimal.class);
        BigDecimal one = new BigDecimal("1");
        decimals = decimals.find(one).with(one, new AtomicReference<>("one"));
        KeyTree.Place place = decimals.find(new BigDecimal("1.0"));
        assertNull(place.cell());
        assertFalse(place.isSortable());
        assertNull(valueIn(decimals, new BigDecimal("1.0")));
        assertEquals("one", valueIn(decimals, new BigDecimal("1")));
    }

    private record Thrower(int id, boolean[] armed) implements Comparable<Thrower> {
        @Override
        public int compareTo(Thrower other) {
            if (armed[0]) {
                throw new UnsupportedOperationException("compareTo");
            }
            return Integer.compare(id, other.id);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Thrower thrower && thrower.id == id;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void keysWhoseCompareToThrowsAreFoundAllTheSame() {
        boolean[] armed = {false};
        KeyTree throwers = KeyTree.empty(Thrower.class);
        for (int id = 0; id < 50; id++) {
            Thrower key = new Thrower(id, armed);
            throwers = throwers.find(key).with(key, new AtomicReference<>(id));
        }
        armed[0] = true;
        for (int id = 0; id < 50; id++) {
            Thrower key = new Thrower(id, armed);
            assertEquals(id, valueIn(throwers, key));
            assertEquals(49, throwers.find(key).without().size());
        }
        KeyTree.Place place = throwers.find(new Thrower(50, armed));
        assertNull(place.cell());
        assertFalse(place.isSortable());
    }

    private record Foe(int id, int[] enemy) implements Comparable<Foe> {
        @Override
        public int compareTo(Foe other) {
            if (other.id == enemy[0]) {
                throw new UnsupportedOperationException("compareTo");
            }
            return Integer.compare(id, other.id);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Foe foe && foe.id == id;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Even the last comparison on the way down, where one side is empty. */
    @Test
    void keysAreFoundWhicheverComparisonThrows() {
        int[] enemy = {-1};
        KeyTree foes = KeyTree.empty(Foe.class);
        for (int id = 0; id < 50; id++) {
            Foe key = new Foe(id, enemy);
            foes = foes.find(key).with(key, new AtomicReference<>(id));
        }
        for (enemy[0] = 0; enemy[0] < 50; enemy[0]++) {
            for (int id = 0; id < 50; id++) {
                Foe key = new Foe(id, enemy);
                assertEquals(id, valueIn(foes, key), () -> "compared with " + enemy[0]);
            }
            assertNull(valueIn(foes, new Foe(50, enemy)));
        }
    }

    /** Like a time stamp, which is a date of another class with its own order. */
    @Test
    void aKeyOfAnotherClassIsFoundIfItIsEqual() {
        KeyTree dates = KeyTree.empty(Date.class);
        for (int i = 0; i < 50; i++) {
            Date key = new Date(i);
            dates = dates.find(key).with(key, new AtomicReference<>(i));
        }
        Date other = new Date(7) {
            private static final long serialVersionUID = 1L;

            @Override
            public int compareTo(Date date) {
                return 1;
            }
        };
        assertEquals(7, valueIn(dates, other));
        assertFalse(dates.find(new Object()).isSortable());
        assertNull(valueIn(dates, new Object()));
    }

    @Test
    void whatEqualsThrowsReachesTheCaller() {
        KeyTree strings = KeyTree.empty(String.class);
        strings = strings.find("key").with("key", new AtomicReference<>(1));
        KeyTree full = strings;
        Object key = new Object() {
            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("equals");
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        assertThrows(IllegalStateException.class, () -> valueIn(full, key));
    }

    @Test
    void comparableAreClassesThatCompareThemselvesWithThemselves() {
        assertTrue(KeyTree.isComparable(String.class));
        assertTrue(KeyTree.isComparable(Integer.class));
        assertTrue(KeyTree.isComparable(UUID.class));
        assertTrue(KeyTree.isComparable(Thrower.class));
        assertFalse(KeyTree.isComparable(Object.class));
        assertFalse(KeyTree.isComparable(Comparable.class));
        assertFalse(KeyTree.isComparable(int[].class));
        assertFalse(KeyTree.isComparable(ArrayList.class)); // its interfaces have type parameters too
        assertFalse(KeyTree.isComparable(WithOthers.class));
    }

    private record WithOthers(int id) implements Comparable<Integer> {
        @Override
        public int compareTo(Integer other) {
            return id - other;
        }
    }

    /** A key that records the keys that it is compared with. */
    private record Traced(int id, List<Integer> met) implements Comparable<Traced> {
        @Override
        public int compareTo(Traced other) {
            met.add(other.id);
            return Integer.compare(id, other.id);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Traced traced && traced.id == id;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Returns a tree as "root(left,right)". */
    private static String shape(KeyTree tree) {
        List<List<Integer>> ways = new ArrayList<>();
        tree.forEach((key, cell) -> {
            List<Integer> met = new ArrayList<>();
            assertSame(cell, tree.find(new Traced(((Traced) key).id, met)).cell());
            ways.add(met);
        });
        return shape(ways, 0);
    }

    private static String shape(List<List<Integer>> ways, int depth) {
        if (ways.isEmpty()) {
            return ".";
        }
        int middle = 0;
        while (ways.get(middle).size() > depth + 1) {
            middle++;
        }
        String left = shape(ways.subList(0, middle), depth + 1);
        String right = shape(ways.subList(middle + 1, ways.size()), depth + 1);
        int id = ways.get(middle).get(depth);
        return ways.size() == 1 ? "" + id : id + "(" + left + "," + right + ")";
    }

    /**
     * As in Adams' algorithm: one side has up to three times the size of the other, and some rotations are
     * double.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1",
                "1 2 | 1(.,2)",
                "2 1 | 2(1,.)",
                "1 2 3 | 2(1,3)",
                "3 2 1 | 2(1,3)",
                "1 3 2 | 2(1,3)",
                "3 1 2 | 2(1,3)",
                "2 1 4 3 5 | 2(1,4(3,5))",
                "2 1 4 3 5 6 | 4(2(1,3),5(.,6))",
                "2 1 5 4 6 3 | 4(2(1,3),5(.,6))",
                "2 1 4 3 6 5 | 4(2(1,3),6(5,.))",
                "2 1 6 4 7 3 8 5 | 4(2(1,3),7(6(5,.),8))",
                "5 6 3 2 4 | 5(3(2,4),6)",
                "5 6 3 2 4 1 | 3(2(1,.),5(4,6))",
                "5 6 2 1 3 4 | 3(2(1,.),5(4,6))",
                "2 1 3 -2 | 3(1,.)",
                "2 1 -1 | 2",
                "1 2 -1 | 2",
                "1 -1 | .",
                "4 2 5 1 3 -4 | 3(2(1,.),5)",
                "4 1 5 2 -4 | 2(1,5)",
                "2 1 4 3 5 -2 | 3(1,4(.,5))",
                "2 1 4 3 5 -1 | 4(2(.,3),5)",
                "5 3 6 2 4 -6 | 3(2,5(4,.))",
                "3 1 5 4 6 2 -3 | 4(1(.,2),5(.,6))",
                "2 1 5 3 6 4 -2 | 3(1,5(4,6))",
                "5 2 6 1 4 3 -5 | 4(2(1,3),6)"
            })
    void eachStepKeepsTheBalance(String steps, String expected) {
        KeyTree traced = KeyTree.empty(Traced.class);
        for (String step : steps.split(" ")) {
            int id = Integer.parseInt(step);
            Traced key = new Traced(Math.abs(id), new ArrayList<>());
            KeyTree.Place place = traced.find(key);
            traced = id > 0 ? place.with(key, new AtomicReference<>(id)) : place.without();
        }
        assertEquals(expected, shape(traced));
    }

    @Test
    void aTreeKnowsItsClassAndItsHeight() {
        assertSame(Integer.class, tree.type());
        tree = tree.find(1).with(1, new AtomicReference<>(1));
        assertSame(Integer.class, tree.type());
        assertEquals(1, tree.height());
        tree = tree.find(2).with(2, new AtomicReference<>(2));
        assertEquals(2, tree.height());
    }
}
