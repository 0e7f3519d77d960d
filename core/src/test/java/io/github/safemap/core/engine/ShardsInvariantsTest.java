package io.github.safemap.core.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broken twins of the invariants: each damage is found, or no test that checks them says much. */
class ShardsInvariantsTest {
    /** Something that must never be so at rest. */
    enum Damage {
        CLAIM_LEFT_BEHIND("claimed", table -> {
            Bucket main = bucketOf(table);
            assertTrue(main.tryClaim(main.getControlAcquire()));
        }),
        RETIRED_BUCKET_IN_PLACE("retired", table -> bucketOf(table).retire()),
        ENTRY_IN_THE_WRONG_BUCKET("lies in bucket", table -> {
            int index = table.indexOf(table.hash(7));
            ChainBuilder chain = new ChainBuilder(Bucket.SLOTS);
            chain.add(TopHash.of(table.hash(7)), 7, 7);
            table.setBucketRelease(index ^ 1, chain.head());
        }),
        ENTRY_TWICE("twice", table -> {
            long hash = table.hash(7);
            int index = table.indexOf(hash);
            Bucket main = Chain.nonNull(table.getBucketAcquire(index));
            table.add(index, main, TopHash.of(hash), 7, 7, false);
        }),
        ENTRY_LOST("", table -> {
            int index = table.indexOf(table.hash(7));
            Bucket main = Chain.nonNull(table.getBucketAcquire(index));
            Chain.removeAt(main, Chain.find(main, 7, TopHash.pattern(table.hash(7))));
        }),
        OVERFLOW_MISCOUNTED("overflow", table -> table.tally().addOverflowBuckets(1)),
        LIVE_MISCOUNTED("chains report", table -> table.tally().moved(8)),
        MOVED_MISCOUNTED("moved", Table::countMoved),
        EMPTY_BUCKET_LEFT("empty bucket", table -> {
            table.setBucketRelease(table.indexOf(table.hash(7)), new Bucket(Bucket.FEW));
        }),
        SMALL_TREE_LEFT("tree of only", table -> plant(table, 7, 7, true)),
        TREE_IN_THE_WRONG_BUCKET("lies in bucket", table -> {
            KeyTree[] trees = {grown(table.hash(70), true)};
            table.setBucketRelease(table.indexOf(table.hash(70)) ^ 1, Bucket.ofTrees(trees));
        }),
        TREE_OF_ANOTHER_HASH("another hash", table -> plant(table, 70, 7, true)),
        CELL_LEFT_EMPTY("without a value", table -> plant(table, 70, 70, false)),
        TREE_HIDDEN("leads to null", table -> {
            plant(table, 70, 70, true);
            Chain.nonNull(table.getBucketAcquire(table.indexOf(table.hash(70)))).setTophashRelease(0);
        }),
        TREE_NOT_BOOKED("chains report", table -> plant(table, 70, 70, true)),
        ENTRIES_MISCOUNTED("entries, but size", table -> {
            int index = table.indexOf(table.hash(70));
            int before = Crowd.booked(table.getBucketAcquire(index), index);
            plant(table, 70, 70, true); // in place of what the seed may have put there
            table.tally().moved(Crowd.booked(table.getBucketAcquire(index), index) - before);
        });

        private final String message;
        private final Consumer<Table> step;

        Damage(String message, Consumer<Table> step) {
            this.message = message;
            this.step = step;
        }

        /** Puts a tree for the hash of one number into the bucket of another. */
        private static void plant(Table table, int place, int number, boolean filled) {
            int index = table.indexOf(table.hash(place));
            ChainBuilder chain = new ChainBuilder(0);
            KeyTree tree = grown(table.hash(number), filled);
            chain.addTrees(place == 7 ? KeyTree.empty(Same.class, table.hash(7)) : tree);
            table.setBucketRelease(index, chain.head());
        }

        private static KeyTree grown(long hash, boolean filled) {
            KeyTree tree = KeyTree.empty(Same.class, hash);
            for (int id = 0; id < Crowd.MANY; id++) {
                Same key = new Same(id);
                tree = tree.find(key).with(key, new AtomicReference<>(filled ? id : null));
            }
            return tree;
        }

        private static Bucket bucketOf(Table table) {
            return Chain.nonNull(table.getBucketAcquire(table.indexOf(table.hash(7))));
        }
    }

    /** Keys of one hash, that of 70. */
    private record Same(int id) implements Comparable<Same> {
        @Override
        public int hashCode() {
            return 70;
        }

        @Override
        public int compareTo(Same other) {
            return Integer.compare(id, other.id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void damageIsFound(Damage damage) {
        ShardsFixture shard = full();
        damage.step.accept(shard.newestTable());
        String message = assertThrows(AssertionError.class, () -> ShardsInvariants.check(shard.shards()))
                .getMessage();
        assertTrue(message.contains(damage.message), message);
    }

    @Test
    void shardsWithoutDamagePass() {
        ShardsInvariants.check(full().shards());
    }

    private static ShardsFixture full() {
        ShardsFixture shard = new ShardsFixture(5, true, 0);
        shard.putAll(0, 12); // so few that no bucket has an overflow
        return shard;
    }
}
