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

    private void table(Table table) {
        expect(
                table.length() == 1 << table.bits(),
                "table of %d buckets says B = %d",
                table.length(),
                table.bits());
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
                Bucket.FORWARDED.getOverflowAcquire() == null
                        && Bucket.FORWARDED.getTophashAcquire() == 0,
                "FORWARDED has been written to");
    }

    /** Checks one chain and returns the number of its overflow buckets. */
    private int chain(Table table, int index, Bucket main) {
        int word = main.getControlAcquire();
        expect(!Bucket.isRetired(word), "bucket %d is retired, but still in its table", index);
        expect(!Bucket.isClaimed(word), "bucket %d is still claimed", index);
        int overflow = -1;
        int position = 0;
        int firstRest = Integer.MAX_VALUE;
        int lastFull = -1;
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            overflow++;
            int capacity = bucket.capacity();
            expect(
                    capacity == Bucket.SLOTS || bucket.getOverflowAcquire() == null,
                    "narrow bucket %d has an overflow bucket",
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
                            bucket.getKeyAcquire(slot) == null
                                    && bucket.getValueAcquire(slot) == null,
                            "free slot %d of bucket %d holds on to an entry",
                            position,
                            index);
                    if (state == TopHash.EMPTY_REST) {
                        firstRest = Math.min(firstRest, position);
                    }
                }
            }
        }
        expect(
                lastFull < firstRest,
                "bucket %d: emptyRest at %d, but %d is full",
                index,
                firstRest,
                lastFull);
        expect(
                firstRest == lastFull + 1 || lastFull == position - 1,
                "bucket %d: empty from %d on, but emptyRest only from %d",
                index,
                lastFull + 1,
                firstRest);
        return overflow;
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
