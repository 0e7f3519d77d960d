package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One step over eight slots must give the result of a loop over them. */
class TopHashTest {
    private static final int WORDS = 200_000;
    private static final int SLOTS = 8;

    private final SplittableRandom random = new SplittableRandom(20_261_121);

    @Test
    void everyMatchIsFoundAndTheLowestIsTrue() {
        for (int i = 0; i < WORDS; i++) {
            long hash = random.nextLong();
            long word = wordLike(hash);
            long found = TopHash.matches(word, TopHash.pattern(hash));
            long expected = matchesByLoop(word, TopHash.of(hash));
            assertEquals(expected, found & expected, "a match was missed");
            assertEquals(Long.lowestOneBit(expected), Long.lowestOneBit(found), "the lowest is false");
            assertEquals(0, found & 0x7f7f_7f7f_7f7f_7f7fL, "more than one bit a slot");
        }
    }

    /** If this never happened, the test above would prove less than it claims. */
    @Test
    void aFalseMatchLiesDirectlyAboveATrueOne() {
        long word = 0x81_80L; // slot 0 has the searched tophash; slot 1 differs in the lowest bit
        long found = TopHash.matches(word, 0x8080_8080_8080_8080L);
        assertEquals(0x80_80L, found);
        assertEquals(0x80L, matchesByLoop(word, 0x80));
    }

    @Test
    void anEmptySlotNeverMatchesAlone() {
        for (int top = TopHash.FULL; top <= 0xff; top++) {
            long pattern = TopHash.pattern((long) top << 57);
            assertEquals(top, (int) pattern & 0xff, "tophash is not the highest bits");
            assertEquals(0, TopHash.matches(0, pattern));
            assertEquals(0, TopHash.matches(0x0101_0101_0101_0101L, pattern));
        }
    }

    @Test
    void fullAndEmptyDivideTheSlots() {
        for (int i = 0; i < WORDS; i++) {
            long word = wordLike(random.nextLong());
            long full = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                if (TopHash.stateAt(word, slot) >= TopHash.FULL) {
                    full |= 0x80L << (8 * slot);
                }
            }
            assertEquals(full, TopHash.full(word));
            assertEquals(full ^ 0x8080_8080_8080_8080L, TopHash.empty(word));
        }
    }

    @Test
    void aMaskIsWalkedSlotBySlot() {
        for (int bits = 0; bits < 1 << SLOTS; bits++) {
            long mask = 0;
            for (int slot = 0; slot < SLOTS; slot++) {
                mask |= (long) (bits >>> slot & 1) << (8 * slot + 7);
            }
            int walked = 0;
            for (; mask != 0; mask = TopHash.withoutFirst(mask)) {
                int slot = TopHash.firstSlot(mask);
                assertTrue(walked < 1 << slot, "slots out of order");
                walked |= 1 << slot;
            }
            assertEquals(bits, walked);
            assertEquals(SLOTS, TopHash.firstSlot(0));
        }
    }

    @Test
    void aStateIsReplacedWithoutTouchingItsNeighbours() {
        for (int i = 0; i < WORDS; i++) {
            long word = random.nextLong();
            int slot = random.nextInt(SLOTS);
            int state = random.nextInt(256);
            long changed = TopHash.withState(word, slot, state);
            for (int other = 0; other < SLOTS; other++) {
                assertEquals(other == slot ? state : TopHash.stateAt(word, other), TopHash.stateAt(changed, other));
            }
            assertEquals(TopHash.stateAt(changed, SLOTS - 1) == TopHash.EMPTY_REST, TopHash.endsChain(changed));
        }
    }

    @Test
    void emptySlotsBehindTheLastFullOneAreTheRest() {
        for (int i = 0; i < WORDS; i++) {
            long word = wordLike(random.nextLong());
            long marked = TopHash.withRest(word);
            boolean rest = true;
            for (int slot = SLOTS - 1; slot >= 0; slot--) {
                int state = TopHash.stateAt(word, slot);
                rest &= state < TopHash.FULL;
                assertEquals(rest ? TopHash.EMPTY_REST : state, TopHash.stateAt(marked, slot), "slot " + slot);
            }
        }
        assertEquals(0, TopHash.withRest(0x0101_0101_0101_0101L), "none is full");
        assertEquals(0x80, TopHash.withRest(0x0101_0101_0101_0180L));
        assertEquals(0x8001_0101_0101_0101L, TopHash.withRest(0x8001_0101_0101_0101L));
    }

    /** A word of slots that are empty, have the hash's tophash, a similar one, or any other. */
    private long wordLike(long hash) {
        long word = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            int state = switch (random.nextInt(6)) {
                case 0 -> TopHash.EMPTY_REST;
                case 1 -> TopHash.EMPTY_ONE;
                case 2 -> TopHash.of(hash);
                case 3 -> TopHash.of(hash) ^ 1;
                case 4 -> TopHash.of(hash) ^ 1 << random.nextInt(7);
                default -> TopHash.FULL | random.nextInt(128);
            };
            word |= (long) state << (8 * slot);
        }
        return word;
    }

    private static long matchesByLoop(long word, int top) {
        long matches = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            if ((word >>> (8 * slot) & 0xff) == top) {
                matches |= 0x80L << (8 * slot);
            }
        }
        return matches;
    }

    @Test
    void theFirstSlotOfAMaskIsThatOfItsLowestByte() {
        for (int slot = 0; slot < SLOTS; slot++) {
            assertEquals(slot, TopHash.firstSlot(TopHash.full(TopHash.withState(0, slot, TopHash.FULL))));
        }
    }

    @Test
    void theFirstSlotThatWasNeverFullIsBehindTheUsedOnes() {
        long word = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            assertEquals(slot, TopHash.firstUnused(word));
            int state = random.nextBoolean() ? TopHash.DEAD : TopHash.FULL | random.nextInt(128);
            word = TopHash.withState(word, slot, state);
        }
    }
}
