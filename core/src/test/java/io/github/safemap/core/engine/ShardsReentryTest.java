package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Writes during which {@code equals} or {@code hashCode} changes the same chain: the write finds it
 * otherwise than it was, as if another thread had come between two of its steps, and looks again.
 */
class ShardsReentryTest {
    private final ShardsFixture shard = new ShardsFixture(0, true, 0);

    @AfterEach
    void checkInvariants() {
        ShardsInvariants.check(shard.shards());
    }

    /** A key that does something, once, when it is asked for its hash or compared. */
    private static final class Meddler {
        private final int id;
        private Runnable whenHashed;
        private Runnable whenCompared;

        Meddler(int id) {
            this.id = id;
        }

        @Override
        public int hashCode() {
            Runnable action = whenHashed;
            whenHashed = null;
            if (action != null) {
                action.run();
            }
            return 42;
        }

        @Override
        public boolean equals(Object other) {
            Runnable action = whenCompared;
            whenCompared = null;
            if (action != null) {
                action.run();
            }
            return other instanceof Meddler meddler && meddler.id == id;
        }
    }

    private static Meddler comparing(int id, Runnable action) {
        Meddler key = new Meddler(id);
        key.whenCompared = action;
        return key;
    }

    /** An expected value that does something, once, before it says what it is equal to. */
    private static final class Expected {
        private final String values;
        private Runnable action;

        Expected(String values, Runnable action) {
            this.values = values;
            this.action = action;
        }

        @Override
        public int hashCode() {
            throw new AssertionError("called");
        }

        @Override
        public boolean equals(Object other) {
            Runnable now = action;
            action = null;
            if (now != null) {
                now.run();
            }
            return values.contains((String) other);
        }
    }

    private Object replace(Expected expected, Object value) {
        return shard.shards().write("key", "key".hashCode(), expected, value, Shards.REPLACE);
    }

    @Test
    void aKeyThatGoesWhileItIsFoundIsInsertedAgain() {
        shard.put(new Meddler(1), "old");
        Meddler key = comparing(1, () -> shard.remove(new Meddler(1)));
        assertNull(shard.put(key, "new"));
        assertEquals("new", shard.get(key));
        assertEquals(1, shard.live());
    }

    @Test
    void aKeyThatComesWhileItIsMissedIsReplaced() {
        shard.put(new Meddler(1), "other");
        Meddler key = comparing(2, () -> shard.put(new Meddler(2), "theirs"));
        assertEquals("theirs", shard.put(key, "mine"));
        assertEquals("mine", shard.get(key));
        assertEquals(2, shard.live());
    }

    @Test
    void aMissIsNoMissIfAnotherKeyHasComeMeanwhile() {
        shard.put(new Meddler(1), "other");
        Meddler key = comparing(2, () -> shard.put(new Meddler(3), "theirs"));
        assertNull(shard.put(key, "mine"));
        assertEquals("mine", shard.get(key));
        assertEquals(3, shard.live());
    }

    @Test
    void anEntryThatIsAnotherAfterItsValueWasComparedIsComparedAgain() {
        shard.put("key", "a");
        shard.put("neighbour", "n");
        Expected expected = new Expected("b", () -> {
            shard.remove("key");
            shard.put("key", "b");
        });
        assertEquals("b", replace(expected, "c"));
        assertEquals("c", shard.get("key"));
    }

    @Test
    void aChainThatHasChangedWhileAValueWasComparedIsLookedAtAgain() {
        shard.put("key", "a");
        Expected expected = new Expected("a", () -> shard.put("neighbour", "n"));
        assertEquals("a", replace(expected, "c"));
        assertEquals("c", shard.get("key"));
        assertEquals(2, shard.live());
    }

    @Test
    void aValueThatHasComeWhileTheOneBeforeWasComparedIsComparedToo() {
        shard.put("key", "a");
        assertNull(replace(new Expected("a", () -> shard.put("key", "b")), "c"));
        assertEquals("b", shard.get("key"));
        assertEquals("x", replace(new Expected("bx", () -> shard.put("key", "x")), "c"));
        assertEquals("c", shard.get("key"));
        assertEquals("c", replace(new Expected("c", () -> {}), null));
        assertEquals(0, shard.live());
    }

    @Test
    void anEvacuationThatEndsWithinAnotherStepOfItIsBookedOnce() {
        Meddler key = new Meddler(1);
        shard.put(key, "value");
        Table table = shard.shards().getTableAcquire(0);
        assertTrue(Growth.startNow(table, 1));
        key.whenHashed = shard::settle;
        shard.settle();
        assertTrue(table.isEvacuated());
        assertEquals(1, shard.shards().rebuilds().grown());
        assertEquals("value", shard.get(key));
    }

    @Test
    void aBucketThatCannotBeMovedIsWrittenWhereItIs() {
        Meddler key = new Meddler(1);
        shard.put(key, "value");
        Table table = shard.shards().getTableAcquire(0);
        assertTrue(Growth.startNow(table, 1));
        key.whenHashed = new Runnable() {
            @Override
            public void run() {
                key.whenHashed = this; // again and again
                throw new UnsupportedOperationException();
            }
        };
        assertNull(shard.put("other", 1));
        assertEquals(1, shard.put("other", 2));
        assertEquals(2, shard.get("other"));
        assertEquals(0, table.tally().movedAcquire());
        key.whenHashed = null;
        shard.settle();
        assertEquals("value", shard.get(key));
        assertEquals(2, shard.get("other"));
    }
}
