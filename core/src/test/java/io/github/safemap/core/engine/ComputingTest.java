package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.HashKind;
import io.github.safemap.core.testing.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that compute values: each mode, each outcome, alone and waited for. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ComputingTest {
    private static final int BOTH = Shards.INSERT + Shards.REPLACE;

    private final ShardsFixture shard = new ShardsFixture(0, true, 0);

    @AfterEach
    void invariants() {
        ShardsInvariants.check(shard.shards());
    }

    private Object compute(Object key, int mode, UnaryOperator<Object> function) {
        return shard.shards().compute(key, key.hashCode(), function, mode);
    }

    private static UnaryOperator<Object> never() {
        return old -> {
            throw new AssertionError("called");
        };
    }

    // ---- Alone. Twice: in a hold, and as the function of another key's function. ----

    private Object computeInside(boolean inside, Object key, int mode, UnaryOperator<Object> function) {
        if (!inside) {
            return compute(key, mode, function);
        }
        Object[] result = new Object[1];
        shard.put("outer", 1);
        compute("outer", BOTH, old -> {
            result[0] = compute(key, mode, function);
            return old;
        });
        shard.remove("outer");
        return result[0];
    }

    @ParameterizedTest
    @EnumSource
    void eachModeInsertsReplacesOrLeaves(HashKind kind) {
        for (boolean inside : new boolean[] {false, true}) {
            for (int others = 0; others <= 40; others += 20) { // 40 of one hash are in a tree, if they can be
                for (int id = 0; id < others; id++) {
                    shard.put(kind.key(id), id);
                }
                Key key = kind.key(1_000);
                assertNull(computeInside(inside, key, Shards.REPLACE, never()));
                assertNull(computeInside(inside, key, BOTH, old -> old));
                assertEquals(others, shard.live());
                assertEquals("a", computeInside(inside, key, Shards.INSERT, old -> old == null ? "a" : "?"));
                assertEquals(others + 1, shard.live());
                assertEquals("a", computeInside(inside, key, Shards.INSERT, never()));
                assertEquals("a", shard.get(key));
                assertEquals("ab", computeInside(inside, key, Shards.REPLACE, old -> old + "b"));
                assertEquals("abc", computeInside(inside, key, BOTH, old -> old + "c"));
                assertEquals("abc", shard.get(key));
                assertEquals(others + 1, shard.live());
                for (int id = 0; id < others; id++) {
                    Integer value = id;
                    assertEquals(
                            value, computeInside(inside, kind.key(id), BOTH, old -> old.equals(value) ? old : "?"));
                }
                assertEquals(others + 1, shard.live());
                assertNull(computeInside(inside, key, BOTH, old -> null));
                assertNull(shard.get(key));
                assertEquals(others, shard.live());
                ShardsInvariants.check(shard.shards());
            }
            for (int id = 0; id < 40; id++) {
                shard.remove(kind.key(id));
            }
        }
    }

    @Test
    void aFunctionThatThrowsLeavesWhatWasThere() {
        for (boolean inside : new boolean[] {false, true}) {
            for (Object key : List.of("there", "not there")) {
                shard.put("there", 1);
                assertThrows(
                        ArithmeticException.class,
                        () -> computeInside(inside, key, BOTH, old -> {
                            throw new ArithmeticException();
                        }));
                shard.remove("outer");
                assertEquals(key.equals("there") ? 1 : null, shard.get(key));
                assertEquals(1, shard.live());
            }
        }
    }

    @Test
    void aKeyIsComputedThroughAGrowthAndTheGrowthThroughIt() {
        for (int id = 0; id < 2_000; id++) {
            int number = id;
            // Entries come while the key is reserved, and its bucket moves.
            compute(id, BOTH, old -> {
                shard.put(-1 - number, number);
                return number;
            });
        }
        for (int id = 0; id < 2_000; id++) {
            assertEquals(id, shard.get(id));
            assertEquals(id, shard.get(-1 - id));
        }
        assertEquals(4_000, shard.live());
    }

    @Test
    void aFunctionThatWritesItsOwnKeyIsToldWhichItIs() {
        shard.put("there", 1);
        for (boolean inside : new boolean[] {false, true}) {
            for (Object key : List.of("there", "not there")) {
                IllegalStateException e = assertThrows(
                        IllegalStateException.class, () -> computeInside(inside, key, BOTH, old -> shard.put(key, 2)));
                assertEquals("recursive update of the key " + key, e.getMessage());
                shard.remove("outer");
            }
        }
        assertEquals(1, shard.get("there"));
        assertNull(shard.get("not there"));
    }

    // ---- Waited for ----

    /** Threads that wait until a function ends, and what they then do. */
    private List<Thread> waiting(int threads, Runnable action) {
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(action);
            thread.setDaemon(true);
            thread.start();
            waiting.add(thread);
        }
        for (Thread thread : waiting) {
            while (!Waiting.isParked(thread)) {
                Thread.onSpinWait();
            }
        }
        return waiting;
    }

    @Test
    void writersOfTheKeyWaitAndThenFindTheOutcome() throws InterruptedException {
        shard.put("there", 0);
        for (Object key : List.of("there", "not there")) {
            List<Thread> threads = new ArrayList<>();
            compute(key, BOTH, old -> {
                threads.addAll(waiting(3, () -> compute(key, BOTH, value -> (Integer) value + 1)));
                assertEquals(old, shard.get(key));
                return 10;
            });
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(13, shard.get(key));
        }
    }

    @Test
    void whoWaitsMayBeInterruptedAndKeepsTheInterrupt() throws InterruptedException {
        boolean[] interrupted = new boolean[1];
        shard.put("key", 0);
        List<Thread> threads = new ArrayList<>();
        compute("key", BOTH, old -> {
            threads.addAll(waiting(1, () -> {
                shard.shards().write("key", "key".hashCode(), null, 2, Shards.REPLACE);
                interrupted[0] = Thread.currentThread().isInterrupted();
            }));
            threads.get(0).interrupt();
            return 1;
        });
        threads.get(0).join();
        assertTrue(interrupted[0]);
        assertEquals(2, shard.get("key"));
    }

    @Test
    void ofTwoThatWaitForEachOtherOneIsTold() throws InterruptedException {
        shard.put("a", 0);
        shard.put("b", 0);
        CountDownLatch both = new CountDownLatch(2);
        List<Throwable> told = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (List<String> keys : List.of(List.of("a", "b"), List.of("b", "a"))) {
            Thread thread = new Thread(() -> {
                try {
                    compute(keys.get(0), BOTH, old -> {
                        both.countDown();
                        try {
                            both.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return compute(keys.get(1), BOTH, other -> (Integer) other + 1);
                    });
                } catch (IllegalStateException e) {
                    synchronized (told) {
                        told.add(e);
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertFalse(told.isEmpty());
        assertTrue(told.get(0).getMessage().startsWith("threads wait for each other's keys in a circle: "));
    }

    @Test
    void aReservationStandsForTheOldValueAndThenForTheOutcome() {
        Reservation reservation = new Reservation("key", 17, "old");
        assertEquals("key", reservation.key());
        assertEquals(17, reservation.hash());
        assertEquals("old", reservation.old());
        assertEquals("old", reservation.current());
        assertSame("old", Reservation.visible(reservation));
        assertSame("value", Reservation.visible("value"));
        assertNull(Reservation.visible(null));
        assertNull(reservation.cell());
        assertFalse(reservation.isOverVolatile());
        reservation.conclude("new");
        assertTrue(reservation.isOverVolatile());
        assertEquals("new", reservation.current());
        assertEquals("old", reservation.old());
        reservation.await(); // at once, although it is this thread's
    }
}
