package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, values and threads that misbehave, while the map behaves well. */
class SafeMapFaultsTest {
    private static final Duration HANG = Duration.ofSeconds(20);
    private static final RuntimeException THROWN = new IllegalStateException("from the key");

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    private SafeMap<Object, Object> single(SafeMapBuilder builder) {
        return maps.create(builder.shards(1));
    }

    private static void fill(SafeMap<Object, Object> map, int from, int to) {
        for (int key = from; key < to; key++) {
            assertNull(map.put(key, key));
        }
    }

    private static void checkFilled(SafeMap<Object, Object> map, int to) {
        for (int key = 0; key < to; key++) {
            assertEquals(key, map.get(key));
        }
    }

    private static void throwsThat() {
        throw THROWN;
    }

    /** Its shard cannot be rebuilt. Only insertions that need room there are refused. */
    @ParameterizedTest
    @MethodSource("throwables")
    void aKeyWhoseHashCodeThrowsHoldsUpItsOwnShardOnly(Throwable thrown) {
        SafeMap<Object, Object> map = maps.create();
        MoodyKey moody = new MoodyKey(0, 12_345);
        map.put(moody, "moody");
        fill(map, 0, 300);
        moody.onHashCode(() -> Sneaky.<RuntimeException>sneak(thrown));
        Set<Integer> refused = new HashSet<>();
        for (int key = 300; key < 5_000; key++) {
            try {
                assertNull(map.put(key, key));
            } catch (Throwable e) {
                assertSame(thrown, e);
                refused.add(key);
                assertNull(map.get(key));
            }
        }
        assertTrue(!refused.isEmpty() && refused.size() < 4_700 / 2, () -> refused.size() + " were refused");
        assertEquals(5_001 - refused.size(), map.size());
        for (int key = 0; key < 5_000; key++) {
            Object value = refused.contains(key) ? null : key;
            assertEquals(value, map.replace(key, -key));
            assertEquals(value == null ? null : key, map.computeIfPresent(key, (same, old) -> same));
            if (key % 2 == 0) {
                assertEquals(value, map.remove(key));
            }
        }
        moody.calm();
        assertEquals("moody", map.get(moody));
        for (int key = 0; key < 5_000; key++) {
            map.put(key, key);
        }
        checkFilled(map, 5_000);
        map.trim();
        checkFilled(map, 5_000);
        assertEquals("moody", map.remove(moody));
    }

    /**
     * The last one is a checked exception. A {@code hashCode} may not declare it, but one written in Kotlin can
     * throw it.
     */
    static Stream<Throwable> throwables() {
        return Stream.of(
                THROWN,
                new StackOverflowError("a collection that contains itself"),
                new IOException("thrown by a trick"));
    }

    private static final class Sneaky {
        @SuppressWarnings("unchecked")
        static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void noRemovalFailsForTheSakeOfAShrink(Throwable thrown) {
        SafeMap<Object, Object> map = maps.create(SafeMap.builder().shrinkThreshold(0));
        MoodyKey moody = new MoodyKey(0, 12_345);
        map.put(moody, "moody");
        fill(map, 0, 5_000);
        moody.onHashCode(() -> Sneaky.<RuntimeException>sneak(thrown));
        for (int key = 0; key < 5_000; key++) {
            if (key % 2 == 0) {
                assertEquals(key, map.remove(key));
            } else {
                assertNull(map.computeIfPresent(key, (same, old) -> null));
                assertNull(map.remove(key), "the function's key is free");
            }
        }
        moody.calm();
        assertEquals("moody", map.get(moody));
        map.trim();
        assertEquals(8, Tables.slots(map));
        assertEquals("moody", map.get(moody));
    }

    /** Such a key may be lost, as in any hash table. Nothing else may be lost. */
    @Test
    void aKeyWhoseHashCodeChangesHarmsNoOther() {
        SafeMap<Object, Object> map = SafeMap.builder().shards(1).build(); // otherwise the oracle would complain
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            List<Integer> list = new ArrayList<>(List.of(i));
            lists.add(list);
            map.put(list, "list");
        }
        lists.forEach(list -> list.add(0, 99));
        fill(map, 0, 5_000);
        checkFilled(map, 5_000);
        assertEquals(5_050, map.size());
        for (int key = 0; key < 5_000; key++) {
            assertEquals(key, map.remove(key));
        }
        map.trim();
        Set<Object> seen = new HashSet<>();
        map.keySet().forEach(key -> assertTrue(seen.add(key)));
        assertEquals(50, seen.size());
        map.clear();
        assertTrue(map.isEmpty());
    }

    @Test
    void equalsThatThrowsLeavesEveryEntryAndNoClaim() {
        SafeMap<Object, Object> map = single(SafeMap.builder());
        for (int id = 1; id <= 40; id++) {
            map.put(new MoodyKey(id, 7), id); // one chain
        }
        MoodyKey probe = new MoodyKey(40, 7);
        probe.onEquals(other -> {
            if (other instanceof MoodyKey) {
                throwsThat();
            }
        });
        for (Executable call : List.<Executable>of(
                () -> map.get(probe),
                () -> map.getOrDefault(probe, 0),
                () -> map.containsKey(probe),
                () -> map.put(probe, 0),
                () -> map.putIfAbsent(probe, 0),
                () -> map.remove(probe),
                () -> map.remove(probe, 40),
                () -> map.replace(probe, 0),
                () -> map.replace(probe, 40, 0),
                () -> map.compute(probe, (k, v) -> null),
                () -> map.computeIfAbsent(probe, k -> 0),
                () -> map.computeIfPresent(probe, (k, v) -> null),
                () -> map.merge(probe, 0, (a, b) -> null))) {
            assertSame(THROWN, assertThrows(RuntimeException.class, call));
            maps.check(map);
        }
        for (int id = 1; id <= 40; id++) {
            assertEquals(id, map.get(new MoodyKey(id, 7)));
        }
        assertTimeoutPreemptively(HANG, () -> map.put(new MoodyKey(41, 7), 41));
        assertEquals(41, map.size());
    }

