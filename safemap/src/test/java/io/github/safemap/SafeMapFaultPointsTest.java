package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.PinnedRandom;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults at every possible point of the engine's code, with {@link FaultLoader}. A failure names its seed.
 * {@code -Dfaults.seed=…} begins with a seed, {@code -Dfaults.games=…} sets the number of games.
 */
class SafeMapFaultPointsTest {
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int GAMES = Integer.getInteger("faults.games", 60);

    private static LongConsumer game(Class<?> game) throws Exception {
        Constructor<?> constructor = new FaultLoader().loadClass(game.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (LongConsumer) constructor.newInstance();
    }

    private static void play(Class<?> kind, int games) throws Exception {
        LongConsumer game = game(kind);
        for (long seed = SEED; seed < SEED + games; seed++) {
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
        play(FaultGames.StandingReader.class, GAMES / 4);
    }

    @Test
    void aWriterMayStopAnywhereWhileOthersWriteALot() throws Exception {
        play(StandingWriterGame.class, GAMES / 2);
    }

    @Test
    void aTreeMayMoveAtAnyMomentOfARemovalFromIt() throws Exception {
        play(TreeGame.class, 1);
    }

    /** The same for real, in a JVM with a small heap. */
    @Test
    void aFullHeapLosesNothing(@TempDir Path directory) throws Exception {
        new Jvm(directory, "-Xmx16m", "-XX:+UseSerialGC").runOk(SmallHeap.class);
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
