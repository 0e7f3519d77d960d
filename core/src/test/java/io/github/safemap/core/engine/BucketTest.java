package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The control word through the life of a chain, and the slots. */
class BucketTest {
    private static final int TOP = TopHash.FULL | 5;

    private final Bucket bucket = new Bucket(Bucket.FEW);

    private int claimed() {
        int word = bucket.getControlAcquire();
        assertTrue(bucket.tryClaim(word));
        return word;
    }

    @Test
    void aClaimIsOneWritersUntilItIsGivenBack() {
        int word = claimed();
        assertTrue(Bucket.isClaimed(bucket.getControlAcquire()));
        assertFalse(Bucket.isFree(bucket.getControlAcquire()));
        assertFalse(bucket.tryClaim(word));
        assertFalse(bucket.tryClaim(bucket.getControlAcquire()), "claimed twice");
        assertFalse(bucket.tryClaimAtOnce(bucket.getControlAcquire()), "claimed twice");
        bucket.giveBack(word);
        assertEquals(word, bucket.getControlAcquire());
        assertTrue(bucket.tryClaimAtOnce(word));
        bucket.giveBackAsItWas();
        assertEquals(word, bucket.getControlAcquire());
    }

    @Test
    void aClaimNeedsTheWordThatTheWriterLookedAt() {
        int before = claimed();
        bucket.giveBackChanged(before);
        assertFalse(bucket.tryClaim(before));
        assertFalse(Bucket.isClaimed(bucket.getControlAcquire()));
        assertFalse(Bucket.sameVersion(before, bucket.getControlAcquire()));
        assertTrue(bucket.tryClaim(bucket.getControlAcquire()));
    }

    @Test
    void aVersionDoesNotComeAgainSoon() {
        Set<Integer> words = new HashSet<>(Set.of(bucket.getControlAcquire()));
        for (int i = 0; i < 1_000; i++) {
            bucket.giveBackChanged(claimed());
            assertTrue(words.add(bucket.getControlAcquire()));
            bucket.bumpVersion();
            assertTrue(words.add(bucket.getControlAcquire()));
            assertTrue(Bucket.isFree(bucket.getControlAcquire()));
            assertFalse(Bucket.isReserved(bucket.getControlAcquire()));
        }
    }

    @Test
    void aReservationIsAnnouncedWhileTheChainIsClaimed() {
        int before = claimed();
        bucket.announceReservation(before);
        int announced = bucket.getControlAcquire();
        assertTrue(Bucket.isReserved(announced));
        assertTrue(Bucket.isClaimed(announced));
        bucket.giveBackReserved(before, true);
        int reserved = bucket.getControlAcquire();
        assertTrue(Bucket.isReserved(reserved));
        assertTrue(Bucket.isFree(reserved));
        assertNotEquals(before & -8, reserved & -8, "the version");
        assertTrue(bucket.tryClaim(reserved));
        bucket.giveBackReserved(reserved, false);
        int free = bucket.getControlAcquire();
        assertFalse(Bucket.isReserved(free));
        assertTrue(Bucket.isFree(free));
        assertEquals(3, Set.of(before & -16, reserved & -16, free & -16).size());
    }

    @Test
    void aHeldChainCanBeEndedClaimedOrTakenOver() {
        int word = bucket.getControlAcquire();
        assertFalse(bucket.tryEndHold(word));
        assertTrue(bucket.tryHold(word));
        int held = bucket.getControlAcquire();
        assertEquals(Bucket.held(word), held);
        assertTrue(Bucket.isHeld(held));
        assertTrue(Bucket.sameVersion(word, held));
        assertTrue(Bucket.sameVersionUnreserved(word, held));
        assertFalse(Bucket.wasQuiet(held, held));
        assertFalse(Bucket.isFree(held));
        assertFalse(bucket.tryHold(held));
        assertFalse(bucket.tryClaim(held));
        assertTrue(bucket.tryTakeOver(held));
        assertFalse(Bucket.isHeld(bucket.getControlAcquire()));
        assertTrue(Bucket.isClaimed(bucket.getControlAcquire()));
        assertFalse(bucket.tryEndHold(word));
        assertFalse(bucket.tryClaimHeld(word));
        bucket.giveBackHeld(held);
        assertTrue(bucket.tryClaimHeld(word));
        bucket.giveBackHeld(held);
        assertTrue(bucket.tryEndHold(word));
        assertEquals(word, bucket.getControlAcquire());
    }