    @Test
    void valueEqualsThatThrowsLeavesTheValueAndNoClaim() {
        SafeMap<Object, Object> map = single(SafeMap.builder());
        MoodyKey value = new MoodyKey(1, 1);
        map.put("key", value);
        MoodyKey expected = new MoodyKey(1, 1);
        expected.onEquals(other -> throwsThat());
        for (Executable call :
                List.<Executable>of(() -> map.replace("key", expected, 2), () -> map.remove("key", expected))) {
            assertSame(THROWN, assertThrows(RuntimeException.class, call));
            assertSame(value, map.get("key"));
            maps.check(map);
        }
        assertTimeoutPreemptively(HANG, () -> map.put("key", 3));
        assertEquals(3, map.get("key"));
    }

    /** What a meddling {@code equals} does to its map. */
    enum Meddling {
        REPLACES_A_NEIGHBOUR {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.put(new MoodyKey(2, 7), 2);
            }
        },
        INSERTS_A_NEIGHBOUR {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.put(new MoodyKey(1_000 + time, 7), 0);
            }
        },
        REMOVES_A_NEIGHBOUR {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.remove(new MoodyKey(2 + time % 10, 7));
            }
        },
        REMOVES_THE_KEY_ITSELF {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.remove(new MoodyKey(1, 7));
            }
        },
        INSERTS_AND_REMOVES_THE_KEY_ITSELF {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.put(new MoodyKey(1, 7), "meddled");
                map.remove(new MoodyKey(1, 7));
            }
        },
        MAKES_THE_TABLE_GROW {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                for (int key = 0; key < 500; key++) {
                    map.put(time * 500 + key, key);
                }
            }
        },
        TRIMS {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.trim();
            }
        },
        CLEARS {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.clear();
            }
        },
        ITERATES {
            @Override
            void meddle(SafeMap<Object, Object> map, int time) {
                map.keySet().removeIf(key -> !(key instanceof MoodyKey));
            }
        };

        abstract void meddle(SafeMap<Object, Object> map, int time);
    }

    @ParameterizedTest
    @EnumSource
    void equalsThatWritesToTheSameBucketNeitherHangsNorCorrupts(Meddling meddling) {
        for (int times : new int[] {1, 5, 40}) {
            meddle(meddling, times);
        }
    }

    /** A write does not wait for what a replaced neighbour, a trim or an iteration changes. */
    @ParameterizedTest
    @EnumSource(names = {"REPLACES_A_NEIGHBOUR", "REMOVES_THE_KEY_ITSELF", "TRIMS", "ITERATES", "CLEARS"})
    void equalsMayMeddleEachTime(Meddling meddling) {
        meddle(meddling, Integer.MAX_VALUE);
    }

    private void meddle(Meddling meddling, int times) {
        for (int operation = 0; operation < 6; operation++) {
            SafeMap<Object, Object> map = single(SafeMap.builder());
            for (int id = 1; id <= 20; id++) {
                map.put(new MoodyKey(id, 7), id);
            }
            MoodyKey probe = new MoodyKey(1, 7);
            AtomicInteger calls = new AtomicInteger();
            probe.onEquals(other -> {
                int call = calls.getAndIncrement();
                if (call < times) {
                    meddling.meddle(map, call);
                }
            });
            int chosen = operation;
            assertTimeoutPreemptively(HANG, () -> operate(map, probe, chosen), () -> "operation " + chosen);
            probe.calm();
            maps.check(map);
        }
    }

    private static Object operate(SafeMap<Object, Object> map, MoodyKey probe, int operation) {
        return switch (operation) {
            case 0 -> map.get(probe);
            case 1 -> map.put(probe, "new");
            case 2 -> map.remove(probe);
            case 3 -> map.putIfAbsent(probe, "new");
            case 4 -> map.replace(probe, "new");
            default -> map.merge(probe, "new", (old, value) -> value);
        };
    }

    /** The value of the key changes during the comparison. The write must not overwrite the change. */
    @Test
    void aValueThatIsReplacedWhileItIsComparedIsNotReplacedAgain() {
        SafeMap<Object, Object> map = single(SafeMap.builder());
        map.put("key", new MoodyKey(1, 1));
        MoodyKey expected = new MoodyKey(1, 1);
        expected.onEquals(other -> map.put("key", "later"));
        assertTimeoutPreemptively(HANG, () -> {
            assertTrue(!map.replace("key", expected, "new"));
            assertEquals("later", map.get("key"));
            map.put("key", new MoodyKey(1, 1));
            assertTrue(!map.remove("key", expected));
        });
        assertEquals("later", map.get("key"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void interruptedThreadsWorkAndStayInterrupted(int threads) throws Exception {
        SafeMap<Object, Object> map = single(SafeMap.builder().shrinkThreshold(0));
        int each = 20_000;
        Race.run(threads, thread -> {
            Thread.currentThread().interrupt();
            for (int i = 0; i < each; i++) {
                map.put(i % 50, i);
                map.merge("sum", 1, (a, b) -> (Integer) a + (Integer) b);
                map.remove(i % 50 - 1);
                map.get(i % 50);
            }
            map.trim();
            map.forEach((key, value) -> {});
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt was swallowed");
        });
        assertEquals(threads * each, map.get("sum"));
    }
}
