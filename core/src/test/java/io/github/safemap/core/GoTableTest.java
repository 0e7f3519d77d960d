package io.github.safemap.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a table grows, what one write moves, and how a bucket moves. */
class GoTableTest {
    /** The number of attempts to grow that are skipped after one failed with 100 entries. */
    private static final int LEFT_OUT = 8 + 100 / 8;

    private GoTable table = new GoTable(2);

    @AfterEach
    void check() {
        GoMapInvariants.check(table);
    }

    private void put(Object key) {
        table.put(key, key.hashCode(), "value " + key);
    }

    private Object get(Object key) {
        return table.get(key, key.hashCode());
    }

    /** Puts new integers into this bucket, and returns them. */
    private List<Integer> putInto(int bucket, int entries) {
        List<Integer> keys = new ArrayList<>();
        for (int key = 0; keys.size() < entries; key++) {
            if (GoTable.indexOf(table.hash(key), table.buckets()) == bucket && get(key) == null) {
                put(key);
                keys.add(key);
            }
        }
        return keys;
    }

    // When it grows

    /** The limit is Go's: 13 entries for two buckets, but never less than 8. */
    @ParameterizedTest
    @CsvSource({"0, 8", "1, 13", "2, 26", "3, 52", "4, 104", "10, 6656", "20, 6815744", "30, 6979321856"})
    void aTableIsFullAtSixAndAHalfEntriesABucket(int bits, long most) {
        assertFalse(GoTable.overLoadFactor(most, 1 << bits));
        assertTrue(GoTable.overLoadFactor(most + 1, 1 << bits));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "8, 0", "9, 1", "13, 1", "14, 2", "26, 2", "27, 3", "6815744, 20", "9223372036854775, 30"})
    void theSmallestTableThatFitsIsTaken(long entries, int bits) {
        assertEquals(bits, GoTable.bitsFor(entries));
    }

    /** They stay when the entries are removed, so a few chains, one after the other, are enough. */
    @Test
    void asManyOverflowBucketsAsBucketsBeginAGrowthToTheSameSize() {
        table = new GoTable(3);
        int filler = putInto(7, 1).get(0); // otherwise the table would become empty
        List<Integer> keys = putInto(0, 41);
        assertEquals(5, table.overflow());
        keys.forEach(key -> table.remove(key, key));
        List<Integer> others = putInto(1, 25);
        assertEquals(8, table.overflow());
        put(others.get(0));
        assertFalse(table.isGrowing(), "no entry has come");
        putInto(2, 1);
        assertTrue(table.isGrowing());
        assertEquals(8, table.buckets().length);
        while (table.isGrowing()) {
            put(filler);
        }
        assertEquals(3, table.overflow());
    }

    /** The tests' heap has no room for 2^30 references. */
    @Test
    void aGrowthThatDoesNotFitTheMemoryIsTriedAgainLater() {
        assumeTrue(Runtime.getRuntime().maxMemory() < 4L << GoTable.MAX_BITS);
        table = new GoTable(6);
        for (int key = 0; key < 100; key++) {
            put(key);
        }
        withoutHeapDump(() -> assertFalse(table.tryGrow(1 << GoTable.MAX_BITS)));
        assertFalse(table.isGrowing());
        for (int key = 100; key <= 416; key++) {
            put(key);
        }
        for (int attempt = 1; attempt < LEFT_OUT; attempt++) {
            put(416 + attempt);
            assertFalse(table.isGrowing(), "attempt " + attempt);
        }
        put(1_000);
        assertTrue(table.isGrowing());
        for (int key = 0; key < 416 + LEFT_OUT; key++) {
            assertEquals("value " + key, get(key));
        }
    }

    /** This runs out of memory on purpose, so it needs no heap dump. */
    private static void withoutHeapDump(Runnable step) {
        HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        String option = "HeapDumpOnOutOfMemoryError";
        String before = vm.getVMOption(option).getValue();
        vm.setVMOption(option, "false");
        try {
            step.run();
        } finally {
            vm.setVMOption(option, before);
        }
    }

    // What a write moves

    @Test
    void aWriteMovesItsBucketAndTheNextInOrder() {
        table = new GoTable(3);
        table.tryGrow(16);
        int key = 0;
        while (GoTable.indexOf(table.hash(key), table.old()) != 5) {
            key++;
        }
        put(key);
        assertSame(GoTable.MOVED, table.old()[0]);
        assertSame(GoTable.MOVED, table.old()[5]);
        assertEquals(6, table.oldBucketsLeft());
        table.remove(key, key);
        assertFalse(table.isGrowing(), "it is empty");
    }

    /** A write skips moved buckets, but only a limited number. */
    @ParameterizedTest
    @CsvSource({"62, true", "63, true", "64, false", "200, false"})
    void aWritePassesOverSixtyFourBucketsAtMost(int moved, boolean reached) {
        table = new GoTable(8);
        int last = putInto(0, 1).get(0);
        table.tryGrow(512);
        for (int index = 0; index < moved; index++) {
            table.tryEvacuate(index);
        }
        put(last);
        assertEquals(256 - moved - (reached ? 1 : 0), table.oldBucketsLeft());
        put(last);
        assertEquals(256 - moved - (reached ? 2 : moved < 128 ? 1 : 0), table.oldBucketsLeft());
    }

    // How a bucket moves

    @ParameterizedTest
    @CsvSource({"4, 4", "4, 8", "16, 16", "16, 32"})
    void whatMovesIsThereAtEachStep(int from, int to) {
        table = new GoTable(Integer.numberOfTrailingZeros(from));
        int entries = 6 * from;
        for (int key = 0; key < entries; key++) {
            put(key);
        }
        while (table.isGrowing()) { // chains may have been too long
            put(0);
        }
        assertEquals(from, table.buckets().length);
        assertTrue(table.tryGrow(to));
        GoBucket[] old = table.old();
        for (int index = 0; index < from; index++) {
            assertEquals(from - index, table.oldBucketsLeft());
            table.tryEvacuate(index);
            assertSame(GoTable.MOVED, old[index]);
            GoMapInvariants.check(table);
            for (int key = 0; key < entries; key++) {
                assertEquals("value " + key, get(key));
            }
            assertNull(get(entries));
        }
        assertFalse(table.isGrowing());
        assertEquals(to, table.buckets().length);
        assertEquals(entries, table.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128})
    void aLongChainMovesWholeAndDense(int to) {
        table = new GoTable(6);
        for (int id = 0; id < 150; id++) {
            put(new OfOneHash(id));
        }
        assertEquals(18, table.overflow());
        for (int id = 0; id < 150; id += 2) {
            table.remove(new OfOneHash(id), 42);
        }
        assertEquals(18, table.overflow());
        assertTrue(table.tryGrow(to));
        for (int index = 0; index < 64; index++) {
            table.tryEvacuate(index);
        }
        assertEquals(9, table.overflow());
        for (int id = 0; id < 150; id++) {
            OfOneHash key = new OfOneHash(id);
            assertEquals(id % 2 == 0 ? null : "value " + key, get(key));
        }
    }

    @Test
    void aKeyThatCannotBeHashedKeepsItsBucketWhereItIs() {
        boolean[] throwing = {false};
        Object moody = new Object() {
            @Override
            public int hashCode() {
                if (throwing[0]) {
                    throw new IllegalStateException("moody");
                }
                return 7;
            }
        };
        table = new GoTable(3);
        put(moody);
        table.tryGrow(16);
        throwing[0] = true;
        for (int key = 0; key < 100; key++) {
            put(key); // some into the old bucket
        }
        assertEquals(1, table.oldBucketsLeft());
        for (int key = 0; key < 100; key++) {
            assertEquals("value " + key, get(key));
        }
        assertNotNull(table.get(moody, 7));
        for (int key = 0; key < 90; key++) {
            assertEquals("value " + key, table.remove(key, key));
        }
        throwing[0] = false;
        while (table.isGrowing()) {
            put(0);
        }
        assertNotNull(get(moody));
    }

    // How it becomes empty

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmptyTableHasAnotherSeedAndNoOldBuckets(boolean clear) {
        for (int key = 0; key < 20; key++) {
            put(key);
        }
        table.tryGrow(8);
        long seed = table.seed();
        for (int key = 0; key < 19; key++) {
            table.remove(key, key);
        }
        assertEquals(seed, table.seed());
        if (clear) {
            table.clear();
        } else {
            table.remove(19, 19);
        }
        assertNotEquals(seed, table.seed());
        assertFalse(table.isGrowing());
        assertEquals(0, table.size());
        assertEquals(8, table.buckets().length);
    }

    /** Moving a bucket is not a change: what a cursor has copied stays valid. */
    @Test
    void eachChangeOfAnEntryIsCounted() {
        long before = table.changes();
        put(1);
        assertTrue(table.changes() > before, "added");
        before = table.changes();
        put(1);
        assertTrue(table.changes() > before, "changed");
        before = table.changes();
        get(1);
        table.remove(2, 2);
        table.tryGrow(8);
        table.tryEvacuate(0);
        table.remove(2, 2);
        assertEquals(before, table.changes());
        table.remove(1, 1);
        assertTrue(table.changes() > before, "removed");
    }

    private record OfOneHash(int id) {
        @Override
        public int hashCode() {
            return 42;
        }
    }
}