    @Test
    void aReservedChainThatChangesStaysReserved() {
        bucket.markReserved();
        assertTrue(Bucket.isReserved(bucket.getControlAcquire()));
        bucket.giveBackChanged(claimed());
        assertTrue(Bucket.isReserved(bucket.getControlAcquire()));
        assertTrue(Bucket.isFree(bucket.getControlAcquire()));
    }

    @Test
    void whatIsRetiredIsNeverClaimedAgain() {
        int word = claimed();
        bucket.retire();
        int retired = bucket.getControlAcquire();
        assertTrue(Bucket.isRetired(retired));
        assertFalse(Bucket.isRetired(word));
        assertFalse(Bucket.isFree(retired));
        assertFalse(bucket.tryClaim(word));
        assertFalse(bucket.tryClaim(retired));
        assertFalse(bucket.tryClaim(retired & ~1));
        assertFalse(Bucket.sameVersion(word, retired));
        assertTrue(Bucket.isRetired(Bucket.FORWARDED.getControlAcquire()));
    }

    @Test
    void twoWordsTellWhatHappenedInBetween() {
        int word = bucket.getControlAcquire();
        assertTrue(Bucket.wasQuiet(word, word));
        assertTrue(bucket.tryClaim(word));
        int claimed = bucket.getControlAcquire();
        assertTrue(Bucket.sameVersion(word, claimed));
        assertTrue(Bucket.sameVersion(claimed, word));
        assertFalse(Bucket.wasQuiet(word, claimed));
        assertFalse(Bucket.wasQuiet(claimed, claimed));
        bucket.announceReservation(word);
        bucket.giveBackReserved(word, true);
        int reserved = bucket.getControlAcquire();
        assertFalse(Bucket.sameVersion(word, reserved));
        assertFalse(Bucket.wasQuiet(word, reserved));
        assertFalse(Bucket.wasQuiet(reserved, reserved), "who has one must look at what it is");
        assertTrue(Bucket.sameVersion(reserved, reserved));
        assertFalse(Bucket.sameVersionUnreserved(reserved, reserved));
        assertTrue(Bucket.sameVersionUnreserved(word, claimed));
        assertFalse(Bucket.sameVersionUnreserved(word, reserved));
        bucket.retire();
        assertFalse(Bucket.wasQuiet(bucket.getControlAcquire(), bucket.getControlAcquire()));
    }

    @Test
    void slotsAreFilledFoundAndWiped() {
        assertEquals(0, bucket.firstEmpty());
        for (int slot = 0; slot < Bucket.FEW; slot++) {
            bucket.fill(slot, TOP, slot, "value " + slot);
        }
        assertEquals(-1, bucket.firstEmpty(), "it is made for four");
        long word = bucket.getTophashAcquire();
        long pattern = TOP * 0x0101_0101_0101_0101L;
        for (int slot = 0; slot < Bucket.FEW; slot++) {
            assertEquals(slot, bucket.find(slot, pattern, word));
            assertEquals("value " + slot, bucket.getValueAcquire(slot));
        }
        assertEquals(
                3,
                bucket.find(
                        new Object() {
                            @Override
                            public boolean equals(Object other) {
                                return Integer.valueOf(3).equals(other);
                            }

                            @Override
                            public int hashCode() {
                                return 3;
                            }
                        },
                        pattern,
                        word),
                "equal, and not the same");
        assertEquals(-1, bucket.find(4, pattern, word));
        assertEquals(-1, bucket.find(0, pattern + 0x0101_0101_0101_0101L, word));
        bucket.setTophashRelease(TopHash.withState(word, 2, TopHash.EMPTY_ONE));
        bucket.wipe(2);
        assertNull(bucket.getKeyAcquire(2));
        assertNull(bucket.getValueAcquire(2));
        assertEquals(-1, bucket.find(2, pattern, word), "emptied after its word was read");
        assertEquals(2, bucket.firstEmpty());
    }

