package io.github.safemap.core;

import io.github.safemap.core.engine.TopHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks everything that must be true of a {@link GoMap} between two operations. */
public final class GoMapInvariants {
    private final Map<Object, Object> seen = new HashMap<>();
    private final List<Object> keys = new ArrayList<>();
    private final GoTable table;

    private GoMapInvariants(GoTable table) {
        this.table = table;
    }

    /**
     * Checks a map.
     *
     * @return the keys found in its tables
     * @throws AssertionError if something is not as it must be
     */
    public static List<Object> check(GoMap<?, ?> map) {
        map.stats(); // throws if a write flag was left set
        return check(map.table());
    }

    static List<Object> check(GoTable table) {
        GoMapInvariants check = new GoMapInvariants(table);
        check.table();
        return check.keys;
    }

    private void table() {
        GoBucket[] buckets = table.buckets();
        GoBucket[] old = table.old();
        expect((table.seed() & 1) == 1, "even seed %d", table.seed());
        expect(Integer.bitCount(buckets.length) == 1, "%d buckets", buckets.length);
        expect(
                old.length == 0 || old.length == buckets.length || 2 * old.length == buckets.length,
                "from %d buckets to %d",
                old.length,
                buckets.length);
        long left = Arrays.stream(old).filter(main -> main != GoTable.MOVED).count();
        expect(left == table.oldBucketsLeft(), "%d buckets left, but it says %d", left, table.oldBucketsLeft());
        expect(left > 0 || !table.isGrowing(), "the growth has not ended");
        for (int i = 0; i < old.length; i++) {
            if (old[i] != GoTable.MOVED) {
                chain(old, i);
                for (int to = i; to < buckets.length; to += old.length) {
                    expect(buckets[to] == null, "bucket %d is there, but bucket %d has not moved", to, i);
                }
            }
        }
        int overflow = 0;
        for (int i = 0; i < buckets.length; i++) {
            overflow += chain(buckets, i);
        }
        expect(overflow == table.overflow(), "%d overflow buckets, but the count is %d", overflow, table.overflow());
        expect(keys.size() == table.size(), "%d entries, but size is %d", keys.size(), table.size());
        expect(GoTable.MOVED.top(0) == 0 && GoTable.MOVED.overflow() == null, "MOVED has been written to");
    }

    /** Checks one chain and returns the number of its overflow buckets. */
    private int chain(GoBucket[] array, int index) {
        expect(array[index] != GoTable.MOVED, "bucket %d has moved to nowhere", index);
        int overflow = -1;
        int position = 0;
        int firstRest = Integer.MAX_VALUE;
        int lastFull = -1;
        for (GoBucket bucket = array[index]; bucket != null; bucket = bucket.overflow()) {
            overflow++;
            for (int slot = 0; slot < GoBucket.SLOTS; slot++, position++) {
                int top = bucket.top(slot);
                if (top >= TopHash.FULL) {
                    lastFull = position;
                    full(array, index, bucket, slot);
                    continue;
                }
                expect(
                        top == TopHash.EMPTY_ONE || top == TopHash.EMPTY_REST,
                        "slot %d of bucket %d has the tophash %d",
                        position,
                        index,
                        top);
                expect(
                        bucket.key(slot) == null && bucket.value(slot) == null,
                        "empty slot %d of bucket %d holds on to an entry",
                        position,
                        index);
                if (top == TopHash.EMPTY_REST) {
                    firstRest = Math.min(firstRest, position);
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
        return Math.max(0, overflow);
    }

    private void full(GoBucket[] array, int index, GoBucket bucket, int slot) {
        Object key = bucket.key(slot);
        Object value = bucket.value(slot);
        expect(key != null && value != null, "full slot %d of bucket %d is empty", slot, index);
        long hash = table.hash(key.hashCode());
        expect(GoTable.indexOf(hash, array) == index, "key %s lies in bucket %d", key, index);
        expect(TopHash.of(hash) == bucket.top(slot), "key %s has the tophash %d", key, bucket.top(slot));
        expect(seen.put(key, key) == null, "key %s is there twice", key);
        Object found = table.get(key, key.hashCode());
        expect(found == value, "key %s leads to %s, not to %s", key, found, value);
        keys.add(key);
    }

    private static void expect(boolean condition, String message, @Nullable Object... arguments) {
        if (!condition) {
            throw new AssertionError(String.format(message, arguments));
        }
    }
}
