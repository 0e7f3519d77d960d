package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

    /** As a time stamp is a date of another class, with an order of its own. */
    @Test
    void aKeyOfAnotherClassIsFoundIfItIsEqual() {
        KeyTree dates = KeyTree.empty(Date.class, HASH);
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
        assertEquals(7, dates.get(other));
        assertEquals(7, dates.find(other).cell().get());
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

    /** A key that notes with whom it is compared. */
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

    /** As Adams' algorithm says: one side up to three times the other, and when a rotation is a double one. */
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
        KeyTree traced = KeyTree.empty(Traced.class, HASH);
        for (String step : steps.split(" ")) {
            int id = Integer.parseInt(step);
            Traced key = new Traced(Math.abs(id), new ArrayList<>());
            KeyTree.Place place = traced.find(key);
            traced = id > 0 ? place.with(key, new AtomicReference<>(id)) : place.without();
        }
        assertEquals(expected, shape(traced));
    }

    @Test
    void keysWithoutAValueAreLeftOutWhenTheTreeGoesIntoSlots() {
        for (int key = 0; key < 5; key++) {
            put(key, "value " + key);
        }
        tree.find(2).cell().set(null);
        assertNull(tree.get(2));
        ChainBuilder chain = new ChainBuilder(5);
        tree.addTo(chain);
        Bucket head = chain.head();
        assertEquals(4, Chain.count(head));
        for (int position = 0; position < 4; position++) {
            int key = position < 2 ? position : position + 1;
            assertEquals(position, Chain.find(head, key, TopHash.pattern(HASH)));
            assertEquals("value " + key, Chain.valueAt(head, position));
        }
    }

    @Test
    void aTreeKnowsWhatItIsOf() {
        assertEquals(HASH, tree.hash());
        assertSame(Integer.class, tree.type());
        KeyTree.Place place = tree.find(1);
        assertSame(tree, place.tree());
        tree = place.with(1, new AtomicReference<>(1));
        assertEquals(HASH, tree.hash());
        assertSame(Integer.class, tree.type());
        assertEquals(1, tree.height());
        put(2, 2);
        assertEquals(2, tree.height());
    }

    @Test
    void amongTheTreesOfAChainOneIsFoundExchangedAndTakenOut() {
        KeyTree a = KeyTree.empty(Integer.class, 1);
        KeyTree b = KeyTree.empty(Integer.class, 2);
        KeyTree c = KeyTree.empty(Integer.class, 3);
        KeyTree[] trees = KeyTree.concat(KeyTree.concat(KeyTree.none(), a), b);
        assertArrayEquals(new KeyTree[] {a, b}, trees);
        assertSame(a, KeyTree.of(trees, 1));
        assertSame(b, KeyTree.of(trees, 2));
        assertNull(KeyTree.of(trees, 3));
        assertArrayEquals(new KeyTree[] {a, c}, KeyTree.exchanged(trees, b, c));
        assertArrayEquals(new KeyTree[] {b}, KeyTree.without(trees, a));
        assertArrayEquals(new KeyTree[] {a}, KeyTree.without(trees, b));
        assertArrayEquals(new KeyTree[] {a, b}, trees, "left as they are");
        assertEquals(0, KeyTree.none().length);
    }

    /** Which of these has the bit is up to the seed: what matters is that each goes where it is looked for. */
    @Test
    void ofTheTreesOfAChainEachGoesWithItsHalf() {
        Table from = new Table(0, HASH);
        Table to = new Table(1, HASH);
        KeyTree[] trees = new KeyTree[20];
        for (int i = 0; i < trees.length; i++) {
            trees[i] = KeyTree.empty(Integer.class, from.hash(i));
        }
        int found = 0;
        for (boolean upper : new boolean[] {false, true}) {
            for (KeyTree tree : KeyTree.half(trees, from, to, upper)) {
                assertEquals(upper ? 1 : 0, to.indexOf(tree.hash()));
                found++;
            }
        }
        assertEquals(trees.length, found);
    }
}
