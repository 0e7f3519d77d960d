package io.github.safemap;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads that run out of stack in the middle of a call. Each recurses as far as it can, and on its way back
 * calls the map at every depth. So close to the end of the stack, each call in the engine is at some time the
 * one that no longer fits.
 */
class SafeMapStackTest {
    private static final int ROUNDS = 12;
    private static final int LEVELS = 1_500;

    /** Slightly more than the JVM needs for any thread. */
    private static final long STACK_BYTES = 200_000;

    private record Key(int id, int hash) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(id, other.id);
        }
    }

    private static final class Diver implements Runnable {
        private final SafeMap<Object, Object> map;
        private final int hashes;
        private int calls;
        private int level;
        private int overflows;
        private Throwable failure;

        Diver(SafeMap<Object, Object> map, int hashes) {
            this.map = map;
            this.hashes = hashes;
        }

        @Override
        public void run() {
            try {
                dive();
            } catch (Throwable e) {
                failure = e;
            }
        }

        private void dive() {
            try {
                dive();
            } catch (StackOverflowError e) {
                level = 0;
            }
            if (level++ < LEVELS) {
                try {
                    call();
                } catch (StackOverflowError e) {
                    overflows++;
                }
            }
        }

        void call() {
            int call = calls++;
            Key key = new Key(call * 31 % 200, call * 31 % 200 % hashes);
            switch (call % 6) {
                case 0, 1 -> map.put(key, call);
                case 2, 3 -> map.remove(key);
                case 4 -> map.compute(key, Diver::toggled);
                default -> map.get(key);
            }
        }

        private static Object toggled(Object key, Object value) {
            return value == null ? key : null;
        }
    }

    private static SafeMap<Object, Object> map() {
        return SafeMap.builder().shards(1).shrinkThreshold(0).build();
    }

    /**
     * The JVM links a call site when it is first reached. That runs Java code with much stack, so it must not
     * happen near the end.
     */
    @BeforeAll
    static void linkEverything() {
        for (int hashes : new int[] {1, 2, 200}) {
            Diver diver = new Diver(map(), hashes);
            for (int i = 0; i < 3_000; i++) {
                diver.call();
            }
        }
        linkFunctions();
    }

    /**
     * Functions write another key than the one that they compute, until that is compiled. A compiled method
     * checks its stack for everything inlined into it, and this check must not happen under a claim.
     */
    private static void linkFunctions() {
        for (int round = 0; round < 300; round++) {
            SafeMap<Object, Object> map = map();
            for (int id = 0; id < 60; id++) {
                map.put(new Key(id, id), id);
                Key neighbour = new Key(id + 1_000, id);
                map.compute(new Key(id / 2, id / 2), (key, value) -> {
                    map.put(neighbour, key);
                    return key.hashCode() % 3 == 0 ? null : key;
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 200})
    void aStackThatOverflowsLeavesNoClaim(int hashes) throws InterruptedException {
        int overflows = 0;
        for (int round = 0; round < ROUNDS; round++) {
            SafeMap<Object, Object> map = map();
            for (int id = 0; id < 100; id++) {
                map.put(new Key(2 * id, 2 * id % hashes), id);
            }
            Diver diver = new Diver(map, hashes);
            Thread thread = new Thread(null, diver, "diver", STACK_BYTES + 400 * round);
            thread.setDaemon(true);
            thread.start();
            thread.join(TimeUnit.SECONDS.toMillis(20));
            assertFalse(thread.isAlive(), () -> "hangs at " + Arrays.toString(thread.getStackTrace()));
            assertNull(diver.failure);
            overflows += diver.overflows;
            SafeMapInvariants.check(map);
        }
        assertTrue(overflows > 0, "no call met the end of the stack");
    }

    @Test
    void aFunctionThatOverflowsTheStackLeavesItsKey() {
        SafeMap<Object, Object> map = map();
        map.put(1, "one");
        for (Object key : new Object[] {1, 2}) {
            try {
                map.compute(key, SafeMapStackTest::endless);
            } catch (StackOverflowError e) {
                continue;
            }
            throw new AssertionError("no error");
        }
        SafeMapInvariants.check(map);
        assertTrue(map.remove(1, "one"));
        assertTrue(map.isEmpty());
    }

    private static Object endless(Object key, Object value) {
        return endless(value, key) == null ? key : value;
    }
}
