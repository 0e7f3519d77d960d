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
import org.junit.jupiter.params.provider.ValueSource;

/** The tree by itself, against {@link TreeMap}. */
class KeyTreeTest {
    private static final long HASH = 7;

    private KeyTree tree = KeyTree.empty(Integer.class, HASH);
    private final TreeMap<Integer, Object> model = new TreeMap<>();

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
            assertSame(model.get(key), tree.get(key));
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
            assertEquals(key, before.get(key));
        }
    }

    @Test
    void aCellIsFoundWithoutItsKey() {
        for (int key = 0; key < 1_000; key++) {
            put(key, key);
        }
        AtomicReference<Object> cell = tree.find(321).cell();
        KeyTree.Place place = tree.find(cell);
        assertSame(cell, place.cell());
        tree = place.without();
        model.remove(321);
        check();
        assertNull(tree.find(cell).cell());
    }

    /** Decimals of one value and two scales: not equal, but as large as each other. */
    @Test
    void aTieIsNotSortable() {
        KeyTree decimals = KeyTree.empty(BigDecimal.class, HASH);
        BigDecimal one = new BigDecimal("1");
        decimals = decimals.find(one).with(one, new AtomicReference<>("one"));
        KeyTree.Place place = decimals.find(new BigDecimal("1.0"));
        assertNull(place.cell());
        assertFalse(place.isSortable());
        assertNull(decimals.get(new BigDecimal("1.0")));
        assertEquals("one", decimals.get(new BigDecimal("1")));
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
        KeyTree throwers = KeyTree.empty(Thrower.class, HASH);
        for (int id = 0; id < 50; id++) {
            Thrower key = new Thrower(id, armed);
            throwers = throwers.find(key).with(key, new AtomicReference<>(id));
        }
        armed[0] = true;
        for (int id = 0; id < 50; id++) {
            Thrower key = new Thrower(id, armed);
            assertEquals(id, throwers.get(key));
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

    /** Also the last one on the way down, where one side has nothing more. */
    @Test
    void keysAreFoundWhicheverComparisonThrows() {
        int[] enemy = {-1};
        KeyTree foes = KeyTree.empty(Foe.class, HASH);
        for (int id = 0; id < 50; id++) {
            Foe key = new Foe(id, enemy);
            foes = foes.find(key).with(key, new AtomicReference<>(id));
        }
        for (enemy[0] = 0; enemy[0] < 50; enemy[0]++) {
            for (int id = 0; id < 50; id++) {
                Foe key = new Foe(id, enemy);
                assertEquals(id, foes.get(key), () -> "compared with " + enemy[0]);
                assertEquals(id, foes.find(key).cell().get());
            }
            assertNull(foes.get(new Foe(50, enemy)));
        }
    }

    /** A time stamp is a date with another class: no date compares itself with it here. */
    @Test
    void aKeyOfAnotherClassIsFoundIfItIsEqual() {
        KeyTree dates = KeyTree.empty(Date.class, HASH);
        for (int i = 0; i < 50; i++) {
            Date key = new Date(i);
            dates = dates.find(key).with(key, new AtomicReference<>(i));
        }
        Date other = new Date(7) {
            private static final long serialVersionUID = 1L;
        };
        assertEquals(7, dates.get(other));
        assertFalse(dates.find(new Object()).isSortable());
        assertNull(dates.get(new Object()));
    }

    @Test
    void equalsThatThrowsIsTheCallersAffair() {
        KeyTree strings = KeyTree.empty(String.class, HASH);
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
        assertThrows(IllegalStateException.class, () -> full.get(key));
        assertThrows(IllegalStateException.class, () -> full.find(key));
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
        assertFalse(KeyTree.isComparable(ArrayList.class)); // its interfaces have parameters, too
        assertFalse(KeyTree.isComparable(WithOthers.class));
    }

    private record WithOthers(int id) implements Comparable<Integer> {
        @Override
        public int compareTo(Integer other) {
            return id - other;
        }
    }
}
