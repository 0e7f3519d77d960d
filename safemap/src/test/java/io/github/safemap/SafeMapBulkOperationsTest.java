package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bulk operations. Each has ConcurrentHashMap's signature and gives the same result. */
class SafeMapBulkOperationsTest {
    private static final int ENTRIES = 3_000;

    @RegisterExtension
    final SafeMaps maps = new SafeMaps();

    /** Those of ConcurrentHashMap, without the forms on entries. */
    static Stream<Method> bulkMethods() {
        return Arrays.stream(ConcurrentHashMap.class.getMethods())
                .filter(method -> method.getDeclaringClass() == ConcurrentHashMap.class)
                .filter(method -> method.getParameterCount() > 1)
                .filter(method -> method.getParameterTypes()[0] == long.class)
                .filter(method -> !method.getName().matches(".*Entr(y|ies).*"));
    }

    @Test
    void allTwentyThreeMethodsAreTested() {
        assertEquals(23, bulkMethods().count());
    }

    private Map<Integer, Integer> fill(Map<Integer, Integer> map, int entries) {
        IntStream.range(0, entries).forEach(key -> map.put(key, 2 * key));
        return map;
    }

    @ParameterizedTest
    @MethodSource("bulkMethods")
    void theResultIsConcurrentHashMaps(Method method) throws Exception {
        for (int entries : new int[] {0, 1, ENTRIES}) {
            Map<Integer, Integer> map = fill(maps.create(), entries);
            Map<Integer, Integer> control = fill(new ConcurrentHashMap<>(), entries);
            for (long threshold : new long[] {-1, 0, 1, ENTRIES, ENTRIES + 1, Long.MAX_VALUE}) {
                assertEquals(call(method, control, threshold), call(method, map, threshold));
            }
        }
    }

    /** Returns the method's result, and the arguments that it gave to an action. */
    private static Object call(Method method, Map<Integer, Integer> map, long threshold) throws Exception {
        LongAdder given = new LongAdder();
        LongAdder calls = new LongAdder();
        boolean search = method.getName().startsWith("search");
        boolean transforms = method.getParameterCount() == 3; // its function may leave out elements
        List<Object> arguments = new ArrayList<>(List.of(threshold));
        for (Class<?> type : List.of(method.getParameterTypes()).subList(1, method.getParameterCount())) {
            Object argument;
            if (type == BiFunction.class) {
                argument = search
                        ? (BiFunction<Integer, Integer, Integer>) (a, b) -> a == 500 ? a + b : null
                        : transforms && arguments.size() == 1
                                ? (BiFunction<Integer, Integer, Integer>) (a, b) -> a % 3 == 0 ? null : a + b
                                : (BiFunction<Integer, Integer, Integer>) Integer::sum;
            } else if (type == Function.class) {
                argument = search
                        ? (Function<Integer, Integer>) a -> a == 500 ? -a : null
                        : (Function<Integer, Integer>) a -> a % 3 == 0 ? null : a + 1;
            } else {
                argument = number(type, given, calls);
            }
            arguments.add(argument);
        }
        Method own = map.getClass().getMethod(method.getName(), method.getParameterTypes());
        return Arrays.asList(own.invoke(map, arguments.toArray()), given.sum(), calls.sum());
    }

    private static Object number(Class<?> type, LongAdder given, LongAdder calls) {
        return Map.<Class<?>, Object>ofEntries(
                        Map.entry(Consumer.class, (Consumer<Integer>) a -> {
                            given.add(a);
                            calls.increment();
                        }),
                        Map.entry(BiConsumer.class, (BiConsumer<Integer, Integer>) (a, b) -> {
                            given.add(a + 7L * b);
                            calls.increment();
                        }),
                        Map.entry(ToLongFunction.class, (ToLongFunction<Integer>) a -> a + 1),
                        Map.entry(ToIntFunction.class, (ToIntFunction<Integer>) a -> a + 1),
                        Map.entry(ToDoubleFunction.class, (ToDoubleFunction<Integer>) a -> a + 1),
                        Map.entry(ToLongBiFunction.class, (ToLongBiFunction<Integer, Integer>) (a, b) -> a + b),
                        Map.entry(ToIntBiFunction.class, (ToIntBiFunction<Integer, Integer>) (a, b) -> a + b),
                        Map.entry(ToDoubleBiFunction.class, (ToDoubleBiFunction<Integer, Integer>) (a, b) -> a + b),
                        Map.entry(long.class, 0L),
                        Map.entry(int.class, 0),
                        Map.entry(double.class, 0.0),
                        Map.entry(LongBinaryOperator.class, (LongBinaryOperator) Math::max),
                        Map.entry(IntBinaryOperator.class, (IntBinaryOperator) Integer::sum),
                        Map.entry(DoubleBinaryOperator.class, (DoubleBinaryOperator) Double::sum))
                .get(type);
    }

    @ParameterizedTest
    @MethodSource("bulkMethods")
    void aNullFunctionIsRefusedAlsoByAnEmptyMap(Method method) throws Exception {
        Method own = SafeMap.class.getMethod(method.getName(), method.getParameterTypes());
        for (int position = 1; position < method.getParameterCount(); position++) {
            if (method.getParameterTypes()[position].isPrimitive()) {
                continue;
            }
            Object[] arguments = new Object[method.getParameterCount()];
            arguments[0] = 1L;
            for (int i = 1; i < arguments.length; i++) {
                Class<?> type = method.getParameterTypes()[i];
                arguments[i] = i == position
                        ? null
                        : type == BiFunction.class
                                ? (BiFunction<Integer, Integer, Integer>) Integer::sum
                                : type == Function.class
                                        ? (Function<Integer, Integer>) a -> a
                                        : number(type, new LongAdder(), new LongAdder());
            }
            InvocationTargetException thrown =
                    assertThrows(InvocationTargetException.class, () -> own.invoke(maps.create(), arguments));
            assertInstanceOf(NullPointerException.class, thrown.getCause());
            assertEquals(nameOf(method, position), thrown.getCause().getMessage());
        }
    }

