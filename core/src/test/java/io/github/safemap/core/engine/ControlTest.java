package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ControlTest {
    private final Control control = Control.forSlots(8);

    @Test
    void aShardIsClaimedByOneAtATime() {
        assertFalse(control.isClaimed());
        assertTrue(control.tryClaim());
        assertTrue(control.isClaimed());
        assertFalse(control.tryClaim());
        control.giveBack();
        assertFalse(control.isClaimed());
        assertTrue(control.claim());
        assertTrue(control.isClaimed());
        control.giveBackRelease();
        assertFalse(control.isClaimed());
        assertTrue(control.tryClaim());
    }

    @Test
    void aRetiredShardIsNeverClaimedAgain() {
        assertFalse(control.isRetired());
        assertTrue(control.claim());
        control.retire();
        assertTrue(control.isRetired());
        assertFalse(control.isClaimed());
        assertFalse(control.tryClaim());
        assertFalse(control.claim());
        assertEquals(0, control.getContendedOpaque(), "nobody waited for it");
    }

    /** The waiter spins, yields and then parks, however long it waits. */
    @Test
    void aWaiterGetsTheShardWhenItIsGivenBack() throws Exception {
        assertTrue(control.claim());
        boolean[] claimed = new boolean[1];
        Thread waiting = waiting(() -> claimed[0] = control.claim());
        control.giveBack();
        waiting.join();
        assertTrue(claimed[0]);
        assertTrue(control.isClaimed());
        assertEquals(1, control.getContendedOpaque());
    }

    @Test
    void aWaiterLearnsThatTheShardIsRetired() throws Exception {
        assertTrue(control.claim());
        boolean[] claimed = {true};
        Thread waiting = waiting(() -> claimed[0] = control.claim());
        control.retire();
        waiting.join();
        assertFalse(claimed[0]);
        assertEquals(0, control.getContendedOpaque());
    }

    @Test
    void claimsThatWaitedAreCounted() {
        for (int i = 0; i < 100; i++) {
            assertTrue(control.claim());
            control.giveBack();
        }
        assertEquals(0, control.getContendedOpaque(), "nobody had to wait");
        control.setContendedOpaque(7);
        assertEquals(7, control.getContendedOpaque());
    }

    /** A thread that parks does not only spin. */
    private Thread waiting(Runnable claim) {
        Thread thread = new Thread(claim, "waiting for a claim");
        thread.setDaemon(true);
        thread.start();
        Waiting.until(() -> LockSupport.getBlocker(thread) == control);
        return thread;
    }

    /**
     * Claims as {@link Control} does. The broken twin claims without checking whether another thread has
     * claimed.
     */
    enum Claiming {
        REAL(Control::claim),
        BROKEN(control -> true);

        private final Predicate<Control> claim;

        Claiming(Predicate<Control> claim) {
            this.claim = claim;
        }
    }

    @Test
    void countsUnderAClaimLoseNothing() throws Exception {
        assertEquals(0, lost(Claiming.REAL));
        int lost = 0;
        for (int round = 0; round < 100 && lost == 0; round++) {
            lost = lost(Claiming.BROKEN);
        }
        assertTrue(lost > 0, "without claims nothing was lost: this test shows nothing");
    }

    private static int lost(Claiming claiming) throws InterruptedException {
        int each = 50_000;
        Control shared = Control.forSlots(256);
        Race.run(2, thread -> {
            for (int i = 0; i < each; i++) {
                assertTrue(claiming.claim.test(shared));
                shared.addUsed(1);
                shared.countDeadRelease();
                shared.countDeletion();
                shared.giveBack();
            }
        });
        assertTrue(claiming == Claiming.BROKEN
                || shared.getDeadAcquire() == 2 * each && shared.getDeletionsOpaque() == 2 * each);
        return 2 * each - shared.getUsedAcquire();
    }

    @Test
    void liveSlotsAreUsedAndNotDead() {
        control.addUsed(5);
        control.addUsed(2);
        control.countDeadRelease();
        control.countDeadRelease();
        assertEquals(7, control.getUsedAcquire());
        assertEquals(2, control.getDeadAcquire());
        assertEquals(5, control.live());
    }

    /** If a reader loads the used slots first, more slots may die meanwhile than it has seen used. */
    @Test
    void liveSlotsAreNeverNegative() throws Exception {
        assertTrue(leastLive(Control::live) >= 0);
        ToIntFunction<Control> usedFirst = shared -> {
            int used = shared.getUsedAcquire();
            Waiting.until(() -> shared.getDeadAcquire() > used);
            return used - shared.getDeadAcquire();
        };
        assertTrue(leastLive(usedFirst) < 0, "the wrong order was never negative: this test shows nothing");
    }

    /** Returns the least number that was read while another thread uses slots which die at once. */
    private static int leastLive(ToIntFunction<Control> live) throws InterruptedException {
        Control shared = Control.forSlots(256);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger least = new AtomicInteger();
        Race.run(2, thread -> {
            if (thread == 0) {
                while (!done.get()) {
                    shared.addUsed(1);
                    shared.countDeadRelease();
                }
                return;
            }
            for (int i = 0; i < 3_000_000 && least.get() >= 0; i++) {
                least.accumulateAndGet(live.applyAsInt(shared), Math::min);
            }
            done.set(true);
        });
        return least.get();
    }

    @Test
    void deletionsAreCountedUpToTheLargestNumber() {
        control.countDeletion();
        control.countDeletion();
        assertEquals(2, control.getDeletionsOpaque());
        control.setDeletionsOpaque(Integer.MAX_VALUE - 1);
        control.countDeletion();
        assertEquals(Integer.MAX_VALUE, control.getDeletionsOpaque());
        control.countDeletion();
        assertEquals(Integer.MAX_VALUE, control.getDeletionsOpaque());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 128})
    void theControlOfASmallShardIsSmall(int slots) {
        assertFalse(Control.forSlots(slots).isPadded());
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1024, 1 << 20})
    void theControlOfALargeShardIsPadded(int slots) {
        assertTrue(Control.forSlots(slots).isPadded());
    }
}
