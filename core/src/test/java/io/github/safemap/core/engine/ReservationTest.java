package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.safemap.core.testing.Race;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that is reserved while a function computes its value, and the threads that wait for it. */
@Timeout(60)
class ReservationTest {
    private static final String KEY = "key";

    private final Directory directory = Directories.empty();

    /** A call on a separate thread. */
    private static final class Call<T> extends FutureTask<T> {
        final Thread thread = new Thread(this);

        Call(Callable<T> callable) {
            super(callable);
            thread.setDaemon(true);
            thread.start();
        }

        /** Waits until the call waits in a queue. */
        Call<T> parked() {
            Waiting.until(() -> Waiting.isParked(thread) || isDone());
            assertFalse(isDone(), "it did not wait");
            return this;
        }
    }

    private Reservation reservationOf(Object key) {
        Shard shard = Directories.shardOf(directory, key);
        return assertInstanceOf(
                Reservation.class, shard.getHolderAcquire(shard.find(key, directory.hash(key.hashCode()))));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // ---- One thread ----

    @Test
    void onlyTheKeyIsReserved() {
        Directories.put(directory, KEY, 1);
        Directories.put(directory, "other", 1);
        Directories.compute(directory, KEY, old -> {
            assertEquals(1, old);
            assertEquals(1, Directories.get(directory, KEY), "readers see the old value");
            assertFalse(directory.shardAt(0).control().isClaimed());
            assertEquals(1, Directories.put(directory, "other", 2));
            assertEquals(2, Directories.compute(directory, "other", value -> value));
            assertNull(Directories.put(directory, "third", 3));
            return 2;
        });
        assertEquals(2, Directories.get(directory, KEY));
        assertEquals(3, DirectoryInvariants.check(directory).size());
    }

    @Test
    void theResultIsStoredWhereverTheReservationIsByThen() {
        Directories.put(directory, KEY, 1);
        assertEquals(2, Directories.compute(directory, KEY, old -> {
            Directories.putAll(directory, 0, 3_000);
            assertEquals(1, Directories.get(directory, KEY));
            Directories.removeAll(directory, 10, 3_000);
            Resizer.trim(directory);
            return 2;
        }));
        assertEquals(2, Directories.get(directory, KEY));
        assertEquals(11, DirectoryInvariants.check(directory).size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFunctionThatThrowsChangesNothing(boolean present) {
        if (present) {
            Directories.put(directory, KEY, 1);
        }
        IllegalArgumentException thrown = new IllegalArgumentException();
        assertSame(
                thrown,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Directories.compute(directory, KEY, old -> {
                            throw thrown;
                        })));
        assertEquals(present ? 1 : null, Directories.get(directory, KEY));
        assertEquals(present ? 1 : 0, DirectoryInvariants.check(directory).size());
    }

    @Test
    void theKeyThatIsThereStaysTheSameObject() {
        String there = new String(KEY);
        Directories.put(directory, there, 1);
        Directories.compute(directory, new String(KEY), old -> 2);
        assertSame(there, DirectoryInvariants.check(directory).get(0).getKey());
    }

    @Test
    void theResultForAMapThatIsClearedMeanwhileIsDropped() {
        Directories.put(directory, KEY, 1);
        assertEquals(2, Directories.compute(directory, KEY, old -> {
            directory.clear();
            assertNull(Directories.get(directory, KEY));
            return 2;
        }));
        assertNull(Directories.get(directory, KEY));
        assertEquals(0, DirectoryInvariants.check(directory).size());
        Directories.compute(directory, KEY, old -> {
            directory.clear();
            Directories.put(directory, KEY, 3);
            return 2;
        });
        assertEquals(3, Directories.get(directory, KEY));
        assertEquals(1, DirectoryInvariants.check(directory).size());
    }

    @Test
    void recursionOnTheSameKeyIsRefused() {
        Directories.put(directory, KEY, 1);
        assertEquals(5, Directories.compute(directory, KEY, old -> {
            List<Runnable> writes = List.of(
                    () -> Directories.put(directory, KEY, 2),
                    () -> Directories.remove(directory, KEY),
                    () -> Directories.compute(directory, KEY, value -> 3));
            for (Runnable write : writes) {
                String message =
                        assertThrows(IllegalStateException.class, write::run).getMessage();
                assertEquals("recursive update of the key " + KEY, message);
            }
            return 5;
        }));
        assertEquals(5, Directories.get(directory, KEY));
        assertEquals(1, DirectoryInvariants.check(directory).size());
    }

    @Test
    void recursionIsRefusedThroughAnotherKeyToo() {
        assertThrows(
                IllegalStateException.class,
                () -> Directories.compute(
                        directory,
                        "a",
                        a -> Directories.compute(directory, "b", b -> Directories.put(directory, "a", 1))));
        assertEquals(0, DirectoryInvariants.check(directory).size());
    }

    // ---- Waiting ----

    @Test
    void writersGetTheKeyInTheOrderInWhichTheyCame() throws Exception {
        int writers = 6;
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        Call<Object> first = new Call<>(() -> Directories.compute(directory, KEY, old -> {
            running.countDown();
            await(go);
            return List.of(0);
        }));
        await(running);
        Reservation reservation = reservationOf(KEY);
        List<Call<Object>> calls = new ArrayList<>();
        for (int i = 1; i <= writers; i++) {
            int number = i;
            calls.add(new Call<>(() -> Directories.compute(directory, KEY, old -> {
                        order.add(number);
                        assertSame(reservation, reservationOf(KEY), "handed on, not made anew");
                        assertEquals(writers - number, reservation.getQueueLength(), "one has been woken up");
                        return IntStream.rangeClosed(0, number).boxed().toList();
                    }))
                    .parked());
        }
        assertEquals(writers, reservation.getQueueLength());
        DirectoryInvariants.checkBesideFunctions(directory);
        go.countDown();
        assertEquals(List.of(0), first.get());
        for (int i = 1; i <= writers; i++) {
            assertEquals(
                    IntStream.rangeClosed(0, i).boxed().toList(),
                    calls.get(i - 1).get());
        }
        assertEquals(IntStream.rangeClosed(1, writers).boxed().toList(), order);
        assertFalse(reservation.awaitTurn(false), "it is over");
        assertEquals(1, DirectoryInvariants.check(directory).size());
    }

    /** Each kind of write, after the earlier function has left a value, or none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachWriteFindsWhatTheFunctionBeforeItLeft(boolean present) throws Exception {
        Object left = present ? "left" : null;
        assertEquals(left, afterFunction(left, null, "next", KeyWriter.Kind.PUT));
        assertEquals("next", Directories.get(directory, KEY));
        assertEquals(left, afterFunction(left, null, "next", KeyWriter.Kind.PUT_IF_ABSENT));
        assertEquals(present ? left : "next", Directories.get(directory, KEY));
        assertEquals(left, afterFunction(left, null, "next", KeyWriter.Kind.REPLACE));
        assertEquals(present ? "next" : null, Directories.get(directory, KEY));
        assertEquals(left, afterFunction(left, null, null, KeyWriter.Kind.REPLACE));
        assertNull(Directories.get(directory, KEY));
        assertEquals(left, afterFunction(left, new String("left"), "next", KeyWriter.Kind.REPLACE));
        assertEquals(present ? "next" : null, Directories.get(directory, KEY));
        assertNull(afterFunction(left, "another", "next", KeyWriter.Kind.REPLACE));
        assertEquals(left, Directories.get(directory, KEY));
        assertNull(afterFunction(left, "another", null, KeyWriter.Kind.REPLACE));
        assertEquals(left, Directories.get(directory, KEY));
        assertEquals(present ? 1 : 0, DirectoryInvariants.check(directory).size());
    }

    /** Returns the result of a write that waits for a function. The function leaves this value. */
    private Object afterFunction(Object left, Object expected, Object value, KeyWriter.Kind kind) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Call<Object> function = new Call<>(() -> Directories.compute(directory, KEY, old -> {
            running.countDown();
            await(go);
            return left;
        }));
        await(running);
        Call<Object> write =
                new Call<>(() -> KeyWriter.write(directory, KEY, KEY.hashCode(), expected, value, kind)).parked();
        go.countDown();
        assertEquals(left, function.get());
        return write.get();
    }

    @Test
    void aWaiterForAFunctionThatThrowsFindsTheOldValue() throws Exception {
        Directories.put(directory, KEY, 1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Call<Object> function = new Call<>(() -> Directories.compute(directory, KEY, old -> {
            running.countDown();
            await(go);
            throw new UnsupportedOperationException();
        }));
        await(running);
        Call<Object> next = new Call<>(() -> Directories.compute(directory, KEY, old -> (Integer) old + 1)).parked();
        go.countDown();
        assertThrows(Exception.class, function::get);
        assertEquals(2, next.get());
        assertEquals(1, DirectoryInvariants.check(directory).size());
    }

    @Test
    void equalsOfAValueThatThrowsUnderAReservationLetsTheNextGoOn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Call<Object> function = new Call<>(() -> Directories.compute(directory, KEY, old -> {
            running.countDown();
            await(go);
            return 1;
        }));
        await(running);
        Object expected = new Object() {
            @Override
            public boolean equals(Object other) {
                throw new UnsupportedOperationException("equals");
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        Call<Object> replacing = new Call<>(
                        () -> KeyWriter.write(directory, KEY, KEY.hashCode(), expected, 2, KeyWriter.Kind.REPLACE))
                .parked();
        Call<Object> last = new Call<>(() -> Directories.put(directory, KEY, 3)).parked();
        go.countDown();
        assertEquals(1, function.get());
        assertThrows(Exception.class, replacing::get);
        assertEquals(1, last.get());
        assertEquals(1, DirectoryInvariants.check(directory).size());
    }

    @Test
    void theInterruptOfAWaiterIsKept() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Call<Object> function = new Call<>(() -> Directories.compute(directory, KEY, old -> {
            running.countDown();
            await(go);
            return 1;
        }));
        await(running);
        Call<Boolean> waiting = new Call<>(() -> {
                    assertEquals(1, Directories.put(directory, KEY, 2));
                    return Thread.currentThread().isInterrupted();
                })
                .parked();
        waiting.thread.interrupt();
        waiting.parked();
        go.countDown();
        assertEquals(1, function.get());
        assertTrue(waiting.get());
        assertEquals(2, Directories.get(directory, KEY));
    }

    @Test
    void aWaiterForAKeyOfAClearedMapStartsAgain() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        Directories.put(directory, KEY, 0);
        Call<Object> function = new Call<>(() -> Directories.compute(directory, KEY, old -> {
            running.countDown();
            await(go);
            return 1;
        }));
        await(running);
        List<Call<Object>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(new Call<>(
                            () -> Directories.compute(directory, KEY, old -> old == null ? 10 : (Integer) old + 1))
                    .parked());
        }
        directory.clear();
        go.countDown();
        function.get();
        for (Call<Object> call : waiting) {
            call.get();
        }
        assertEquals(14, Directories.get(directory, KEY));
        assertEquals(1, DirectoryInvariants.check(directory).size());
    }

