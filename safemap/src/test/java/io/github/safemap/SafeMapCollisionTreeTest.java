package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.engine.DirectoryView;
import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys of equal hashes, which no growth can separate: they move into a tree and back while other threads use
 * them.
 */
class SafeMapCollisionTreeTest {
    private static final int MANY = 200;

    /** Keys have hash codes below this. */
    private static final int HASHES = 10;

    /** The most keys of one hash in slots. Each costs a comparison. */
    private static final int UNSORTED = 64;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private final SafeMap<Object, Object> map =
            maps.create(SafeMap.builder().shards(1).shrinkThreshold(0));

    /** What the keys of a test do when they are compared, and how often they were. */
    private final Mood mood = new Mood();

    private static final class Mood {
        private int compared;
        private int asked;
        private Runnable onCompare = () -> {};
    }

    private record Twin(int id, int hash, Mood mood) implements Comparable<Twin> {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            mood.asked++;
            return other instanceof Twin twin && twin.id == id && twin.hash == hash;
        }

        @Override
        public int compareTo(Twin other) {
            mood.compared++;
            mood.onCompare.run();
            return Integer.compare(id, other.id);
        }

        @Override
        public String toString() {
            return id + " of " + hash;
        }
    }

    private Twin twin(int id, int hash) {
        return new Twin(id, hash, mood);
    }

    private void fill(int hash, int from, int to) {
        for (int id = from; id < to; id++) {
            assertNull(map.put(twin(id, hash), id));
        }
    }

    private void empty(int hash, int from, int to) {
        for (int id = from; id < to; id++) {
            assertEquals(id, map.remove(twin(id, hash)));
        }
    }

    private void checkFilled(int hash, int from, int to) {
        for (int id = from; id < to; id++) {
            assertEquals(id, map.get(twin(id, hash)));
        }
        assertNull(map.get(twin(from - 1, hash)));
        assertNull(map.get(twin(to, hash)));
    }

    /** Rebuilds the shards, which sorts the comparable keys. Returns the number of keys in each tree. */
    private List<Integer> sorted() {
        for (int hash = 0; hash < HASHES; hash++) {
            DirectoryView.rebuildAll(map.directory, hash);
        }
        maps.check(map);
        return Tables.trees(map);
    }

    @Test
    void manyKeysOfOneHashGoIntoATreeAndLeaveIt() {
        fill(7, 0, 15);
        assertEquals(List.of(), sorted());
        fill(7, 15, 16);
        assertEquals(List.of(16), sorted());
        fill(7, 16, MANY);
        checkFilled(7, 0, MANY);
        assertEquals(List.of(MANY), sorted());
        checkFilled(7, 0, MANY);
        empty(7, 9, MANY);
        assertEquals(List.of(9), Tables.trees(map));
        checkFilled(7, 0, 9);
        empty(7, 0, 9);
        assertEquals(List.of(), Tables.trees(map));
        assertTrue(map.isEmpty());
        fill(7, 0, MANY);
        checkFilled(7, 0, MANY);
    }

    @Test
    void keysThatCannotBeComparedStayWhereTheyAre() {
        for (int id = 0; id < MANY; id++) {
            map.put(new MoodyKey(id, 7), id);
        }
        assertEquals(List.of(), sorted());
        fill(7, 0, MANY); // these can be sorted
        assertEquals(List.of(MANY), sorted());
        for (int id = 0; id < MANY; id++) {
            assertEquals(id, map.remove(new MoodyKey(id, 7)));
        }
        checkFilled(7, 0, MANY);
    }

    /** The bar without a clock: each operation compares with a logarithm of the keys, plus those not sorted yet. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 50_000})
    void anOperationComparesFewKeys(int keys) {
        fill(7, 0, keys);
        int most = 16 * (32 - Integer.numberOfLeadingZeros(keys)); // including those that a rebuild sorts
        for (int i = 0; i < 1_000; i++) {
            int id = i * 31 % keys;
            List<Runnable> operations = List.of(
                    () -> assertEquals(id, map.get(twin(id, 7))),
                    () -> assertNull(map.get(twin(keys + id, 7))),
                    () -> assertEquals(id, map.put(twin(id, 7), -1)),
                    () -> assertEquals(-1, map.remove(twin(id, 7))),
                    () -> assertNull(map.put(twin(id, 7), 1)),
                    () -> assertEquals(2, map.merge(twin(id, 7), 1, (a, b) -> 2)),
                    () -> assertEquals(id, map.compute(twin(id, 7), (k, v) -> id)));
            for (Runnable operation : operations) {
                mood.compared = 0;
                mood.asked = 0;
                operation.run();
                assertTrue(mood.compared <= most, () -> mood.compared + " comparisons");
                assertTrue(mood.asked <= UNSORTED, () -> mood.asked + " calls of equals");
            }
        }
    }

    @Test
    void treesMoveWithTheirShardsAndMeet() {
        for (int hash = 0; hash < 5; hash++) {
            fill(hash, 0, 40 + hash);
        }
        assertEquals(List.of(40, 41, 42, 43, 44), sorted());
        for (int key = 100; key < 5_000; key++) {
            map.put(key, key); // grows, five times and more
            if (key % 1_000 == 0) {
                maps.check(map);
            }
        }
        assertEquals(List.of(40, 41, 42, 43, 44), Tables.trees(map));
        assertTrue(map.stats().shards() > 8);
        for (int key = 100; key < 5_000; key++) {
            assertEquals(key, map.remove(key));
            if (key % 1_000 == 0) {
                maps.check(map);
            }
        }
        map.trim();
        assertEquals(List.of(40, 41, 42, 43, 44), Tables.trees(map));
        maps.check(map);
        for (int hash = 0; hash < 5; hash++) {
            checkFilled(hash, 0, 40 + hash);
            empty(hash, 0, 40 + hash);
        }
    }

    @Test
    void eachOfManyHashesHasATreeOfItsOwn() {
        for (int hash = 0; hash < 300; hash++) {
            fill(hash, 0, 40);
        }
        for (int hash = 0; hash < 300; hash++) {
            DirectoryView.rebuildAll(map.directory, hash);
            checkFilled(hash, 0, 40);
        }
        assertEquals(Collections.nCopies(300, 40), Tables.trees(map));
        map.trim();
        assertEquals(Collections.nCopies(300, 40), Tables.trees(map));
        assertTrue(Tables.slots(map) <= 2 * 512, () -> map.stats() + ", for 300 trees");
        for (int hash = 0; hash < 300; hash++) {
            empty(hash, 1, 40);
            checkFilled(hash, 0, 1);
        }
        map.trim();
        assertEquals(300, map.size());
    }

    @Test
    void besideATreeOtherKeysOfItsHashComeAndGo() {
        for (int round = 0; round < 3; round++) {
            fill(7, 0, 40);
            assertEquals(List.of(40), sorted());
            for (int id = 0; id < 30; id++) {
                map.put(new MoodyKey(id, 7), id);
                maps.check(map);
            }
            for (int id = 0; id < 30; id++) {
                assertEquals(id, map.remove(new MoodyKey(id, 7)));
                maps.check(map);
            }
            assertEquals(List.of(40), sorted());
            empty(7, 0, 40);
            maps.check(map);
        }
    }

    @Test
    void iterationReturnsEachKeyOnceWhileTreesComeAndGo() {
        fill(7, 0, MANY);
        sorted();
        for (int key = 1_000; key < 1_100; key++) {
            map.put(key, key);
        }
        Set<Object> seen = new HashSet<>();
        Iterator<Map.Entry<Object, Object>> iterator = map.entrySet().iterator();
        int step = 0;
        while (iterator.hasNext()) {
            Map.Entry<Object, Object> entry = iterator.next();
            assertTrue(seen.add(entry.getKey()), () -> entry.getKey() + " twice");
            int id = step++ % (MANY / 2);
            map.put(twin(2 * id, 7), "changed"); // these stay
            map.remove(twin(2 * id + 1, 7)); // these are removed, and the tree with them for a while
            map.put(2_000 + step, step); // and the table grows
        }
        for (int id = 0; id < MANY; id += 2) {
            assertTrue(seen.contains(twin(id, 7)), "key " + id + " was missed");
        }
        Iterator<Object> remover = map.keySet().iterator();
        while (remover.hasNext()) {
            if (remover.next() instanceof Twin) {
                remover.remove();
            }
        }
        assertEquals(List.of(), Tables.trees(map));
        assertFalse(map.keySet().stream().anyMatch(Twin.class::isInstance));
    }

    @Test
    void removeIfEmptiesATree() {
        fill(7, 0, MANY);
        assertEquals(List.of(MANY), sorted());
        assertTrue(map.entrySet().removeIf(entry -> (Integer) entry.getValue() % 2 == 0));
        assertEquals(List.of(MANY / 2), Tables.trees(map));
        assertTrue(map.values().removeIf(value -> true));
        assertTrue(map.isEmpty());
    }

    @Test
    void functionsComputeKeysInATree() {
        fill(7, 0, 50);
        assertEquals(List.of(50), sorted());
        assertEquals(100, map.compute(twin(1, 7), (key, value) -> 100));
        assertNull(map.compute(twin(1, 7), (key, value) -> null));
        assertEquals(1, map.computeIfAbsent(twin(1, 7), key -> 1));
        assertNull(map.computeIfAbsent(twin(99, 7), key -> null));
        assertNull(map.compute(twin(99, 7), (key, value) -> null));
        assertNull(map.computeIfPresent(twin(99, 7), (key, value) -> 1));
        assertEquals(99, map.merge(twin(99, 7), 99, (a, b) -> 0));
        assertEquals(99, map.remove(twin(99, 7)));
        for (int id : new int[] {3, 99}) {
            assertThrows(
                    IllegalStateException.class,
                    () -> map.compute(twin(id, 7), (key, value) -> {
                        throw new IllegalStateException("function");
                    }));
            assertThrows(
                    IllegalStateException.class,
                    () -> map.compute(twin(id, 7), (key, value) -> map.put(key, "recursive")));
        }
        assertEquals(50, map.size());
        checkFilled(7, 0, 50);
        assertEquals(List.of(50), sorted());
    }

    /** A reserved key moves from a slot into a tree, to another table, and back into a slot. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReservedKeyIsFoundWhereverItHasMoved(boolean present) {
        for (boolean result : new boolean[] {true, false}) {
            map.clear();
            if (present) {
                map.put(twin(0, 7), "old");
            }
            map.compute(twin(0, 7), (key, old) -> {
                fill(7, 1, 100);
                DirectoryView.rebuildAll(map.directory, 7);
                assertEquals(List.of(99), Tables.trees(map), "all but the key that is computed");
                assertEquals(present ? "old" : null, map.get(twin(0, 7)));
                for (int other = 1_000; other < 2_000; other++) {
                    map.put(other, other);
                }
                map.compute(twin(50, 7), (neighbour, value) -> {
                    empty(7, 1, 50);
                    empty(7, 51, 100);
                    assertEquals(List.of(), Tables.trees(map));
                    map.trim();
                    return 50;
                });
                assertEquals(present ? "old" : null, map.get(twin(0, 7)));
                return result ? "new" : null;
            });
            assertEquals(result ? "new" : null, map.get(twin(0, 7)));
            assertEquals(50, map.get(twin(50, 7)));
            maps.check(map);
        }
    }

    @Test
    void aReservedKeyInATreeMakesOthersWait() throws Exception {
        fill(7, 0, 50);
        assertEquals(List.of(50), sorted());
        CyclicBarrier inside = new CyclicBarrier(2);
        Race.run(
                thread -> map.compute(twin(3, 7), (key, value) -> {
                    meet(inside);
                    assertEquals(3, map.get(twin(3, 7)));
                    assertEquals(4, map.put(twin(4, 7), 4));
                    return "computed";
                }),
                thread -> {
                    meet(inside);
                    assertEquals("computed", map.put(twin(3, 7), 3));
                });
        checkFilled(7, 0, 50);
    }

    /** The same with a thread that is known to wait, for each way to write. */
    @Test
    void aWriterOfAReservedKeyInATreeParksUntilItIsFree() throws Exception {
        SafeMap<Object, Integer> held = maps.create();
        for (int id = 0; id < 50; id++) {
            held.put(twin(id, 7), id);
        }
        DirectoryView.rebuildAll(held.directory, 7);
        assertEquals(List.of(50), Tables.trees(held));
        List<Callable<Integer>> writes = List.of(
                () -> held.put(twin(3, 7), 3),
                () -> held.merge(twin(3, 7), 3, (old, three) -> old - three),
                () -> held.remove(twin(3, 7)));
        List<Integer> answers = List.of(99, 96, 99);
        for (int i = 0; i < writes.size(); i++) {
            ReservedKey holder = new ReservedKey(held, twin(3, 7), ComputeMethod.COMPUTE, old -> 99);
            Task<Integer> writer = Task.start(writes.get(i)).awaitParked();
            holder.end();
            assertEquals(answers.get(i), writer.get());
        }
        assertEquals(49, held.size());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCompareToThatThrowsLosesNothing() {
        fill(7, 0, 50);
        assertEquals(List.of(50), sorted());
        mood.onCompare = () -> {
            throw new IllegalStateException("compareTo");
        };
        for (int id = 0; id < 50; id++) {
            assertEquals(id, map.get(twin(id, 7)));
            assertEquals(id, map.put(twin(id, 7), "put"));
            assertEquals("put", map.remove(twin(id, 7)));
            assertNull(map.put(twin(id, 7), id));
            assertEquals(id, map.compute(twin(id, 7), (key, value) -> value));
        }
        assertEquals(50, map.size());
        fill(7, 50, MANY);
        for (int id = 0; id < MANY; id++) {
            assertEquals(id, map.get(twin(id, 7)));
        }
        mood.onCompare = () -> {};
        maps.check(map);
        checkFilled(7, 0, MANY);
        empty(7, 0, MANY);
    }

    @Test
    void aCompareToThatThrowsWhileAFunctionRunsLosesNothing() {
        fill(7, 0, 50);
        assertEquals(List.of(50), sorted());
        for (Throwable thrown : List.of(new IllegalStateException("compareTo"), new StackOverflowError())) {
            assertNull(map.compute(twin(3, 7), (key, value) -> {
                mood.onCompare = () -> Thrower.sneak(thrown);
                return null;
            }));
            mood.onCompare = () -> {};
            assertNull(map.put(twin(3, 7), 3));
        }
        maps.check(map);
        checkFilled(7, 0, 50);
    }

    private static final class Thrower {
        @SuppressWarnings("unchecked")
        static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    /** Comparisons change their own shard. The write searches again, and ends. */
    @Test
    void aCompareToMayUseTheMap() {
        fill(7, 0, 50);
        assertEquals(List.of(50), sorted());
        List<Integer> calls = new ArrayList<>();
        mood.onCompare = () -> {
            if (calls.size() < 20) {
                calls.add(calls.size());
                int id = 100 + calls.size();
                map.put(twin(id, 7), id);
            }
        };
        assertEquals(25, map.put(twin(25, 7), 25));
        assertEquals(70, map.size());
        mood.onCompare = map::clear;
        assertNull(map.put(twin(200, 7), 200));
        mood.onCompare = () -> {};
        assertTrue(map.isEmpty(), "a write under way is ordered before the clear");
    }

    @Test
    void aValueInATreeThatIsReplacedWhileItIsComparedIsNotReplacedAgain() {
        fill(7, 0, 50);
        assertEquals(List.of(50), sorted());
        for (boolean removes : new boolean[] {true, false}) {
            map.put(twin(3, 7), new MoodyKey(1, 1));
            MoodyKey expected = new MoodyKey(1, 1);
            expected.onEquals(other -> map.put(twin(3, 7), 3));
            assertFalse(removes ? map.remove(twin(3, 7), expected) : map.replace(twin(3, 7), expected, "new"));
            assertEquals(3, map.get(twin(3, 7)));
        }
    }

    /** Replacing a value uses no slot. A rebuild that sorts must not keep the older value. */
    @Test
    void aValueThatIsReplacedWhileItsKeyIsSortedIsKept() {
        fill(7, 0, 31);
        mood.onCompare = () -> {
            mood.onCompare = () -> {};
            for (int id = 0; id < 31; id++) {
                map.put(twin(id, 7), "later");
            }
        };
        assertEquals(List.of(31), sorted());
        for (int id = 0; id < 31; id++) {
            assertEquals("later", map.get(twin(id, 7)));
        }
    }

    @Test
    void aKeyThatIsRemovedWhileItIsSortedStaysRemoved() {
        fill(7, 0, 31);
        mood.onCompare = () -> {
            mood.onCompare = () -> {};
            map.remove(twin(3, 7));
        };
        assertEquals(List.of(30), sorted());
        assertNull(map.get(twin(3, 7)));
    }

    /** Numbers that compare as equal but are not equal. */
    private record Coarse(int id) implements Comparable<Coarse> {
        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public int compareTo(Coarse other) {
            return Integer.compare(id / 4, other.id / 4);
        }
    }

    @Test
    void keysThatCompareAsEqualButAreNotAreAllKept() {
        for (int id = 0; id < 800; id++) {
            assertNull(map.put(new Coarse(id), id));
        }
        assertEquals(1, sorted().size());
        for (int id = 0; id < 800; id++) {
            assertEquals(id, map.get(new Coarse(id)));
        }
        maps.check(map);
        for (int id = 0; id < 800; id++) {
            assertEquals(id, map.remove(new Coarse(id)));
            assertNull(map.get(new Coarse(id)));
        }
    }

    /** No order at all. A look-up may miss entries, as in any tree, but the map stays sound. */
    @Test
    void aCompareToThatIsNoOrderHarmsNoOtherKey() {
        record Chaotic(int id) implements Comparable<Chaotic> {
            private static int calls;

            @Override
            public int hashCode() {
                return 7;
            }

            @Override
            public int compareTo(Chaotic other) {
                return (calls++ * 0x9E3779B9 >> 30);
            }
        }
        SafeMap<Object, Object> odd = SafeMap.builder().shards(1).build(); // otherwise the oracle would complain
        for (int id = 0; id < 500; id++) {
            odd.put(new Chaotic(id), id);
            odd.put(id, id);
        }
        for (int id = 0; id < 500; id++) {
            odd.remove(new Chaotic(id));
            assertEquals(id, odd.get(id));
        }
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        odd.keySet().forEach(key -> assertTrue(seen.add(key)));
        assertTrue(seen.size() <= odd.size(), "iteration looks keys up, and misses some");
        odd.clear();
        assertTrue(odd.isEmpty());
    }

    @Test
    void threadsShareATree() throws Exception {
        int each = 300;
        Race.run(4, thread -> {
            Mood own = new Mood();
            for (int round = 0; round < 20; round++) {
                for (int id = 0; id < each; id++) {
                    assertNull(map.put(new Twin(thread * each + id, 7, own), id));
                }
                for (int id = 0; id < each; id++) {
                    assertEquals(id, map.get(new Twin(thread * each + id, 7, own)));
                }
                map.merge(new Twin(-1, 7, own), 1, (a, b) -> (Integer) a + (Integer) b);
                for (int id = 0; id < each; id++) {
                    assertEquals(id, map.remove(new Twin(thread * each + id, 7, own)));
                }
            }
        });
        assertEquals(80, map.get(twin(-1, 7)));
        assertEquals(1, map.size());
    }
}
