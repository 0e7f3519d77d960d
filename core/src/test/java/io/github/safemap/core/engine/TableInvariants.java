package io.github.safemap.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The deep check of a table's structure: the only definition of what must be true of one while
 * nobody changes it. It is run after every test.
 */
public final class TableInvariants {
    private final Map<Object, Object> seen = new HashMap<>();
    private final List<Object> keys = new ArrayList<>();
    private final Table root;

    /**
     * Whether memory has run out: then what a removal would have given back may still be there, a cell
     * without a value, a small tree, or a bucket without entries.
     */
    private static boolean untidy;

    /** Says whether memory has run out in the maps that are checked from now on. */
    public static void setUntidy(boolean now) {
        untidy = now;
    }

    static boolean isUntidy() {
        return untidy;
    }

    private TableInvariants(Table root) {
        this.root = root;
    }

    /**
     * Checks the tables of one map, or of one shard.
     *
     * @param root the oldest table
     * @return the keys found
     * @throws AssertionError if something is not as it must be
     */
    public static List<Object> check(Table root) {
        TableInvariants check = new TableInvariants(root);
        for (Table table = root; table != null; table = table.getNextAcquire()) {
            check.table(table);
        }
        return check.keys;
    }

    /** Returns the sizes of the trees of one map, or of one shard, in no order. */
    public static List<Integer> trees(Table root) {
        List<Integer> sizes = new ArrayList<>();
        for (Table table = root; table != null; table = table.getNextAcquire()) {
            for (int i = 0; i < table.length(); i++) {
                Bucket main = table.getBucketAcquire(i);
                if (main != null) {
                    for (KeyTree tree : main.getTreesAcquire()) {
                        sizes.add(tree.size());
                    }
                }
            }
        }
        return sizes;
    }

    private void table(Table table) {
        expect(table.length() == 1 << table.bits(), "table of %d buckets says B = %d", table.length(), table.bits());
        expect((table.seed() & 1) == 1, "even seed %d", table.seed());
        Table next = table.getNextAcquire();
        expect(next == null || next.seed() == table.seed(), "seed changed while growing");
        int overflow = 0;
        int moved = 0;
        for (int i = 0; i < table.length(); i++) {
            Bucket main = table.getBucketAcquire(i);
            if (main == Bucket.FORWARDED) {
                moved++;
                expect(next != null, "bucket %d forwarded to nowhere", i);
            } else {
                if (main != null) {
                    overflow += chain(table, i, main);
                }
            }
        }
        expect(
                moved == table.tally().movedAcquire(),
                "%d buckets moved, but the tally says %d",
                moved,
                table.tally().movedAcquire());
        expect(
                overflow == table.tally().overflowBuckets(),
                "%d overflow buckets, but the count is %d",
                overflow,
                table.tally().overflowBuckets());
        expect(
                Bucket.FORWARDED.getOverflowAcquire() == null && Bucket.FORWARDED.getTophashAcquire() == 0,
                "FORWARDED has been written to");
    }