    private static String nameOf(Method method, int position) {
        boolean last = position == method.getParameterCount() - 1;
        return method.getName().startsWith("search")
                ? "searchFunction"
                : !last ? "transformer" : method.getName().startsWith("reduce") ? "reducer" : "action";
    }

    /** As in ConcurrentHashMap: if a reducer returns null, its arguments are left out. */
    @Test
    void aReducerMayReturnNull() {
        for (int entries : new int[] {2, 3}) {
            SafeMap<Integer, Integer> map = maps.create();
            fill(map, entries);
            ConcurrentHashMap<Integer, Integer> control = new ConcurrentHashMap<>();
            fill(control, entries);
            long threshold = Long.MAX_VALUE; // one after the other
            assertEquals(
                    control.reduceKeys(threshold, (a, b) -> null) == null,
                    map.reduceKeys(threshold, (a, b) -> null) == null);
            BiFunction<Integer, Integer, String> transformer = (key, value) -> "x";
            BiFunction<String, String, String> reducer = (one, other) -> null;
            String left = control.reduce(threshold, transformer, reducer);
            assertEquals(left, map.reduce(threshold, transformer, reducer));
        }
    }

    @Test
    void aSearchEndsWithTheFirstResult() {
        SafeMap<Integer, Integer> map = maps.create();
        fill(map, ENTRIES);
        AtomicInteger calls = new AtomicInteger();
        assertEquals("found", map.search(Long.MAX_VALUE, (key, value) -> {
            calls.incrementAndGet();
            return "found";
        }));
        assertEquals(1, calls.get());
        assertNull(map.searchKeys(1, key -> null));
    }

    /** One thread finds something while the other works on a part of hundreds of entries. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aSearchEndsInOtherThreadsToo() throws Exception {
        SafeMap<Integer, Integer> map = maps.create();
        fill(map, ENTRIES);
        AtomicReference<Thread> finder = new AtomicReference<>();
        CountDownLatch bothAreThere = new CountDownLatch(1);
        CountDownLatch found = new CountDownLatch(1);
        AtomicInteger callsAfter = new AtomicInteger();
        ForkJoinPool pool = new ForkJoinPool(2);
        try {
            assertEquals(
                    "found",
                    pool.submit(() -> map.searchKeys(1, key -> {
                                if (finder.compareAndSet(null, Thread.currentThread())) {
                                    await(bothAreThere);
                                    found.countDown();
                                    return "found";
                                }
                                bothAreThere.countDown();
                                await(found);
                                callsAfter.incrementAndGet();
                                LockSupport.parkNanos(1_000_000); // time for the finding thread to return
                                return null;
                            }))
                            .get());
            assertTrue(pool.awaitQuiescence(30, TimeUnit.SECONDS));
        } finally {
            pool.shutdown();
        }
        assertTrue(callsAfter.get() < ENTRIES / 16, "calls after the result: " + callsAfter);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatAFunctionThrowsIsThrown() {
        SafeMap<Integer, Integer> map = maps.create();
        fill(map, ENTRIES);
        RuntimeException thrown = new IllegalStateException("mine");
        assertSame(
                thrown,
                assertThrows(
                        RuntimeException.class,
                        () -> map.forEachValue(Long.MAX_VALUE, value -> {
                            throw thrown;
                        })));
        assertThrows(
                IllegalStateException.class,
                () -> map.forEachKey(1, key -> {
                    throw thrown;
                }));
        assertEquals(ENTRIES, map.size());
    }

    /** A part is not split below the threshold. A map smaller than the threshold is not split at all. */
    @Test
    void theThresholdSaysWhichThreadsDoTheWork() {
        SafeMap<Integer, Integer> map = maps.create();
        fill(map, ENTRIES);
        Set<Thread> threads = new HashSet<>();
        map.forEach(ENTRIES + 1, (key, value) -> threads.add(Thread.currentThread()));
        assertEquals(Set.of(Thread.currentThread()), threads);
        EntrySpliterator<Integer, Integer, Integer> whole =
                new EntrySpliterator<>(map, (key, value) -> key, 0, ENTRIES / 2);
        assertTrue(whole.trySplit() != null);
        assertNull(whole.trySplit());
    }

    @Test
    void functionsMayChangeTheMap() {
        SafeMap<Integer, Integer> map = maps.create();
        fill(map, ENTRIES);
        map.forEach(1, (key, value) -> map.remove(key, value));
        assertTrue(map.isEmpty());
    }

    /** The result is found in whatever part it is. The other parts have nothing. */
    @Test
    void aReductionOfOneElementIsThatElement() {
        SafeMap<Integer, Integer> map = maps.create();
        for (int key = 0; key < 1_000; key++) {
            map.put(key, key);
        }
        for (int one = 0; one < 1_000; one += 50) {
            int only = one;
            assertEquals(only, map.<Integer>reduceKeys(1, key -> key == only ? key : null, (a, b) -> {
                throw new AssertionError(a + " and " + b);
            }));
        }
    }
}
