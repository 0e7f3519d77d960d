package io.github.safemap.stress;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * What two threads get from a few operations is what some order of these operations gives: tried by
 * Lincheck, which makes up scenarios, runs each in many orders of their steps (model checking) or on
 * threads that race (stress), and compares with a {@code HashMap}.
 *
 * <p>The model checker switches threads at chosen steps, but its memory is sequentially consistent:
 * missing acquires and releases are for jcstress to find. {@code -Dlincheck=long} takes far more
 * scenarios and orders.
 */
@EnabledForJreRange(max = JRE.JAVA_25, disabledReason = "Lincheck 3.7 does not know newer JDKs")
class LinearizabilityTest {
    private static final boolean LONG = "long".equals(System.getProperty("lincheck"));

    /** Loops over the keys of a tree, or of a thread that spins meanwhile, are not endless. */
    private static final int LONGEST_LOOP = 2_000;

    static Stream<Class<?>> maps() {
        return Stream.of(
                MapsInStates.Empty.class,
                MapsInStates.Crowded.class,
                MapsInStates.Colliding.class,
                MapsInStates.GrowthDue.class,
                MapsInStates.Growing.class,
                MapsInStates.Shrinking.class,
                MapsInStates.Tree.class,
                MapsInStates.TreeLeaving.class,
                MapsInStates.TreeDue.class,
                MapsInStates.TreeGrowing.class,
                MapsInStates.TreeShrinking.class);
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
    void everyOrderOfStepsThatIsTriedGivesWhatSomeOrderOfOperationsDoes(Class<?> map) {
        check(LONG ? modelChecking(100, 5_000) : modelChecking(2, 40), map);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void threadsThatRaceGetWhatSomeOrderOfOperationsGives(Class<?> map) {
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

    /** One key goes, and another of the same hash takes its slot, while it is read. */
    private static ExecutionScenario slotThatChangesHands(Class<?> map) {
        return scenario(
                List.of(call(map, "get", 0)), List.of(call(map, "remove", 0), call(map, "put", 2, 3)), List.of());
    }

    @Test
    void aReadThatIsNotValidatedIsRejected() {
        Class<?> twin = BrokenMaps.ReadsUnvalidated.class;
        assertRejected(only(modelChecking(0, 500), slotThatChangesHands(twin)), twin);
        Class<?> map = MapsInStates.Colliding.class;
        check(only(modelChecking(0, 100), slotThatChangesHands(map)), map);
    }

    /** A value is replaced while its bucket moves. */
    private static ExecutionScenario replacedWhileItMoves(Class<?> map) {
        return scenario(List.of(call(map, "trim")), List.of(call(map, "put", 0, 3)), List.of(call(map, "get", 0)));
    }

    @Test
    void aMoveThatIsNotClaimedIsRejected() {
        Class<?> twin = BrokenMaps.MovesUnclaimed.class;
        assertRejected(only(modelChecking(0, 500), replacedWhileItMoves(twin)), twin);
        Class<?> map = MapsInStates.Growing.class;
        check(only(modelChecking(0, 100), replacedWhileItMoves(map)), map);
    }

    /** A new key of a hash that has a tree, put by both. */
    private static ExecutionScenario twoPuts(Class<?> map) {
        return scenario(List.of(call(map, "put", 2, 1)), List.of(call(map, "put", 2, 2)), List.of());
    }

    @Test
    void aTreeThatIsExchangedWithoutAskingIsRejected() {
        Class<?> twin = BrokenMaps.PutsUnasked.class;
        assertRejected(only(modelChecking(0, 500), twoPuts(twin)), twin);
        Class<?> map = MapsInStates.Tree.class;
        check(only(modelChecking(0, 100), twoPuts(map)), map);
    }

    /** A new key comes into a tree while that moves. */
    private static ExecutionScenario insertedWhileItMoves(Class<?> map) {
        return scenario(List.of(call(map, "trim")), List.of(call(map, "put", 2, 3)), List.of(call(map, "get", 2)));
    }

    @Test
    void aTreeThatMovesUnclaimedIsRejected() {
        Class<?> twin = BrokenMaps.MovesTreesUnclaimed.class;
        assertRejected(only(modelChecking(0, 500), insertedWhileItMoves(twin)), twin);
        Class<?> map = MapsInStates.TreeGrowing.class;
        check(only(modelChecking(0, 100), insertedWhileItMoves(map)), map);
    }
}
