package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why a cursor may go from table to table: every hash has one position, and the buckets of every table
 * are intervals of positions or unions of the base table's.
 */
class IterationOrderTest {
    private static final int HASHES = 2_000;
    private static final int MOST_BITS = Table.MAX_BITS;

    private final SplittableRandom random = new SplittableRandom(8410);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 13, 25, 30})
    void aPositionTellsAllBitsOfItsHash(int baseBits) {
        IterationOrder order = new IterationOrder(baseBits);
        for (int i = 0; i < HASHES; i++) {
            long hash = random.nextLong();
            long position = order.positionOf(hash);
            assertTrue(0 <= position && position < IterationOrder.END, () -> "at " + position);
            assertEquals(HashSeed.indexBits(hash), order.bucketAt(position, -1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 13, 25, 30})
    void aPositionLiesInTheBucketThatItsHashHasInEveryTable(int baseBits) {
        IterationOrder order = new IterationOrder(baseBits);
        for (int i = 0; i < HASHES; i++) {
            long hash = random.nextLong();
            long position = order.positionOf(hash);
            for (int bits = 0; bits <= MOST_BITS; bits++) {
                int mask = (1 << bits) - 1;
                assertEquals(HashSeed.bucketIndex(hash, mask), order.bucketAt(position, mask));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5, 13, 25, 30})
    void theBucketsOfLargerTablesAreNestedIntervals(int baseBits) {
        IterationOrder order = new IterationOrder(baseBits);
        for (int i = 0; i < HASHES; i++) {
            long position = order.positionOf(random.nextLong());
            long outerFrom = order.startOfBase(order.bucketAt(position, (1 << baseBits) - 1));
            long outerTo = order.endOfBucket(position, baseBits);
            assertTrue(order.isWholeBucket(outerFrom, outerTo, baseBits));
            for (int bits = baseBits; bits <= MOST_BITS; bits++) {
                long width = IterationOrder.END >>> bits;
                long to = order.endOfBucket(position, bits);
                long from = to - width;
                assertTrue(from <= position && position < to, "a position outside its bucket");
                assertTrue(outerFrom <= from && to <= outerTo, "a bucket outside its parent");
                assertTrue(order.isWholeBucket(from, to, bits));
                int mask = (1 << bits) - 1;
                int bucket = order.bucketAt(position, mask);
                assertEquals(bucket, order.bucketAt(from, mask));
                assertEquals(bucket, order.bucketAt(to - 1, mask));
                assertEquals(bucket, order.bucketAt(from + random.nextLong(width), mask));
                if (bits > 0) {
                    long all = IterationOrder.END - 1;
                    assertNotEquals(bucket, order.bucketAt(to & all, mask));
                    assertNotEquals(bucket, order.bucketAt((from - 1) & all, mask));
                }
                outerFrom = from;
                outerTo = to;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 13, 25, 30})
    void aBucketOfASmallerTableIsAUnionOfBaseBuckets(int baseBits) {
        IterationOrder order = new IterationOrder(baseBits);
        for (int i = 0; i < HASHES; i++) {
            int base = random.nextInt(1 << baseBits);
            long from = order.startOfBase(base);
            for (int bits = 0; bits < baseBits; bits++) {
                long to = order.endOfBucket(from, bits);
                assertEquals(IterationOrder.END >>> baseBits, to - from);
                int mask = (1 << bits) - 1;
                assertEquals(base & mask, order.bucketAt(from, mask));
                assertEquals(base & mask, order.bucketAt(to - 1, mask));
                assertTrue(!order.isWholeBucket(from, to, bits), "others lie in it too");
            }
        }
    }

    /** What a cursor does while the table is another one at every step. */
    @Test
    void aWalkThroughTablesOfAnySizesMeetsEveryHashOnce() {
        for (int round = 0; round < 200; round++) {
            int baseBits = random.nextInt(8);
            IterationOrder order = new IterationOrder(baseBits);
            long[] positions =
                    random.longs(HASHES).map(order::positionOf).sorted().toArray();
            int met = 0;
            long position = 0;
            while (position < IterationOrder.END) {
                int bits = random.nextInt(12);
                long end = order.endOfBucket(position, bits);
                int first = lowerBound(positions, position);
                int behind = lowerBound(positions, end);
                int mask = (1 << bits) - 1;
                int bucket = order.bucketAt(position, mask);
                for (int i = first; i < behind; i++) {
                    assertEquals(bucket, order.bucketAt(positions[i], mask));
                }
                met += behind - first;
                position = end;
            }
            assertEquals(IterationOrder.END, position, "the last step went past the end");
            assertEquals(HASHES, met);
        }
    }

    private static int lowerBound(long[] sorted, long bound) {
        int low = Arrays.binarySearch(sorted, bound);
        if (low < 0) {
            return -low - 1;
        }
        while (low > 0 && sorted[low - 1] == bound) {
            low--;
        }
        return low;
    }
}
