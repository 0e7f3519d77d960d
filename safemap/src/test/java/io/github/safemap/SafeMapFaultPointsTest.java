package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults at every point of the engine's code at which one can happen, by {@link FaultLoader}. A failure
 * names its seed; {@code -Dfaults.seed=…} begins there, {@code -Dfaults.games=…} plays more.
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
            }
        }
    }

    @Test
    void memoryMayRunOutAtEachAllocation() throws Exception {
        play(FaultGames.OutOfMemory.class, GAMES);
    }

    @Test
    void aTableThatDoesNotFitTheMemoryIsNotTriedAgainAndAgain() throws Exception {
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

    /** Not by the sweeper: it may have looked already. */
    @Test
    void anEvacuationThatBeginsAnywhereInTheSweepersVisitIsEnded() throws Exception {
        play(SweeperGame.class, 1);
    }

    @Test
    void aTreeThatMovesWhileItBecomesSmallGoesBackIntoSlots() throws Exception {
        play(TreeGame.class, 1);
    }

    /** The same for real, in a JVM with a small heap. */
    @Test
    void aFullHeapLosesNothing(@TempDir Path directory) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = directory.resolve("output");
        Process child = new ProcessBuilder(
                        java.toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = child.waitFor(60, TimeUnit.SECONDS);
        child.destroyForcibly();
        String text = Files.readString(output);
        assertTrue(ended && text.endsWith("ok" + System.lineSeparator()), text);
    }

    /** The engine's classes must be those that were changed, or the games prove nothing. */
    @Test
    void theLoaderFindsAllocationsAndAccesses() throws Exception {
        Class<?> type = new FaultLoader().loadClass(SafeMap.class.getName());
        Object map = type.getDeclaredConstructor().newInstance();
        for (FaultPoint.Kind kind : FaultPoint.Kind.values()) {
            FaultPoint.arm(kind, 1, () -> {
                throw new UnsupportedOperationException("point");
            });
            try {
                Throwable thrown = assertThrows(
                        InvocationTargetException.class,
                        () -> type.getMethod("put", Object.class, Object.class).invoke(map, 1, 1));
                assertTrue(thrown.getCause() instanceof UnsupportedOperationException);
            } finally {
                FaultPoint.disarm();
            }
        }
    }
}
