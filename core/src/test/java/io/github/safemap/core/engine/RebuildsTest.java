package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RebuildsTest {
    private final Rebuilds rebuilds = new Rebuilds();

    private static Table table(int bits, int entriesMoved) {
        Table table = new Table(bits, 1);
        table.tally().countEntriesMoved(entriesMoved);
        return table;
    }

    @Test
    void growthsAndShrinksAreToldApartAndAddedUp() {
        rebuilds.ended(table(3, 50), table(4, 0));
        rebuilds.ended(table(4, 100), table(5, 0));
        assertEquals(2, rebuilds.grown());
        assertEquals(0, rebuilds.shrunk());
        assertEquals(150, rebuilds.entriesMoved());
        assertEquals(0, rebuilds.bytesGivenBack());
        rebuilds.ended(table(6, 7), table(3, 0));
        long arrays = ShardsShape.arrayBytes(64) - ShardsShape.arrayBytes(8);
        assertEquals(2, rebuilds.grown());
        assertEquals(1, rebuilds.shrunk());
        assertEquals(157, rebuilds.entriesMoved());
        assertEquals(arrays, rebuilds.bytesGivenBack());
        rebuilds.ended(table(3, 1), table(3, 0));
        assertEquals(2, rebuilds.grown(), "to as many buckets is no growth");
        assertEquals(arrays, rebuilds.bytesGivenBack());
    }

    @Test
    void theLongestStepIsKept() {
        assertEquals(0, rebuilds.longestStepNanos());
        rebuilds.stepTook(5);
        rebuilds.stepTook(3);
        assertEquals(5, rebuilds.longestStepNanos());
        rebuilds.stepTook(9);
        assertEquals(9, rebuilds.longestStepNanos());
    }
}
