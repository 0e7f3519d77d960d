package io.github.safemap.stress;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The results of a few operations of two threads are those of some order of the operations. Lincheck tries
 * this: it generates scenarios, runs each in many orders of steps (model checking) or on racing threads
 * (stress), and compares with a {@code HashMap}.
 *
 * <p>The model checker switches threads at chosen steps, but its memory is sequentially consistent, so only
 * jcstress finds missing acquires and releases. {@code -Dlincheck=long} tries far more scenarios and orders.
 */
@EnabledForJreRange(max = JRE.JAVA_25, disabledReason = "Lincheck 3.7 does not know newer JDKs")
class LinearizabilityTest {
    private static final boolean LONG = "long".equals(System.getProperty("lincheck"));

    /** A loop over the keys of a collision tree is not endless, nor is a thread that spins meanwhile. */
    private static final int LONGEST_LOOP = 2_000;

    static Stream<Class<?>> maps() {
        return Stream.of(
                MapsInStates.Empty.class,
                MapsInStates.Colliding.class,
                MapsInStates.GrowthDue.class,
                MapsInStates.CleaningDue.class,
                MapsInStates.ShrinkingDue.class,
                MapsInStates.SplitDue.class,
                MapsInStates.SplitAndGrowthDue.class,
                MapsInStates.MergeDue.class,
                MapsInStates.HalvingDue.class,
                MapsInStates.HalvingAndGrowthDue.class,
                MapsInStates.InCollisionTree.class,
                MapsInStates.OnlyInCollisionTree.class,
                MapsInStates.CollisionTreeDue.class,
                MapsInStates.LargerCollisionTreeDue.class,
                MapsInStates.CollisionTreeSplitDue.class,
                MapsInStates.CollisionTreeMergeDue.class);
    }

    private static Class<?> modelOf(Class<?> map) {
        return Stream.of(map, map.getSuperclass())
                .flatMap(type -> Arrays.stream(type.getDeclaredClasses()))
                .filter(type -> type.getSimpleName().equals("Model"))
                .findFirst()
                .orElseThrow();
    }

    private static ModelCheckingOptions modelChecking(int scenarios, int orders) {
        return new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(orders)
                .loopBound(LONGEST_LOOP)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(2);
    }

    private static StressOptions racing(int scenarios, int runs) {
        return new StressOptions()
                .iterations(scenarios)
                .invocationsPerIteration(runs)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(2);
    }