    @Test
    void aFunctionForAnAbsentKeyRunsOnceForAllWhoAsk() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger calls = new AtomicInteger();
            Integer key = round;
            Race.run(
                    4,
                    thread -> assertEquals(key, Directories.computeIfAbsent(directory, key, old -> {
                        calls.incrementAndGet();
                        return key;
                    })));
            assertEquals(1, calls.get());
        }
        assertEquals(200, DirectoryInvariants.check(directory).size());
    }

    /** How to add one to the value of a key. The broken twin does it without reserving the key. */
    private enum Adding {
        RESERVED {
            @Override
            void add(Directory directory) {
                Directories.compute(directory, KEY, Adding::next);
            }
        },
        UNRESERVED {
            @Override
            void add(Directory directory) {
                Directories.put(directory, KEY, next(Directories.get(directory, KEY)));
            }
        };

        abstract void add(Directory directory);

        private static Object next(Object old) {
            return old == null ? 1 : (Integer) old + 1;
        }
    }

    @Test
    void nothingThatIsAddedToOneKeyIsLost() throws Exception {
        assertEquals(0, lost(Adding.RESERVED));
        boolean found = false;
        for (int round = 0; round < 100 && !found; round++) {
            found = lost(Adding.UNRESERVED) > 0;
        }
        assertTrue(found, "nothing is lost without a reservation either: this test shows nothing");
    }

    private static int lost(Adding adding) throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        Directory shared = Directories.empty();
        Race.run(threads, thread -> {
            for (int i = 0; i < each; i++) {
                if (i % 3 == 0 && thread == 0) {
                    Directories.put(shared, i, i); // rebuilds move the reservation
                }
                adding.add(shared);
            }
        });
        DirectoryInvariants.check(shared);
        return threads * each - (Integer) Directories.get(shared, KEY);
    }

    @Test
    void keysThatComeAndGoDuringFunctionsAreCountedRight() throws Exception {
        Race.run(4, thread -> {
            for (int i = 0; i < 10_000; i++) {
                Integer key = i % 5;
                switch ((i + thread) % 4) {
                    case 0 -> Directories.compute(directory, key, old -> old == null ? 1 : null);
                    case 1 -> Directories.remove(directory, key);
                    case 2 -> Directories.put(directory, key, 2);
                    default -> Directories.computeIfAbsent(directory, key, old -> null);
                }
            }
        });
        DirectoryInvariants.check(directory);
    }

    // ---- Circles ----

    /**
     * This number of threads in a circle. Each computes its own key and wants the key of the next. Only the
     * last thread to come is refused.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void theThreadThatWouldCloseACircleIsRefused(int threads) throws Exception {
        CountDownLatch running = new CountDownLatch(threads);
        List<CountDownLatch> go = new ArrayList<>();
        List<Call<Object>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Integer mine = i;
            Integer next = (i + 1) % threads;
            CountDownLatch mayGo = new CountDownLatch(1);
            go.add(mayGo);
            calls.add(new Call<>(() -> Directories.compute(directory, mine, old -> {
                running.countDown();
                await(mayGo);
                Directories.compute(directory, next, other -> "by " + mine);
                return "own";
            })));
        }
        await(running);
        for (int i = 0; i < threads - 1; i++) {
            go.get(i).countDown();
            calls.get(i).parked();
        }
        go.get(threads - 1).countDown();
        Throwable refused =
                assertThrows(Exception.class, calls.get(threads - 1)::get).getCause();
        assertInstanceOf(IllegalStateException.class, refused);
        assertTrue(refused.getMessage().contains("circle"), refused.getMessage());
        for (int i = threads - 2; i >= 0; i--) {
            assertEquals("own", calls.get(i).get());
        }
        DirectoryInvariants.check(directory);
    }

    /**
     * The owner of a key ends, and the next thread in its queue becomes the owner. It wants a key whose owner
     * waits for the first key. This circle did not exist when that owner began to wait.
     */
    @Test
    void aCircleThatIsClosedAfterAKeyWasHandedOnIsRefused() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch firstGo = new CountDownLatch(1);
        CountDownLatch otherGo = new CountDownLatch(1);
        Call<Object> first = new Call<>(() -> Directories.compute(directory, "a", old -> {
            running.countDown();
            await(firstGo);
            return 1;
        }));
        Call<Object> other = new Call<>(() -> Directories.compute(directory, "b", old -> {
            running.countDown();
            await(otherGo);
            return Directories.compute(directory, "a", a -> (Integer) a + 10);
        }));
        await(running);
        Call<Object> second = new Call<>(() -> Directories.compute(directory, "a", old -> {
                    try {
                        Directories.put(directory, "b", "wrong");
                        return "not refused";
                    } catch (IllegalStateException e) {
                        return 2;
                    }
                }))
                .parked();
        otherGo.countDown();
        other.parked(); // for a, behind the second: no circle yet, because the first waits for nobody
        firstGo.countDown();
        assertEquals(1, first.get());
        assertEquals(2, second.get());
        assertEquals(12, other.get());
        assertEquals(12, Directories.get(directory, "b"));
        assertEquals(2, DirectoryInvariants.check(directory).size());
    }

    /** A long chain, but no circle. */
    @Test
    void aThreadThatWaitsBehindWaitersIsNotRefused() throws Exception {
        int length = 10;
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Call<Object>> calls = new ArrayList<>();
        calls.add(new Call<>(() -> Directories.compute(directory, 0, old -> {
            running.countDown();
            await(go);
            return 0;
        })));
        await(running);
        for (int i = 1; i < length; i++) {
            Integer mine = i;
            calls.add(new Call<>(() -> Directories.compute(
                            directory,
                            mine,
                            old -> (Integer) Directories.compute(directory, mine - 1, value -> value) + 1))
                    .parked());
        }
        go.countDown();
        for (int i = 0; i < length; i++) {
            assertEquals(i, calls.get(i).get());
        }
        assertEquals(length, DirectoryInvariants.check(directory).size());
    }

    @Test
    void afterARefusalTheThreadGoesOnAsBefore() {
        for (int round = 0; round < 3; round++) {
            Directories.compute(directory, KEY, old -> {
                assertThrows(IllegalStateException.class, () -> Directories.put(directory, KEY, 2));
                return 1;
            });
        }
        assertEquals(1, Directories.put(directory, KEY, 4));
        assertEquals(4, Directories.get(directory, KEY));
    }

    // ---- By itself ----

    @Test
    void aReservationKnowsItsKey() {
        Object key = new Object();
        Reservation reservation = new Reservation(key, 42);
        assertSame(key, reservation.key());
        assertEquals(42, reservation.keyHashCode());
        assertTrue(Marker.is(reservation));
        assertFalse(Marker.is(key));
        assertEquals(42, Marker.hashCodeOf(reservation));
        assertEquals(key.hashCode(), Marker.hashCodeOf(key));
        assertNull(reservation.value());
        reservation.setValue("value");
        assertEquals("value", reservation.value());
        assertNotSame(reservation, new Reservation(key, 42));
    }

    @Test
    void anotherThreadGetsAReservationThatIsPassedOn() throws Exception {
        Reservation reservation = new Reservation(KEY, 1);
        Call<Boolean> waiting = new Call<>(() -> reservation.awaitTurn(false)).parked();
        assertThrows(IllegalStateException.class, () -> reservation.awaitTurn(false), "it is this thread's own");
        reservation.pass();
        assertTrue(waiting.get());
        Call<Boolean> next = new Call<>(() -> reservation.awaitTurn(false)).parked();
        reservation.end();
        reservation.pass();
        assertFalse(next.get());
        assertFalse(reservation.awaitTurn(false));
    }

    /** Waking a thread takes longer than most functions. So a lone waiter may be overtaken once, but not twice. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOwnerMustPassTheKeyToALoneWaiterThatHasWaitedBefore(boolean again) throws Exception {
        Reservation reservation = new Reservation(KEY, 1);
        Call<Boolean> waiting = new Call<>(() -> reservation.awaitTurn(again)).parked();
        assertEquals(again, reservation.mustPass());
        reservation.end();
        reservation.pass();
        assertFalse(waiting.get());
    }

    @Test
    void theOwnerMustPassTheKeyIfTwoWait() throws Exception {
        Reservation reservation = new Reservation(KEY, 1);
        Call<Boolean> first = new Call<>(() -> reservation.awaitTurn(false)).parked();
        Call<Boolean> second = new Call<>(() -> reservation.awaitTurn(false)).parked();
        assertTrue(reservation.mustPass());
        reservation.pass();
        assertTrue(first.get());
        assertFalse(second.isDone(), "the first has not ended");
        reservation.end();
        reservation.pass();
        assertFalse(second.get());
    }
}
