package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain in the making: dense, in order, and of buckets as wide as they must be. */
class ChainBuilderTest {
    private static final int TOP = TopHash.FULL;

    private static ChainBuilder built(int expected, int entries) {
        ChainBuilder chain = new ChainBuilder(expected);
        for (int i = 0; i < entries; i++) {
            chain.add(TOP | i & 0x7f, "key " + i, i);
        }
        return chain;
    }

    /** The capacities of the buckets, joined by a plus. */
    private static String widths(Bucket main) {
        List<String> widths = new ArrayList<>();
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            widths.add(String.valueOf(bucket.capacity()));
        }
        return String.join("+", widths);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4",
        "3, 4",
        "4, 8",
        "5, 8",
        "8, 8",
        "9, 8+4",
        "11, 8+4",
        "12, 8+8",
        "16, 8+8",
        "17, 8+8+4",
        "24, 8+8+8"
    })
    void bucketsHaveRoomForTheEntriesAndOneMoreIfTheyAreFew(int entries, String widths) {
        ChainBuilder chain = built(entries, entries);
        assertEquals(widths, widths(chain.head()));
        assertEquals(widths.split("\\+").length - 1, chain.overflow());
        assertEquals(entries, Chain.count(Chain.nonNull(chain.head())));
    }

    /** More than was said: a writer came in between. */
    @ParameterizedTest
    @CsvSource({"0, 5, 8", "3, 5, 8", "0, 9, 8+4", "9, 13, 8+8", "2, 20, 8+8+4"})
    void aChainMayBecomeLongerThanExpected(int expected, int entries, String widths) {
        ChainBuilder chain = built(expected, entries);
        assertEquals(widths, widths(chain.head()));
        assertEquals(entries, Chain.count(Chain.nonNull(chain.head())));
    }

    @Test
    void nothingAddedIsNoChain() {
        ChainBuilder chain = new ChainBuilder(0);
        assertNull(chain.head());
        assertEquals(0, chain.overflow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 16, 30, 70, 130})
    void entriesKeepTheirOrderAndTheirTophash(int entries) {
        ChainBuilder copy = new ChainBuilder(entries);
        copy.addAll(Chain.nonNull(built(entries, entries).head()));
        Bucket main = Chain.nonNull(copy.head());
        int i = 0;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            for (int slot = 0; slot < Bucket.SLOTS && i < entries; slot++, i++) {
                assertEquals("key " + i, bucket.getKeyAcquire(slot));
                assertEquals(i, bucket.getValueAcquire(slot));
                assertEquals(TOP | i & 0x7f, TopHash.stateAt(bucket.getTophashAcquire(), slot));
            }
        }
        assertEquals(entries, i);
    }

    /** The slots are those of the old chain, whose last bucket need not be full. */
    @ParameterizedTest
    @ValueSource(ints = {5, 9, 64, 65, 100})
    void theChosenGoOneWayAndTheOthersTheOther(int entries) {
        Bucket main = Chain.nonNull(built(entries, entries).head());
        long[] every3rd = new long[(entries + Bucket.SLOTS - 1) / Bucket.SLOTS];
        for (int i = 0; i < entries; i += 3) {
            every3rd[i / Bucket.SLOTS] |= TopHash.bitOf(i % Bucket.SLOTS);
        }
        int chosen = (entries + 2) / 3;
        assertEquals("" + multiplesOf3(entries, true), keys(main, every3rd, true, chosen));
        assertEquals("" + multiplesOf3(entries, false), keys(main, every3rd, false, entries - chosen));
    }

    private static List<String> multiplesOf3(int entries, boolean sense) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            if ((i % 3 == 0) == sense) {
                keys.add("key " + i);
            }
        }
        return keys;
    }

    private static String keys(Bucket main, long[] chosen, boolean sense, int expected) {
        ChainBuilder part = new ChainBuilder(expected);
        part.addAll(main, chosen, sense);
        List<Object> keys = new ArrayList<>();
        for (Bucket bucket = part.head(); bucket != null; bucket = bucket.getOverflowAcquire()) {
            for (int slot = 0; slot < bucket.capacity(); slot++) {
                if (bucket.getKeyAcquire(slot) != null) {
                    keys.add(bucket.getKeyAcquire(slot));
                }
            }
        }
        return keys.toString();
    }

    @Test
    void aReservationIsSaidOfTheChainThatHasItAndOfNoOther() {
        ChainBuilder source = new ChainBuilder(2);
        source.add(TOP, "held", new Reservation("held", 0, 1));
        source.add(TOP, "free", 2);
        Bucket main = Chain.nonNull(source.head());
        assertFalse(Bucket.isReserved(main.getControlAcquire()), "nobody said so");
        main.markReserved();
        assertTrue(reserved(main, TopHash.bitOf(0), true));
        assertFalse(reserved(main, TopHash.bitOf(0), false));
    }

    private static boolean reserved(Bucket main, long chosen, boolean sense) {
        ChainBuilder part = new ChainBuilder(1);
        part.addAll(main, new long[] {chosen}, sense);
        return Bucket.isReserved(Chain.nonNull(part.head()).getControlAcquire());
    }
}
