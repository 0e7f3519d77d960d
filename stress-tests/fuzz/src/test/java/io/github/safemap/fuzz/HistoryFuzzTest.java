package io.github.safemap.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.safemap.TestedSafeMap;
import io.github.safemap.core.TestedGoMap;
import io.github.safemap.core.testing.Choices;
import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.History;
import io.github.safemap.core.testing.PinnedRandom;
import io.github.safemap.core.testing.TestedMap;
import java.util.function.Function;

/**
 * {@linkplain History Histories} that a fuzzer generates, guided by the branches that they reach. Without
 * {@code JAZZER_FUZZ=1} in the environment, this replays the histories in {@code src/test/resources} that were
 * found earlier.
 */
class HistoryFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void goMap(byte[] bytes) {
        play(bytes, TestedGoMap::create);
    }

    @FuzzTest(maxDuration = "3m")
    void safeMap(byte[] bytes) {
        play(bytes, TestedSafeMap::create);
    }

    /** The first bytes choose the random numbers, the keys and the settings. The others choose the moves. */
    private static void play(byte[] bytes, Function<Choices, TestedMap> maker) {
        Choices choices = new Choices(bytes);
        try {
            PinnedRandom.pin(choices.below(1 << Byte.SIZE));
            HashKind kind = HashKind.values()[choices.below(HashKind.values().length)];
            new History(choices, kind, maker.apply(choices)).play();
        } finally {
            PinnedRandom.release();
        }
    }
}
