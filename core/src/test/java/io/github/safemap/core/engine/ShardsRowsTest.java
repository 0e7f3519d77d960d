package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/**
 * Look-ups begin in a row of buckets that may be an older table's than the shard's. They must never take
 * what is missing there for missing.
 */
class ShardsRowsTest {
    /**
     * Another thread may have made the first table, and an entry been put into it, while the row is still
     * the one from before: had that an empty place for a bucket, the entry would seem not to be there.
     */
    @Test
    void theRowFromBeforeTheFirstTableSaysNothingOfAnyKey() {
        Shards shards = new Shards(new ShardPolicy(2, 0, false, 0, null));
        for (int shard = 0; shard < shards.length(); shard++) {
            assertSame(Table.UNDECIDED, Table.probe(shards.getRowAcquire(shard), "a", 0x1234_5678L));
        }
        assertNull(shards.get("a", "a".hashCode()));
    }

    @Test
    void theRowOfATableThatHasMovedAwaySaysNothingOfAnyKey() {
        ShardsFixture shard = new ShardsFixture(3, false, 0);
        shard.putAll(0, 20); // so few that some buckets are empty
        Table old = shard.shards().getTableAcquire(0);
        assertSame(old.buckets(), shard.shards().getRowAcquire(0));

        Growth.start(old, 4);
        shard.settle();
        Table fresh = shard.shards().getTableAcquire(0);
        assertNotSame(old, fresh);
        assertSame(fresh.buckets(), shard.shards().getRowAcquire(0));
        for (int key = -20; key < 40; key++) {
            assertSame(Table.UNDECIDED, Table.probe(old.buckets(), key, old.hash(key)));
            assertEquals(key >= 0 && key < 20 ? key : null, shard.get(key));
        }
    }

    @Test
    void inTheMiddleOfAMoveEachKeyIsFound() {
        ShardsFixture shard = new ShardsFixture(3, false, 0);
        shard.putAll(0, 20);
        Table old = shard.shards().getTableAcquire(0);
        Growth.start(old, 2);
        for (int index = 0; index < old.length(); index++) {
            for (int key = -20; key < 40; key++) {
                assertEquals(key >= 0 && key < 20 ? key : null, shard.get(key));
            }
            shard.shards().evacuate(0, old, index, index + 1);
            assertEquals(index + 1, old.tally().movedAcquire());
        }
        assertNotSame(old, shard.shards().getTableAcquire(0));
    }
}