    @Test
    void aWidenedBucketHasTheEntriesAndIsReservedOrNot() {
        bucket.fill(1, TOP, "key", "value");
        bucket.giveBackChanged(claimed());
        Bucket wide = bucket.widened();
        assertEquals(Bucket.SLOTS, wide.capacity());
        assertEquals("key", wide.getKeyAcquire(1));
        assertEquals("value", wide.getValueAcquire(1));
        assertEquals(bucket.getTophashAcquire(), wide.getTophashAcquire());
        assertEquals(0, wide.getControlAcquire());
        bucket.markReserved();
        int word = claimed();
        assertTrue(Bucket.isReserved(bucket.widened().getControlAcquire()));
        assertTrue(Bucket.isFree(bucket.widened().getControlAcquire()));
        bucket.giveBack(word);
    }

    @Test
    void aBucketOfTreesHasNoSlots() {
        KeyTree[] trees = {KeyTree.empty(Integer.class, 1)};
        Bucket main = Bucket.ofTrees(trees);
        assertTrue(main.hasTrees());
        assertEquals(0, main.capacity());
        assertEquals(-1, main.firstEmpty());
        assertSame(trees, main.getTreesAcquire());
        KeyTree[] others = {KeyTree.empty(Integer.class, 2)};
        main.setTreesRelease(others);
        assertSame(others, main.getTreesAcquire());
        assertFalse(bucket.hasTrees());
        assertEquals(0, bucket.getTreesAcquire().length);
    }

    @Test
    void aPartHasTheChosenEntriesDenseAndNobodysClaim() {
        Bucket source = new Bucket(Bucket.SLOTS);
        for (int slot = 0; slot < Bucket.SLOTS; slot += 2) {
            source.fill(slot, TOP + slot, "key " + slot, slot);
        }
        assertTrue(source.tryClaim(source.getControlAcquire()));
        long full = TopHash.full(source.getTophashAcquire());
        Bucket all = Chain.nonNull(source.part(full));
        assertEquals(Bucket.SLOTS, all.capacity(), "one slot is left for the next");
        Bucket two = Chain.nonNull(source.part(TopHash.withoutFirst(TopHash.withoutFirst(full))));
        assertEquals(Bucket.FEW, two.capacity());
        assertEquals(0, two.getControlAcquire());
        assertEquals(2, Long.bitCount(TopHash.full(two.getTophashAcquire())));
        for (int slot = 0; slot < 2; slot++) {
            assertEquals(TOP + 4 + 2 * slot, TopHash.stateAt(two.getTophashAcquire(), slot));
            assertEquals("key " + (4 + 2 * slot), two.getKeyAcquire(slot));
            assertEquals(4 + 2 * slot, two.getValueAcquire(slot));
        }
        assertTrue(TopHash.endsChain(two.getTophashAcquire()));
        assertNull(source.part(0));
    }

    @Test
    void aPlainChainHasSlotsAndValuesOnly() {
        Bucket main = new Bucket(Bucket.SLOTS);
        int word = main.getControlAcquire();
        assertTrue(Chain.isPlain(main, word));
        main.markReserved();
        assertFalse(Chain.isPlain(main, main.getControlAcquire()), "reserved");
        main.setOverflowRelease(new Bucket(Bucket.FEW));
        assertFalse(Chain.isPlain(main, word), "overflow");
        assertFalse(Chain.isPlain(Bucket.ofTrees(new KeyTree[] {KeyTree.empty(Integer.class, 0)}), word), "trees");
    }
}
