package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.safemap.core.testing.Race;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Go's check for concurrent writes. These tests need no luck to have a second operation in the middle of a
 * write: a write compares keys while its flag is set, and the keys' {@code equals} starts the second operation.
 */
class GoMapWriteFlagTest {
    private static final String WRITES = "concurrent map writes";
    private static final String READ = "concurrent map read and map write";

    @RegisterExtension
    final GoMaps maps = new GoMaps();

    private final GoMap<Object, Integer> map = maps.create();
    private Runnable trap;

    /** A key whose first comparison with another key runs the trap. */
    private final class TrapKey {
        private final int id;

        TrapKey(int id) {
            this.id = id;
        }

        @Override
        public int hashCode() {
            return 17;
        }

        @Override
        public boolean equals(Object other) {
            Runnable sprung = trap;
            trap = null;
            if (sprung != null) {
                sprung.run();
            }
            return other instanceof TrapKey && ((TrapKey) other).id == id;
        }
    }

    /** The write in progress. */
    enum Outer {
        PUT_NEW {
            @Override
            void write(GoMapWriteFlagTest test) {
                test.map.put(test.new TrapKey(2), 2);
            }
        },
        PUT_OVER {
            @Override
            void write(GoMapWriteFlagTest test) {
                test.map.put(test.new TrapKey(1), 2);
            }
        },
        REMOVE {
            @Override
            void write(GoMapWriteFlagTest test) {
                test.map.remove(test.new TrapKey(1));
            }
        },
        REMOVE_ABSENT {
            @Override
            void write(GoMapWriteFlagTest test) {
                test.map.remove(test.new TrapKey(2));
            }
        };

        abstract void write(GoMapWriteFlagTest test);
    }

    /** The operation that meets it. */
    enum Inner {
        PUT(WRITES, map -> map.put("other", 0)),
        PUT_IF_ABSENT(READ, map -> map.putIfAbsent("other", 0)), // reads first
        REMOVE(WRITES, map -> map.remove("present")),
        CLEAR(WRITES, Map::clear),
        GET(READ, map -> map.get("present")),
        GET_ABSENT(READ, map -> map.get("absent")),
        CONTAINS_KEY(READ, map -> map.containsKey("present")),
        STATS(READ, GoMap::stats),
        ITERATOR(READ, map -> map.keySet().iterator()),
        ITERATE(READ, map -> map.keySet().iterator().next());

        private final String message;
        private final Consumer<GoMap<Object, Integer>> step;

        Inner(String message, Consumer<GoMap<Object, Integer>> step) {
            this.message = message;
            this.step = step;
        }
    }

    @ParameterizedTest
    @EnumSource
    void writeAndReadInTheMiddleOfAPutAreDetected(Inner inner) {
        fill();
        detect(Outer.PUT_NEW, inner, Runnable::run);
    }

    @ParameterizedTest
    @EnumSource
    void writeAndReadInTheMiddleOfARemoveAreDetected(Inner inner) {
        fill();
        detect(Outer.REMOVE, inner, Runnable::run);
    }

    @ParameterizedTest
    @EnumSource
    void secondThreadInTheMiddleOfAWriteIsDetected(Outer outer) {
        for (Inner inner : Inner.values()) {
            map.clear();
            fill();
            detect(outer, inner, GoMapWriteFlagTest::runOnAnotherThread);
        }
    }

    @Test
    void iteratorThatMeetsAWriteIsDetected() {
        fill();
        Iterator<Object> keys = map.keySet().iterator();
        keys.next();
        AtomicReference<Throwable> met = new AtomicReference<>();
        trap = () -> met.set(assertThrows(ConcurrentModificationException.class, keys::next));
        map.put(new TrapKey(2), 2);
        assertEquals(READ, met.get().getMessage());
    }

    /** The control: the same steps during a read, or after a write, are not reported. */
    @ParameterizedTest
    @EnumSource
    void nothingIsDetectedOutsideAWrite(Inner inner) throws Exception {
        fill();
        inner.step.accept(map);
        Race.run(1, thread -> inner.step.accept(map));
        map.clear();
        fill();
        trap = () -> {
            assertNull(trap);
            map.get("present");
            map.keySet().iterator().next();
        };
        assertEquals(1, map.get(new TrapKey(1)));
        assertNull(trap, "the trap was not sprung");
    }

    // Clearing the flag

    @ParameterizedTest
    @EnumSource
    void equalsThatThrowsLeavesTheMapAsItWas(Outer outer) {
        fill();
        Map<Object, Integer> before = new HashMap<>(map);
        RuntimeException thrown = new IllegalStateException("from equals");
        trap = () -> {
            throw thrown;
        };
        assertSame(thrown, assertThrows(RuntimeException.class, () -> outer.write(this)));
        assertWorksAndHolds(before);
    }

