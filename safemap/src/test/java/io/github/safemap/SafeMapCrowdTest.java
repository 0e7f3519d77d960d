package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Keys of equal hashes, which no growth can part: into a tree and back, and what meets them there. */
class SafeMapCrowdTest {
    private static final int MANY = 200;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private final SafeMap<Object, Object> map =
            maps.create(SafeMap.builder().shards(1).noExecutor().shrinkThreshold(0));

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

    @Test
    void manyKeysOfOneHashGoIntoATreeAndFewComeBack() {
        fill(7, 0, 31);
        assertEquals(List.of(), Tables.trees(map));
        fill(7, 31, 32);
        assertEquals(List.of(32), Tables.trees(map));
        fill(7, 32, MANY);
        assertEquals(List.of(MANY), Tables.trees(map));
        checkFilled(7, 0, MANY);
        maps.check(map);
        empty(7, 9, MANY);
        assertEquals(List.of(9), Tables.trees(map));
        empty(7, 8, 9);
        assertEquals(List.of(), Tables.trees(map));
        checkFilled(7, 0, 8);
        maps.check(map);
        empty(7, 0, 8);
        assertTrue(map.isEmpty());
    }

    @Test
    void keysThatCannotBeComparedStayWhereTheyAre() {
        for (int id = 0; id < MANY; id++) {
            map.put(new MoodyKey(id, 7), id);
        }
        assertEquals(List.of(), Tables.trees(map));
        fill(7, 0, MANY); // these can
        assertEquals(List.of(MANY), Tables.trees(map));
        for (int id = 0; id < MANY; id++) {
            assertEquals(id, map.remove(new MoodyKey(id, 7)));
        }
        checkFilled(7, 0, MANY);
    }

    /** The bar without a clock: each operation asks a logarithm of the keys. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 50_000})
    void anOperationComparesFewKeys(int keys) {
        fill(7, 0, keys);
        int most = 3 * (32 - Integer.numberOfLeadingZeros(keys));
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
                assertTrue(mood.asked <= 2, () -> mood.asked + " calls of equals");
            }
        }
    }

    @Test
    void treesMoveWithTheirBucketsAndMeet() {
        for (int hash = 0; hash < 5; hash++) {
            fill(hash, 0, 40 + hash);
        }
        for (int key = 100; key < 5_000; key++) {
            map.put(key, key); // grows, five times and more
            if (key % 1_000 == 0) {
                maps.check(map);
            }
        }
        assertEquals(List.of(40, 41, 42, 43, 44), Tables.trees(map));
        for (int key = 100; key < 5_000; key++) {
            assertEquals(key, map.remove(key));
            if (key % 1_000 == 0) {
                maps.check(map);
            }
        }
        map.trim();
        map.trim();
        assertEquals(4, Tables.buckets(map), "growth parts trees, not their keys");
        assertEquals(List.of(40, 41, 42, 43, 44), Tables.trees(map));
        maps.check(map);
        for (int hash = 0; hash < 5; hash++) {
            checkFilled(hash, 0, 40 + hash);
            empty(hash, 0, 40 + hash);
        }
    }

    /** Each hash has a tree: in a bucket they are searched one by one. */
    @Test
    void manyTreesAreSpreadOverManyBuckets() {
        for (int hash = 0; hash < 300; hash++) {
            fill(hash, 0, 40);
        }
        assertEquals(300, Tables.trees(map).size());
        assertTrue(Tables.buckets(map) >= 128, () -> Tables.buckets(map) + " buckets");
        maps.check(map);
        map.trim();
        assertEquals(256, Tables.buckets(map));
        for (int hash = 0; hash < 300; hash++) {
            empty(hash, 1, 40);
        }
        map.trim();
        assertEquals(64, Tables.buckets(map)); // for 300 keys in slots
        for (int hash = 0; hash < 300; hash++) {
            checkFilled(hash, 0, 1);
        }
    }

    @Test
    void aChainWithATreeTakesOtherKeysInAndOut() {
        SafeMap<Object, Object> small =
                maps.create(SafeMap.builder().shards(1).noExecutor().growOnly());
        for (int round = 0; round < 3; round++) {
            for (int id = 0; id < 40; id++) {
                small.put(twin(id, 7), id);
            }
            assertEquals(List.of(40), Tables.trees(small));
            for (int id = 0; id < 30; id++) {
                small.put(new MoodyKey(id, 7), id); // the same chain
                maps.check(small);
            }
            for (int id = 0; id < 30; id++) {
                assertEquals(id, small.remove(new MoodyKey(id, 7)));
                maps.check(small);
            }
            for (int id = 0; id < 40; id++) {
                assertEquals(id, small.remove(twin(id, 7)));
            }
            maps.check(small);
        }
    }