    /** Checks one chain and returns the number of its overflow buckets. */
    private int chain(Table table, int index, Bucket main) {
        int word = main.getControlAcquire();
        expect(!Bucket.isRetired(word), "bucket %d is retired, but still in its table", index);
        expect(!Bucket.isClaimed(word), "bucket %d is still claimed", index);
        trees(table, index, main);
        int overflow = -1;
        int position = 0;
        int firstRest = Integer.MAX_VALUE;
        int lastFull = -1;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            overflow++;
            int capacity = bucket.capacity();
            expect(
                    capacity == Bucket.SLOTS || bucket.hasTrees() || bucket.getOverflowAcquire() == null,
                    "narrow bucket %d has an overflow bucket",
                    index);
            expect(
                    !bucket.hasTrees() || (bucket == main && bucket.getTophashAcquire() == TopHash.NO_SLOTS),
                    "trees of bucket %d hide the rest, or are hidden",
                    index);
            for (int slot = 0; slot < capacity; slot++, position++) {
                int state = TopHash.stateAt(bucket.getTophashAcquire(), slot);
                if (state >= TopHash.FULL) {
                    lastFull = position;
                    full(table, index, bucket, slot, state);
                } else {
                    expect(
                            state == TopHash.EMPTY_ONE || state == TopHash.EMPTY_REST,
                            "slot %d of bucket %d has the state %d",
                            position,
                            index,
                            state);
                    expect(
                            bucket.getKeyAcquire(slot) == null && bucket.getValueAcquire(slot) == null,
                            "free slot %d of bucket %d holds on to an entry",
                            position,
                            index);
                    if (state == TopHash.EMPTY_REST) {
                        firstRest = Math.min(firstRest, position);
                    }
                }
            }
        }
        expect(lastFull < firstRest, "bucket %d: emptyRest at %d, but %d is full", index, firstRest, lastFull);
        expect(
                firstRest == lastFull + 1 || lastFull == position - 1,
                "bucket %d: empty from %d on, but emptyRest only from %d",
                index,
                lastFull + 1,
                firstRest);
        return overflow;
    }

    private void trees(Table table, int index, Bucket main) {
        KeyTree[] trees = main.getTreesAcquire();
        expect(main.hasTrees() == (trees.length > 0), "bucket %d has no trees any more", index);
        for (KeyTree tree : trees) {
            List<Object> sorted = new ArrayList<>();
            tree.forEach((key, cell) -> {
                Object value = cell.getAcquire();
                expect(value != null || untidy, "key %s is left in its tree without a value", key);
                expect(
                        sorted.isEmpty() || compare(sorted.get(sorted.size() - 1), key) < 0,
                        "key %s is out of place in its tree",
                        key);
                expect(key.getClass() == tree.type(), "key %s is in a tree of %s", key, tree.type());
                long hash = table.hash(key.hashCode());
                expect(hash == tree.hash(), "key %s is in the tree of another hash", key);
                expect(table.indexOf(hash) == index, "key %s lies in bucket %d", key, index);
                if (value != null) {
                    entry(key, value);
                }
                sorted.add(key);
            });
            int size = sorted.size();
            expect(size == tree.size(), "tree of %d keys says %d", size, tree.size());
            expect(size > Crowd.FEW || untidy, "tree of only %d keys in bucket %d", size, index);
            // (1 / (1 - 1/4)) to the power of the height, at most, are the keys of such a tree
            expect(
                    tree.height() <= Math.log(size + 1) / Math.log(4 / 3.0) + 1,
                    "tree of %d keys has the height %d",
                    size,
                    tree.height());
            expect(KeyTree.of(trees, tree.hash()) == tree, "two trees of one hash");
        }
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object some, Object other) {
        return ((Comparable<Object>) some).compareTo(other);
    }

    private void full(Table table, int index, Bucket bucket, int slot, int state) {
        Object key = bucket.getKeyAcquire(slot);
        Object value = bucket.getValueAcquire(slot);
        if (key == null || value == null) {
            throw new AssertionError("full slot " + slot + " of bucket " + index + " is empty");
        }
        long hash = table.hash(key.hashCode());
        expect(table.indexOf(hash) == index, "key %s lies in bucket %d", key, index);
        expect(TopHash.of(hash) == state, "key %s has the tophash %d", key, state);
        entry(key, value);
    }

    private void entry(Object key, @Nullable Object value) {
        expect(seen.put(key, key) == null, "key %s is there twice", key);
        Object found = root.get(key, root.hash(key.hashCode()));
        expect(found == value, "key %s leads to %s, not to %s", key, found, value);
        keys.add(key);
    }

    private static void expect(boolean condition, String message, @Nullable Object... arguments) {
        if (!condition) {
            throw new AssertionError(String.format(message, arguments));
        }
    }
}
