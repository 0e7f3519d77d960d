package io.github.safemap.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random {@linkplain History histories} of a map and a {@link HashMap}. The two must agree on every answer.
 *
 * <p>A failure names its seed. {@code -Dsafemap.model.seed=<seed>} replays exactly that history, because the
 * map's own random numbers follow from the seed too.
 */
public abstract class MapModelTest {
    private static final String SEED = "safemap.model.seed";

    /** For each kind. {@code -Dsafemap.model.histories} sets another number. */
    private static final int HISTORIES = Integer.getInteger("safemap.model.histories", 60);

    private static final int BYTES = 8_000;

    /** The bytes of a history that must find the fault. */
    private static final int BYTES_OF_A_LIE = 20_000;

    /** A new, empty map, as the choices decide. It need not be tracked. */
    protected abstract TestedMap newMap(Choices choices);

    @ParameterizedTest
    @EnumSource
    public void answersAsHashMapDoes(HashKind kind) {
        playAll(kind, false);
    }

    /** A comparable key may equal one that is not comparable. */
    @ParameterizedTest
    @EnumSource(names = {"CONSTANT", "TRUNCATED"})
    public void answersThoughEqualKeysAreOfTwoClasses(HashKind kind) {
        playAll(kind, true);
    }

    private void playAll(HashKind kind, boolean mixed) {
        Long given = Long.getLong(SEED);
        if (given != null) {
            play(given, kind, mixed);
            return;
        }
        for (int history = 0; history < HISTORIES; history++) {
            play(ThreadLocalRandom.current().nextLong(), kind, mixed);
        }
    }

    private void play(long seed, HashKind kind, boolean mixed) {
        try {
            PinnedRandom.pin(seed);
            Choices choices = Choices.ofSeed(seed, BYTES);
            new History(choices, kind, mixed, newMap(choices)).play();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("replay with -D" + SEED + "=" + seed, failure);
        } finally {
            PinnedRandom.release();
        }
    }

    /** The order of iteration depends on the map's random seed and on the moves of its tables. */
    @Test
    public void aSeedIsTheWholeHistory() {
        assertEquals(orderAfter(2), orderAfter(2));
        assertNotEquals(orderAfter(2), orderAfter(3));
    }

    private String orderAfter(long seed) {
        try {
            PinnedRandom.pin(seed);
            Choices choices = Choices.ofSeed(seed, BYTES);
            TestedMap map = newMap(choices);
            new History(choices, HashKind.GOOD, map).play();
            return map.map().toString();
        } finally {
            PinnedRandom.release();
        }
    }

    /** The broken twins: a history must detect each of these small lies. */
    @ParameterizedTest
    @EnumSource
    public void historyNoticesLies(Lie lie) {
        assertNoticed(TestedMap.untouched(new Liar(lie), false));
    }

    /** Asserts that a long history of a map with a fault fails. */
    protected static void assertNoticed(TestedMap broken) {
        Choices choices = Choices.ofSeed(1, BYTES_OF_A_LIE);
        History history = new History(choices, HashKind.GOOD, broken);
        assertThrows(AssertionError.class, history::play);
    }

    @Test
    public void historyOfHashMapAgainstItselfPasses() {
        TestedMap control = TestedMap.untouched(new HashMap<>(), false);
        new History(Choices.ofSeed(1, BYTES_OF_A_LIE), HashKind.GOOD, control).play();
    }

    /** What a {@link Liar} does wrong. */
    public enum Lie {
        PUT_FORGETS_OLD_VALUE,
        REMOVE_LEAVES,
        ITERATOR_SKIPS,
        CLEAR_LEAVES,
        REMOVE_PAIR_IGNORES
    }

    /** A map with one fault. */
    private static final class Liar extends HashMap<Key, Integer> {
        private static final long serialVersionUID = 1L;
        private final Lie lie;

        Liar(Lie lie) {
            this.lie = lie;
        }

        @Override
        public Integer put(Key key, Integer value) {
            Integer old = super.put(key, value);
            return lie == Lie.PUT_FORGETS_OLD_VALUE ? null : old;
        }

        @Override
        public Integer remove(Object key) {
            return lie == Lie.REMOVE_LEAVES ? get(key) : super.remove(key);
        }

        @Override
        public boolean remove(Object key, Object value) {
            return lie == Lie.REMOVE_PAIR_IGNORES ? super.remove(key) != null : super.remove(key, value);
        }

        @Override
        public void clear() {
            if (lie != Lie.CLEAR_LEAVES) {
                super.clear();
            }
        }

        @Override
        public Set<Map.Entry<Key, Integer>> entrySet() {
            if (lie != Lie.ITERATOR_SKIPS || size() < 2) {
                return super.entrySet();
            }
            Set<Map.Entry<Key, Integer>> entries = new HashSet<>(super.entrySet());
            entries.remove(entries.iterator().next());
            return entries;
        }
    }
}