    private static void check(Options<?, ?> options, Class<?> map) {
        options.sequentialSpecification(modelOf(map)).check(map);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void everyTriedOrderOfStepsGivesTheResultsOfSomeOrder(Class<?> map) {
        check(LONG ? modelChecking(100, 5_000) : modelChecking(2, 40), map);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void racingThreadsGetTheResultsOfSomeOrder(Class<?> map) {
        check(LONG ? racing(100, 10_000) : racing(2, 200), map);
    }

    // ---- The twins. The scenario that shows a mistake is also run on the map without it. ----

    private static Actor call(Class<?> map, String operation, Integer... arguments) {
        return Stream.of(map.getMethods())
                .filter(method -> method.getName().equals(operation))
                .findFirst()
                .map(method -> new Actor(method, List.of(arguments)))
                .orElseThrow();
    }

    private static Options<?, ?> only(Options<?, ?> options, ExecutionScenario scenario) {
        return options.iterations(0).addCustomScenario(scenario);
    }

    private static ExecutionScenario scenario(List<Actor> first, List<Actor> second, List<Actor> after) {
        return new ExecutionScenario(List.of(), List.of(first, second), after, null);
    }

    private static void assertRejected(Options<?, ?> options, Class<?> twin) {
        LincheckAssertionError e = assertThrows(LincheckAssertionError.class, () -> check(options, twin));
        assertTrue(e.getMessage().contains("Invalid execution results"), e.getMessage());
    }

    private static ExecutionScenario twoPutsIfAbsent(Class<?> map) {
        return scenario(List.of(call(map, "putIfAbsent", 0, 1)), List.of(call(map, "putIfAbsent", 0, 2)), List.of());
    }

    @Test
    void aWriteThatLooksFirstAndActsLaterIsRejected() {
        Class<?> twin = BrokenMaps.LooksFirst.class;
        assertRejected(only(modelChecking(0, 200), twoPutsIfAbsent(twin)), twin);
        assertRejected(modelChecking(100, 200), twin);
        Class<?> map = MapsInStates.Empty.class;
        check(only(modelChecking(0, 100), twoPutsIfAbsent(map)), map);
    }

    @Test
    void aRaceFindsAWriteThatLooksFirstAndActsLater() {
        Class<?> twin = BrokenMaps.LooksFirst.class;
        assertRejected(only(racing(0, 1_000_000), twoPutsIfAbsent(twin)), twin);
        Class<?> map = MapsInStates.Empty.class;
        check(only(racing(0, 500), twoPutsIfAbsent(map)), map);
    }

    /** A mistake: the map with it, the map without it, and the scenario that shows it. */
    private record Twin(Class<?> twin, List<Call> first, List<Call> second, List<Call> after) {
        ExecutionScenario on(Class<?> map) {
            return scenario(actors(first, map), actors(second, map), actors(after, map));
        }

        /** Without a race the mistake does not show, so it is the intended one. */
        ExecutionScenario inTurn() {
            List<Actor> all = new ArrayList<>();
            Stream.of(first, second, after).forEach(calls -> all.addAll(actors(calls, twin)));
            return new ExecutionScenario(List.of(), List.of(all), List.of(), null);
        }

        private static List<Actor> actors(List<Call> calls, Class<?> map) {
            return calls.stream()
                    .map(call -> LinearizabilityTest.call(map, call.operation, call.arguments))
                    .toList();
        }

        @Override
        public String toString() {
            return twin.getSimpleName();
        }
    }

    private record Call(String operation, Integer... arguments) {}

    private static final List<Call> TRIM = List.of(new Call("trim"));

    private static List<Call> put(int key) {
        return List.of(new Call("put", key, 3));
    }

    private static List<Call> get(int key) {
        return List.of(new Call("get", key));
    }

    static Stream<Twin> twins() {
        Call goes = new Call("remove", 0);
        return Stream.of(
                new Twin(BrokenMaps.ReusesSlots.class, get(0), List.of(goes, new Call("put", 2, 3)), List.of()),
                new Twin(BrokenMaps.RebuildsTooEarly.class, TRIM, get(0), List.of()),
                new Twin(BrokenMaps.RebuildsUnclaimed.class, TRIM, put(0), get(0)),
                new Twin(BrokenMaps.SplitsUnclaimed.class, TRIM, put(0), get(0)),
                new Twin(BrokenMaps.SplitsUnretired.class, TRIM, put(0), get(0)),
                new Twin(BrokenMaps.MergesUnclaimedBuddy.class, TRIM, put(1), get(1)),
                new Twin(BrokenMaps.LosesReservations.class, TRIM, List.of(new Call("merge", 0, 3)), get(0)),
                new Twin(BrokenMaps.SwapsUnasked.class, put(2), List.of(new Call("clear")), get(0)),
                new Twin(BrokenMaps.SwapsUnlocked.class, put(2), List.of(new Call("replace", 0, 3)), get(2)),
                new Twin(
                        BrokenMaps.RemovesUnasked.class,
                        List.of(goes),
                        List.of(new Call("remove", 1)),
                        List.of(new Call("get", 0), new Call("get", 1))),
                new Twin(BrokenMaps.TakesFirst.class, List.of(new Call("computeIfPresent", 0, 3)), get(0), List.of()),
                new Twin(BrokenMaps.EnlargesUnclaimed.class, TRIM, put(1), get(1)));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void aMistakeInTheEngineIsRejected(Twin twin) {
        assertRejected(only(modelChecking(0, 500), twin.on(twin.twin())), twin.twin());
        Class<?> map = twin.twin().getSuperclass();
        check(only(modelChecking(0, 100), twin.on(map)), map);
        check(only(modelChecking(0, 1), twin.inTurn()), twin.twin());
    }
}