    @Test
    void iterationReturnsEachKeyOnceWhileTreesComeAndGo() {
        fill(7, 0, MANY);
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
            map.remove(twin(2 * id + 1, 7)); // these go, and the tree with them for a while
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
        assertTrue(map.entrySet().removeIf(entry -> (Integer) entry.getValue() % 2 == 0));
        assertEquals(List.of(MANY / 2), Tables.trees(map));
        assertTrue(map.values().removeIf(value -> true));
        assertTrue(map.isEmpty());
    }

    @Test
    void functionsComputeKeysInATree() {
        fill(7, 0, 50);
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
        assertEquals(List.of(50), Tables.trees(map));
    }

    /** What a function holds moves from a slot into a tree, to another table, and back into a slot. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeldKeyIsFoundAgainWhereverItHasGone(boolean present) {
        for (boolean result : new boolean[] {true, false}) {
            map.clear();
            if (present) {
                map.put(twin(0, 7), "old");
            }
            map.compute(twin(0, 7), (key, old) -> {
                fill(7, 1, 100);
                assertEquals(List.of(100), Tables.trees(map));
                assertEquals(present ? "old" : null, map.get(twin(0, 7)));
                for (int other = 1_000; other < 2_000; other++) {
                    map.put(other, other);
                }
                map.compute(twin(50, 7), (neighbour, value) -> {
                    empty(7, 1, 50);
                    empty(7, 51, 100);
                    assertEquals(List.of(), Tables.trees(map));
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
    void aHeldKeyInATreeMakesOthersWait() throws Exception {
        fill(7, 0, 50);
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

    /** The same with a thread that is known to wait, by each way to write. */
    @Test
    void whoWritesAHeldKeyInATreeIsParkedUntilItIsLetGo() throws Exception {
        SafeMap<Object, Integer> held = maps.create(SafeMap.builder().shards(1).noExecutor());
        for (int id = 0; id < 50; id++) {
            held.put(twin(id, 7), id);
        }
        assertEquals(List.of(50), Tables.trees(held));
        List<Callable<Integer>> writes = List.of(
                () -> held.put(twin(3, 7), 3),
                () -> held.merge(twin(3, 7), 3, (old, three) -> old - three),
                () -> held.remove(twin(3, 7)));
        List<Integer> answers = List.of(99, 96, 99);
        for (int i = 0; i < writes.size(); i++) {
            HeldKey holder = new HeldKey(held, twin(3, 7), Computing.COMPUTE, old -> 99);
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

    /** Each comparison changes the chain it is made in: the write looks again, and ends. */
    @Test
    void aCompareToMayUseTheMap() {
        fill(7, 0, 50);
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
        for (boolean removes : new boolean[] {true, false}) {
            map.put(twin(3, 7), new MoodyKey(1, 1));
            MoodyKey expected = new MoodyKey(1, 1);
            expected.onEquals(other -> map.put(twin(3, 7), 3));
            assertFalse(removes ? map.remove(twin(3, 7), expected) : map.replace(twin(3, 7), expected, "new"));
            assertEquals(3, map.get(twin(3, 7)));
        }
    }

    /** Replacing a value does not move the version: who sorts must not keep the older one. */
    @Test
    void aValueThatIsReplacedWhileItsKeyIsSortedIsKept() {
        fill(7, 0, 31);
        mood.onCompare = () -> {
            mood.onCompare = () -> {};
            for (int id = 0; id < 31; id++) {
                map.put(twin(id, 7), "later");
            }
        };
        assertNull(map.put(twin(31, 7), 31));
        assertEquals(List.of(32), Tables.trees(map));
        for (int id = 0; id < 31; id++) {
            assertEquals("later", map.get(twin(id, 7)));
        }
    }

    /** Numbers that compare as equal and are not. */
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
        assertEquals(1, Tables.trees(map).size());
        for (int id = 0; id < 800; id++) {
            assertEquals(id, map.get(new Coarse(id)));
        }
        maps.check(map);
        for (int id = 0; id < 800; id++) {
            assertEquals(id, map.remove(new Coarse(id)));
            assertNull(map.get(new Coarse(id)));
        }
    }

    /** No order at all: entries may be lost sight of, as in any tree, but the map is what it was. */
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
        SafeMap<Object, Object> odd = SafeMap.builder().shards(1).build(); // the oracle would mind
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
