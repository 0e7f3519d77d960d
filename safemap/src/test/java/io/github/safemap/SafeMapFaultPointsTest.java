package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.safemap.core.testing.PinnedRandom;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at every possible point of the engine's code, with {@link FaultLoader}. A failure names its seed.
 * {@code -Dfaults.seed=…} begins with a seed, {@code -Dfaults.games=…} sets the number of games.
 */
class SafeMapFaultPointsTest {
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int GAMES = Integer.getInteger("faults.games", 60);

    private static LongConsumer game(FaultLoader loader, Class<?> game) throws Exception {
        Constructor<?> constructor = loader.loadClass(game.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (LongConsumer) constructor.newInstance();
    }

    private static void play(Class<?> kind, int games) throws Exception {
        play(new FaultLoader(), kind, SEED, games);
    }

    private static void play(FaultLoader loader, Class<?> kind, long first, int games) throws Exception {
        LongConsumer game = game(loader, kind);
        for (long seed = first; seed < first + games; seed++) {
            try {
                game.accept(seed);
            } catch (AssertionError e) {
                throw new AssertionError("-Dfaults.seed=" + seed, e);
            } finally {
                PinnedRandom.release();
            }
        }
    }

    @Test
    void memoryMayRunOutAtEachAllocation() throws Exception {
        play(FaultGames.OutOfMemory.class, GAMES);
    }

    @Test
    void aShardThatDoesNotFitTheMemoryRefusesInsertionsAndNothingElse() throws Exception {
        play(FaultGames.NoTables.class, 1);
    }

    @Test
    void aWriteDoesNotFailForTheSakeOfARecording() throws Exception {
        play(FaultGames.NoEvents.class, 1);
    }

    @Test
    void aThreadMayStopAnywhereAndNoReaderWaits() throws Exception {
        play(FaultGames.Standstill.class, GAMES / 4);
    }

    @Test
    void aReaderMayStopAnywhereAndFindsWhatIsThereThroughout() throws Exception {
        play(FaultGames.StandingReader.class, GAMES / 6);
    }

    @Test
    void aWriterMayStopAnywhereWhileOthersWriteALot() throws Exception {
        play(StandingWriterGame.class, GAMES / 10);
    }

    @Test
    void aTreeMayMoveAtAnyMomentOfARemovalFromIt() throws Exception {
        play(TreeGame.class, 1);
    }

    @Test
    void memoryMayRunOutInEachChangeOfShards() throws Exception {
        play(DueGames.OutOfMemory.class, 1);
    }

    @Test
    void aThreadMayStopInEachChangeOfShards() throws Exception {
        play(DueGames.Standstill.class, 1);
    }

    @Test
    void noWriteFailsForTheSakeOfTheStackThatARebuildNeeds() throws Exception {
        play(DueGames.NoStack.class, 1);
    }

    @Test
    void noWaiterSleepsForEverWhereverTheOwnerStops() throws Exception {
        play(WaiterGames.StandingOwner.class, 1);
    }

    @Test
    void noWaiterSleepsForEverWhereverItStops() throws Exception {
        play(WaiterGames.StandingWaiter.class, 1);
    }

    @Test
    void memoryMayRunOutAtEachAllocationOfAWaiter() throws Exception {
        play(WaiterGames.StarvedWaiter.class, 1);
    }

    /** The mistakes, with a game, a seed that finds it, and why. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(Mistake.ONE_LOOK, WaiterGames.ImpatientOwner.class, 1, "nobody wakes it"),
                arguments(Mistake.LASTING_WAIT, WaiterGames.StarvedWaiter.class, 1, "a thread is said to wait"),
                arguments(Mistake.STALE_REBUILD, StandingWriterGame.class, 5, "another content|but size"),
                arguments(Mistake.STALE_REBUILD, DueGames.Standstill.class, 1, "another content"),
                arguments(Mistake.STALE_WORD, FaultGames.StandingReader.class, 3, "missed"),
                arguments(Mistake.STALE_TREE, TreeGame.class, 1, "40 entries, but size 39"),
                arguments(Mistake.FAILING_COUNT, FaultGames.OutOfMemory.class, 5, "but size"),
                arguments(Mistake.FAILING_TIDYING, DueGames.NoStack.class, 1, "a completed write failed"),
                arguments(Mistake.FAILING_HALVING, DueGames.OutOfMemory.class, 1, "a replaced shard is not retired"),
                arguments(Mistake.FAILING_RECORDER, FaultGames.NoEvents.class, 1, "a write failed"));
    }

    /** The broken twins: a game fails if the engine has this mistake, and for this reason. */
    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsFound(Mistake mistake, Class<?> game, long seed, String reason) {
        AssertionError found =
                assertThrows(AssertionError.class, () -> play(new FaultLoader(mistake), game, seed, GAMES));
        List<String> reasons = new ArrayList<>();
        for (Throwable cause = found; cause != null; cause = cause.getCause()) {
            reasons.add(cause.getMessage());
        }
        assertTrue(Pattern.compile(reason).matcher(reasons.toString()).find(), reasons.toString());
    }

    /** The same for real, in a JVM with a small heap. */
    @Test
    void aFullHeapLosesNothing(@TempDir Path directory) throws Exception {
        new Jvm(directory, "-Xmx16m", "-XX:+UseSerialGC").runOk(SmallHeap.class);
    }

    /** A function's end needs no memory, even if it is the first in the JVM that somebody waits for. */
    @Test
    void theFirstFunctionThatSomebodyWaitsForMayFillTheHeap(@TempDir Path directory) throws Exception {
        new Jvm(directory, "-Xmx16m", "-XX:+UseSerialGC").runOk(FullHeapFunction.class);
    }

    /** The games prove something only with the changed classes of the engine. */
    @Test
    void theLoaderFindsAllocationsAndAccesses() throws Exception {
        Class<?> type = new FaultLoader().loadClass(SafeMap.class.getName());
        Object map = type.getDeclaredConstructor().newInstance();
        Method put = type.getMethod("put", Object.class, Object.class);
        put.invoke(map, 0, 0); // initializers call code with points
        for (FaultPoint.Kind kind : FaultPoint.Kind.values()) {
            FaultPoint.arm(kind, 1, () -> {
                throw new UnsupportedOperationException("point");
            });
            try {
                Throwable thrown = assertThrows(InvocationTargetException.class, () -> put.invoke(map, 1, 1));
                assertTrue(thrown.getCause() instanceof UnsupportedOperationException);
            } finally {
                FaultPoint.disarm();
            }
        }
    }
}
