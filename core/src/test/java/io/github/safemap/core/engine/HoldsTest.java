package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains that are held while a function runs, and what becomes of the hold if somebody needs the chain. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HoldsTest {
    private static final int ENTRIES = 31; // of one hash: one more, and they would be sorted into a tree

    private static ShardsFixture filled(HashKind kind, int entries) {
        ShardsFixture shard = new ShardsFixture(3, true, 0);
        for (int id = 0; id < entries; id++) {
            shard.put(kind.key(id), id);
        }
        shard.settle();
        return shard;
    }

    private static Object compute(ShardsFixture shard, Object key, UnaryOperator<Object> function) {
        return shard.shards().compute(key, key.hashCode(), function, Shards.REPLACE);
    }

    /** The chain of a key. */
    private static final class Place {
        private final Table table;
        private final int index;

        private Place(ShardsFixture shard, Object key) {
            table = shard.shards().getTableAcquire(0);
            index = table.indexOf(table.hash(key.hashCode()));
        }

        private Bucket main() {
            return table.getBucketAcquire(index);
        }

        private boolean isHeld() {
            return Bucket.isHeld(main().getControlAcquire());
        }

        private boolean isReserved() { // a bucket without entries is dropped
            Bucket main = main();
            return main != null && Bucket.isReserved(main.getControlAcquire());
        }

        private void inflate() {
            Holds.inflateAtOnce(table, index, main());
        }
    }

    private static void assertOthers(ShardsFixture shard, HashKind kind, int but) {
        for (int id = 0; id < ENTRIES; id++) {
            if (id != but) {
                assertEquals(id, shard.get(kind.key(id)));
            }
        }
    }

    @Test
    void aChainIsHeldWhileAFunctionRunsAndFreeAfterwards() {
        ShardsFixture shard = filled(HashKind.GOOD, ENTRIES);
        Object key = HashKind.GOOD.key(1);
        Place place = new Place(shard, key);
        Bucket before = place.main();
        assertEquals("new", compute(shard, key, old -> {
            assertEquals(1, old);
            assertTrue(place.isHeld());
            assertEquals(1, shard.get(key));
            return "new";
        }));
        assertFalse(place.isHeld());
        assertSame(before, place.main());
        assertEquals("new", shard.get(key));
        ShardsInvariants.check(shard.shards());
    }

    /** Every position of a chain with overflow buckets, and every way in which a function can end. */
    @ParameterizedTest
    @EnumSource
    void aHoldThatIsInflatedEndsAsItWouldHave(HashKind kind) {
        for (int id = 0; id < ENTRIES; id++) {
            for (String end : List.of("other", "same", "none", "throws")) {
                ShardsFixture shard = filled(kind, ENTRIES);
                Object key = kind.key(id);
                Integer value = id;
                Place place = new Place(shard, key);
                Bucket before = place.main();
                UnaryOperator<Object> function = old -> {
                    assertTrue(place.isHeld());
                    place.inflate();
                    assertFalse(place.isHeld());
                    assertNotSame(before, place.main());
                    assertTrue(Bucket.isRetired(before.getControlAcquire()));
                    assertSame(value, shard.get(key)); // by the reservation, from the old chain
                    assertOthers(shard, kind, value);
                    shard.put(kind.key(ENTRIES), "one more"); // nobody has the chain
                    shard.remove(kind.key(ENTRIES));
                    return switch (end) {
                        case "other" -> "new";
                        case "same" -> old;
                        case "none" -> null;
                        default -> throw new IllegalArgumentException("thrown");
                    };
                };
                if (end.equals("throws")) {
                    assertThrows(IllegalArgumentException.class, () -> compute(shard, key, function));
                } else {
                    compute(shard, key, function);
                }
                Object now = switch (end) {
                    case "other" -> "new";
                    case "none" -> null;
                    default -> value;
                };
                assertEquals(now, shard.get(key), end);
                assertOthers(shard, kind, id);
                assertFalse(place.isReserved());
                ShardsInvariants.check(shard.shards());
            }
        }
    }

    /** The holder's store comes after the chain has been copied: readers of both chains see it. */
    @Test
    void aValueStoredIntoTheRetiredChainIsSeen() {
        ShardsFixture shard = filled(HashKind.GOOD, ENTRIES);
        Object key = HashKind.GOOD.key(1);
        Place place = new Place(shard, key);
        Table table = place.table;
        Bucket main = place.main();
        int word = main.getControlAcquire();
        int position = Chain.find(main, key, TopHash.pattern(table.hash(key.hashCode())));
        int stripe = Holds.stripe();
        assertTrue(main.tryHold(word));
        Holds.begin(stripe, table, table.hash(key.hashCode()), position, word);
        assertEquals(Holds.NONE, Holds.stripe(), "a thread has one hold at a time");
        place.inflate();
        assertEquals(1, shard.get(key));
        Holds.end(stripe);
        Chain.replaceAt(main, position, "late");
        assertEquals("late", shard.get(key));
        assertFalse(main.tryEndHold(word));
        assertFalse(main.tryClaimHeld(word));
        Reservation reservation = Holds.takeInflated(stripe);
        assertEquals("late", reservation.current());
        assertThrows(IllegalStateException.class, () -> Holds.takeInflated(stripe), "kept for ever");
        Computing.settle(shard.shards(), 0, reservation, "late");
        assertEquals("late", shard.get(key));
        ShardsInvariants.check(shard.shards());
    }

    @Test
    void aHoldThatIsEndingOrOfAnotherTurnIsLeftAlone() {
        ShardsFixture shard = filled(HashKind.GOOD, ENTRIES);
        Object key = HashKind.GOOD.key(1);
        Place place = new Place(shard, key);
        Bucket main = place.main();
        int word = main.getControlAcquire();
        place.inflate(); // not held at all
        int stripe = Holds.stripe();
        assertTrue(main.tryHold(word));
        place.inflate(); // not written down yet
        assertSame(main, place.main());
        Holds.begin(stripe, place.table, place.table.hash(key.hashCode()), 0, word);
        long turn = Holds.getTurnAcquire(stripe);
        assertTrue(Holds.isOf(stripe, turn, place.table, place.index, Bucket.held(word)));
        assertFalse(Holds.isOf(stripe, turn, place.table, place.index + 1, Bucket.held(word)));
        assertFalse(Holds.isOf(stripe, turn, place.table, place.index, word));
        assertFalse(Holds.isOf(stripe, turn, new Table(3, 1), place.index, Bucket.held(word)));
        Holds.end(stripe);
        assertNotEquals(turn, Holds.getTurnAcquire(stripe));
        place.inflate(); // ending
        assertSame(main, place.main());
        assertTrue(main.tryEndHold(word));
        assertEquals(word, main.getControlAcquire());
        assertEquals(1, shard.get(key));
        ShardsInvariants.check(shard.shards());
    }

    /** Who inflates may come so late that the key has been removed, or its overflow bucket dropped. */
    @Test
    void aChainThatHasChangedSinceIsNotCopiedOrTheCopyIsNotUsed() {
        ShardsFixture shard = filled(HashKind.CONSTANT, ENTRIES);
        Object key = HashKind.CONSTANT.key(ENTRIES - 1);
        Place place = new Place(shard, key);
        Bucket main = place.main();
        int position = Chain.find(main, key, TopHash.pattern(place.table.hash(key.hashCode())));
        Reservation late = new Reservation(Thread.currentThread(), key, 0, main, position);
        Bucket copy = late.copyOfSource();
        assertSame(late, Chain.valueAt(copy, position));
        Chain.removeAt(main, position);
        assertSame(late, Chain.valueAt(late.copyOfSource(), position));
        main.setOverflowRelease(null);
        assertNull(late.copyOfSource());
    }

    @Test
    void aFunctionWithinAFunctionReserves() {
        ShardsFixture shard = filled(HashKind.GOOD, ENTRIES);
        Object outer = HashKind.GOOD.key(1);
        Object inner = HashKind.GOOD.key(2);
        Place place = new Place(shard, inner);
        compute(
                shard,
                outer,
                a -> compute(shard, inner, b -> {
                    assertTrue(place.isReserved());
                    return "inner";
                }));
        assertEquals("inner", shard.get(outer));
        assertEquals("inner", shard.get(inner));
        ShardsInvariants.check(shard.shards());
    }

    @Test
    void aStripeIsLeftByAThreadThatHasEnded() throws InterruptedException {
        int mine = Holds.stripe();
        List<Integer> stripes = new ArrayList<>();
        for (int i = 0; i < 2 * Holds.STRIPES; i++) {
            Thread thread = new Thread(() -> stripes.add(Holds.stripe()));
            thread.start();
            thread.join();
        }
        int shared = 0;
        for (int stripe : stripes) {
            shared += stripe == Holds.NONE ? 1 : 0;
            assertTrue(mine == Holds.NONE || stripe != mine, "two living threads with one stripe");
        }
        // Threads of the test's JVM that have a stripe keep it; this takes 200 of them to fail.
        assertTrue(shared < Holds.STRIPES, shared + " of " + stripes.size() + " without a stripe");
        assertEquals(mine, Holds.stripe());
    }

    /** Counters of two threads in one chain, a third key beside them, and somebody who inflates. */
    @Test
    void noCountIsLostWhileHoldsAreInflated() throws InterruptedException {
        ShardsFixture shard = filled(HashKind.TRUNCATED, 8);
        Shards shards = shard.shards();
        Object[] keys = {HashKind.TRUNCATED.key(0), HashKind.TRUNCATED.key(4)};
        Object beside = HashKind.TRUNCATED.key(4 + 4);
        shard.put(keys[0], 0);
        shard.put(keys[1], 0);
        shard.put(beside, 0);
        int rounds = 100_000;
        AtomicBoolean done = new AtomicBoolean();
        Race.run(
                thread -> {
                    for (int i = 1; i <= rounds; i++) {
                        Object key = keys[i & 1];
                        shards.compute(key, key.hashCode(), old -> (Integer) old + 1, Shards.REPLACE);
                        shards.write(beside, beside.hashCode(), null, i, Shards.REPLACE);
                        assertEquals(i, shards.get(beside, beside.hashCode()));
                    }
                    done.set(true);
                },
                thread -> {
                    for (int i = 0; i < rounds; i++) {
                        Object key = keys[i & 1];
                        shards.compute(key, key.hashCode(), old -> (Integer) old + 1, Shards.REPLACE);
                    }
                },
                thread -> {
                    Integer[] seen = {0, 0};
                    while (!done.get()) {
                        new Place(shard, beside).inflate();
                        for (int i = 0; i < 2; i++) {
                            Integer now = (Integer) shards.get(keys[i], keys[i].hashCode());
                            int before = seen[i];
                            assertTrue(now >= before, () -> now + " after " + before);
                            seen[i] = now;
                        }
                    }
                });
        assertEquals(rounds, shard.get(keys[0]));
        assertEquals(rounds, shard.get(keys[1]));
        assertEquals(rounds, shard.get(beside));
        assertNull(shard.get(HashKind.TRUNCATED.key(12)));
        ShardsInvariants.check(shards);
    }
}