    @ParameterizedTest
    @EnumSource
    void equalsThatThrowsInTheMiddleOfAGrowthLosesNothing(Outer outer) {
        for (int i = 0; i <= GoMaps.maxEntries(6); i++) {
            if (i == 100) {
                fill();
            }
            map.put(i, i);
            if (map.stats().oldBucketsLeft() > 0 && map.containsKey("present")) {
                Map<Object, Integer> before = new HashMap<>(map);
                RuntimeException thrown = new IllegalStateException("from equals");
                trap = () -> {
                    throw thrown;
                };
                assertSame(thrown, assertThrows(RuntimeException.class, () -> outer.write(this)));
                assertEquals(before, map);
            }
        }
        assertWorksAndHolds(new HashMap<>(map));
    }

    @Test
    void hashCodeThatThrowsLeavesTheMapAsItWas() {
        fill();
        Map<Object, Integer> before = new HashMap<>(map);
        RuntimeException thrown = new IllegalStateException("from hashCode");
        Object key = new Object() {
            @Override
            public int hashCode() {
                throw thrown;
            }
        };
        assertSame(thrown, assertThrows(RuntimeException.class, () -> map.put(key, 1)));
        assertSame(thrown, assertThrows(RuntimeException.class, () -> map.remove(key)));
        assertSame(thrown, assertThrows(RuntimeException.class, () -> map.get(key)));
        assertWorksAndHolds(before);
    }

    /** Go sets the flag after it has called the hasher. */
    @Test
    void hashCodeMayUseTheMap() {
        fill();
        Object key = new Object() {
            @Override
            public int hashCode() {
                for (int i = 0; i < 100; i++) {
                    map.put(i, i);
                }
                return 1;
            }
        };
        map.put(key, 1);
        assertEquals(1, map.get(key));
        assertEquals(1, map.remove(key));
        assertEquals(99, map.get(99));
    }

    @Test
    void functionThatThrowsLeavesTheMapAsItWas() {
        fill();
        Map<Object, Integer> before = new HashMap<>(map);
        RuntimeException thrown = new IllegalStateException("from the function");
        assertThrows(
                IllegalStateException.class,
                () -> map.compute("present", (k, v) -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.compute("absent", (k, v) -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.computeIfAbsent("absent", k -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.computeIfPresent("present", (k, v) -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.merge("present", 1, (a, b) -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.replaceAll((k, v) -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.keySet().removeIf(k -> {
                    throw thrown;
                }));
        assertThrows(
                IllegalStateException.class,
                () -> map.forEach((k, v) -> {
                    throw thrown;
                }));
        assertWorksAndHolds(before);
    }

    private void fill() {
        map.put("present", 1);
        map.put(new TrapKey(1), 1);
        map.put(new TrapKey(3), 3);
    }

    /**
     * Runs the inner step in the middle of the outer write. The outer write may throw too, because its flag may
     * be cleared when it checks. In both cases the map must be sound and usable.
     */
    private void detect(Outer outer, Inner inner, Consumer<Runnable> runner) {
        AtomicReference<ConcurrentModificationException> met = new AtomicReference<>();
        trap = () -> runner.accept(
                () -> met.set(assertThrows(ConcurrentModificationException.class, () -> inner.step.accept(map))));
        try {
            outer.write(this);
        } catch (ConcurrentModificationException alsoNoticed) {
            assertEquals(WRITES, alsoNoticed.getMessage());
        }
        assertNotNull(met.get(), "the trap was not sprung");
        assertEquals(inner.message, met.get().getMessage());
        maps.check(map);
        assertEquals(1, map.get("present"));
        map.put("next", 1);
        assertEquals(1, map.remove("next"));
    }

    private void assertWorksAndHolds(Map<Object, Integer> expected) {
        assertEquals(expected, map);
        assertNull(map.put("next", 1));
        assertEquals(1, map.remove("next"));
        assertEquals(expected, map);
    }

    private static void runOnAnotherThread(Runnable step) {
        try {
            Race.run(1, thread -> step.run());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Two threads can pass {@code claim} at once. A test can only show that with the flag itself. */
    @Test
    void theSecondToEndFindsItsFlagGone() {
        WriteFlag flag = new WriteFlag();
        flag.claim();
        flag.release();
        assertEquals(
                WRITES,
                assertThrows(ConcurrentModificationException.class, flag::release)
                        .getMessage());
    }
}
