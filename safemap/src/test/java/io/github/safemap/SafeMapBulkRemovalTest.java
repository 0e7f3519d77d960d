package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code removeIf}, {@code removeAll} and {@code retainAll}, of the map and its views. */
class SafeMapBulkRemovalTest {
    private static final int ENTRIES = 12_000;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    /** A value that equals any other, so that {@code equals} would confuse them. */
    private record Session(boolean stale) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Session;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Each way to remove stale values. */
    enum Purge {
        MAP {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                ((SafeMap<Integer, Session>) map).removeIf((key, value) -> goes.test(value));
            }
        },
        ENTRIES {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                map.entrySet().removeIf(entry -> goes.test(entry.getValue()));
            }
        },
        VALUES {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                map.values().removeIf(goes);
            }
        },
        VALUES_REMOVE_ALL {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                map.values().removeAll(new Those<>(goes));
            }
        },
        VALUES_RETAIN_ALL {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                map.values().retainAll(new Those<>(goes.negate()));
            }
        },
        ENTRIES_REMOVE_ALL {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                map.entrySet().removeAll(new Those<Map.Entry<Integer, Session>>(e -> goes.test(e.getValue())));
            }
        },
        ENTRIES_RETAIN_ALL {
            @Override
            void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes) {
                map.entrySet().retainAll(new Those<Map.Entry<Integer, Session>>(e -> !goes.test(e.getValue())));
            }
        };

        abstract void run(ConcurrentMap<Integer, Session> map, Predicate<Session> goes);
    }

    /** A huge set that cannot be iterated. */
    private static final class Those<T> extends AbstractSet<T> {
        private final Predicate<T> member;

        Those(Predicate<T> member) {
            this.member = member;
        }

        @Override
        @SuppressWarnings("unchecked")
        public boolean contains(Object element) {
            return member.test((T) element);
        }

        @Override
        public Iterator<T> iterator() {
            throw new AssertionError("goes through the larger side");
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEqualValueThatCameAfterTheTestIsNotRemoved(Purge purge) {
        Session fresh = new Session(false);
        assertSame(fresh, afterRefreshDuringPurge(maps.create(), purge, fresh));
    }

    /** ConcurrentHashMap compares values by equality. The check detects that. */
    @Test
    void theCheckFindsARemovalOfAnEqualValue() {
        assertNull(afterRefreshDuringPurge(new ConcurrentHashMap<>(), Purge.VALUES, new Session(false)));
    }

    /** Returns what remains of a session that is refreshed right after it was found stale. */
    private static Session afterRefreshDuringPurge(ConcurrentMap<Integer, Session> map, Purge purge, Session fresh) {
        map.put(1, new Session(true));
        purge.run(map, session -> {
            boolean stale = session.stale();
            map.put(1, fresh);
            return stale;
        });
        return map.get(1);
    }

    @ParameterizedTest
    @EnumSource
    void noFreshValueIsRemovedBesideAWriter(Purge purge) throws Exception {
        purgeBesideWriter(maps.create(), purge, 20_000);
    }

    private static void purgeBesideWriter(ConcurrentMap<Integer, Session> map, Purge purge, int rounds)
            throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    try {
                        for (int round = 0; round < rounds; round++) {
                            Integer key = round & 7;
                            map.put(key, new Session(true));
                            Session fresh = new Session(false);
                            map.put(key, fresh);
                            assertSame(fresh, map.get(key), "a fresh session was removed");
                        }
                    } finally {
                        done.set(true);
                    }
                },
                thread -> {
                    while (!done.get()) {
                        purge.run(map, Session::stale);
                    }
                });
        purge.run(map, Session::stale);
        assertTrue(map.values().stream().noneMatch(Session::stale));
    }

    @Test
    void removeOfAValueSparesOneThatCameMeanwhile() {
        SafeMap<Integer, Object> map = maps.create();
        Object old = new Object();
        Object equal = new Object() {
            @Override
            public boolean equals(Object other) {
                if (other == old) {
                    map.put(1, "new");
                }
                return other == old;
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        map.put(1, old);
        assertFalse(map.values().remove(equal));
        assertEquals("new", map.get(1));
        assertTrue(map.values().remove("new"));
        assertFalse(map.values().remove(null));
    }

    @Test
    void aKeyThatTheFilterAcceptsGoesWhateverItsValueIsByThen() {
        SafeMap<Integer, Integer> map = maps.create();
        map.put(1, 1);
        assertTrue(map.keySet().removeIf(key -> map.put(key, 2) != null));
        assertEquals(Map.of(), map);
    }

    @Test
    void aFilterThatThrowsEndsTheRemovalAndWhatItAcceptedBeforeHasGone() {
        SafeMap<Integer, Integer> map = filled();
        int[] left = {ENTRIES - 10};
        RuntimeException thrown = new IllegalStateException("no more");
        assertSame(
                thrown,
                assertThrows(
                        RuntimeException.class,
                        () -> map.removeIf((key, value) -> {
                            if (left[0]-- == 0) {
                                throw thrown;
                            }
                            return true;
                        })));
        assertEquals(10, map.size());
        assertTrue(Tables.slots(map) <= ENTRIES / 16, () -> map.stats().toString());
    }

    private SafeMap<Integer, Integer> filled() {
        SafeMap<Integer, Integer> map = maps.create();
        IntStream.range(0, ENTRIES).forEach(key -> map.put(key, key));
        return map;
    }

    /** Ways to remove all but some entries in an iteration. The step is called for each entry. */
    static Stream<Arguments> walks() {
        return Stream.of(
                walk("map", (map, step) -> map.removeIf((key, value) -> step.test(key))),
                walk("keys", (map, step) -> map.keySet().removeIf(step)),
                walk("keys, removeAll", (map, step) -> map.keySet().removeAll(new Those<>(step))),
                walk("keys, retainAll", (map, step) -> map.keySet().retainAll(new Those<>(step.negate()))),
                walk("values", (map, step) -> map.values().removeIf(step)),
                walk("values, removeAll", (map, step) -> map.values().removeAll(new Those<>(step))),
                walk("values, retainAll", (map, step) -> map.values().retainAll(new Those<>(step.negate()))),
                walk("entries", (map, step) -> map.entrySet().removeIf(e -> step.test(e.getKey()))),
                walk(
                        "entries, retainAll",
                        (map, step) -> map.entrySet()
                                .retainAll(new Those<Map.Entry<Integer, Integer>>(e -> !step.test(e.getKey())))));
    }

    /** A bulk removal. */
    interface Walk {
        boolean removeIf(SafeMap<Integer, Integer> map, Predicate<Integer> filter);
    }

    private static Arguments walk(String name, Walk walk) {
        return Arguments.of(name, walk);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("walks")
    void eachEntryIsTestedOnceWhileTheShardsShrink(String name, Walk walk) {
        SafeMap<Integer, Integer> map = filled();
        Set<Integer> tested = new HashSet<>();
        assertTrue(walk.removeIf(map, key -> {
            assertTrue(tested.add(key), () -> key + " twice");
            return key % 1_000 != 0;
        }));
        assertEquals(ENTRIES, tested.size());
        assertEquals(12, map.size());
        assertTrue(Tables.slots(map) <= ENTRIES / 16, () -> map.stats().toString());
        assertFalse(walk.removeIf(map, key -> false));
    }

    @Test
    void aListIsIteratedAndNotSearched() {
        SafeMap<Integer, Integer> map = filled();
        List<Integer> keys = new ArrayList<>(IntStream.range(-5, 50_000).boxed().toList()) {
            private static final long serialVersionUID = 1L;

            @Override
            public boolean contains(Object element) {
                throw new AssertionError("searches the list");
            }
        };
        assertTrue(map.keySet().removeAll(keys));
        assertTrue(map.isEmpty());
        assertFalse(map.keySet().removeAll(keys));
    }

    @Test
    void aSetRemovedFromItselfIsEmpty() {
        SafeMap<Integer, Integer> map = filled();
        assertTrue(map.entrySet().removeAll(map.entrySet()));
        assertEquals(Map.of(), map);
        map.put(1, 1);
        assertTrue(map.keySet().removeAll(map.keySet()));
        map.put(1, 1);
        assertTrue(map.values().removeAll(map.values()));
        assertEquals(Map.of(), map);
    }

    /** Calls with nulls and with foreign objects. ConcurrentHashMap's result is the right one. */
    static Stream<Arguments> oddCalls() {
        Collection<Object> none = null;
        List<Object> nulls = Arrays.asList(null, 1);
        Set<Object> many = new HashSet<>(IntStream.range(-100, 100).boxed().toList());
        many.add(null);
        many.add("stranger");
        return Stream.<Call>of(
                        map -> map.keySet().removeAll(none),
                        map -> map.keySet().retainAll(none),
                        map -> map.values().removeAll(none),
                        map -> map.values().retainAll(none),
                        map -> map.entrySet().removeAll(none),
                        map -> map.entrySet().retainAll(none),
                        map -> map.keySet().removeIf(null),
                        map -> map.values().removeIf(null),
                        map -> map.entrySet().removeIf(null),
                        map -> map.keySet().removeAll(nulls),
                        map -> map.keySet().retainAll(nulls),
                        map -> map.values().removeAll(nulls),
                        map -> map.values().retainAll(nulls),
                        map -> map.entrySet().removeAll(nulls),
                        map -> map.entrySet().retainAll(nulls),
                        map -> map.keySet().removeAll(many),
                        map -> map.keySet().retainAll(many),
                        map -> map.values().removeAll(many),
                        map -> map.values().retainAll(many),
                        map -> map.entrySet().removeAll(many),
                        map -> map.entrySet().retainAll(many),
                        map -> map.keySet().remove(null),
                        map -> map.values().remove(null),
                        map -> map.entrySet().remove(null),
                        map -> map.keySet().contains(null),
                        map -> map.values().contains(null),
                        map -> map.entrySet().contains(null),
                        map -> map.keySet().containsAll(nulls),
                        map -> map.entrySet().contains("stranger"),
                        map -> map.entrySet().remove("stranger"))
                .map(Arguments::of);
    }

    /** A call whose outcome is compared. */
    interface Call {
        Object on(Map<Object, Object> map);
    }

    @ParameterizedTest
    @MethodSource("oddCalls")
    void oddArgumentsHaveTheSameResultAsInConcurrentHashMap(Call call) {
        Map<Object, Object> map = maps.create();
        Map<Object, Object> control = new ConcurrentHashMap<>();
        for (int key = 0; key < 3; key++) {
            map.put(key, key);
            control.put(key, key);
        }
        assertEquals(outcome(call, control), outcome(call, map));
        assertEquals(control, map);
    }

    private static Object outcome(Call call, Map<Object, Object> map) {
        try {
            return call.on(map);
        } catch (RuntimeException e) {
            assertNotNull(e);
            return e.getClass();
        }
    }

    /** The call does not count an entry that the filter itself removed. */
    @Test
    void aFilterThatRemovesTheKeyLeavesNothingToRemove() {
        SafeMap<Integer, String> map = maps.create();
        map.put(1, "one");
        assertFalse(map.keySet().removeIf(key -> map.remove(key) != null));
        assertTrue(map.isEmpty());
    }
}
