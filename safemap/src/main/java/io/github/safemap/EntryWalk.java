package io.github.safemap;

import io.github.safemap.core.engine.Shards;
import io.github.safemap.core.engine.Table;
import io.github.safemap.core.engine.TableCursor;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A weakly consistent way through the entries of a {@link SafeMap}, which can be split: what iterators,
 * spliterators and bulk removals go along.
 *
 * <p>It goes from shard to shard, beginning at a random one, and asks for the shard's table at each
 * step. A map that has been cleared has other shards: then nothing was there throughout, and the walk
 * ends.
 */
final class EntryWalk<K, V> {
    private final SafeMap<K, V> map;
    private final Shards shards;
    private final int random;

    /** The shard in which the walk is, counted from the random one, and where it ends. */
    private int at;

    private int end;

    /** The place in the present shard; made when the walk comes there. */
    private @Nullable TableCursor cursor;

    EntryWalk(SafeMap<K, V> map) {
        this.map = map;
        shards = map.getShardsAcquire();
        random = ThreadLocalRandom.current().nextInt();
        end = shards.length();
    }

    private EntryWalk(EntryWalk<K, V> whole, int at, int end) {
        map = whole.map;
        shards = whole.shards;
        random = whole.random;
        this.at = at;
        this.end = end;
    }

    private Table table() {
        return shards.getTableAcquire(random + at & (shards.length() - 1));
    }

    private TableCursor cursor(Table table) {
        TableCursor present = cursor;
        if (present == null) {
            present = new TableCursor(table, random);
            cursor = present;
        }
        return present;
    }

    /** Steps to the next entry, if there is one. */
    boolean advance() {
        while (at < end) {
            if (map.getShardsAcquire() != shards) {
                at = end;
            } else {
                Table table = table();
                if (cursor(table).advance(table)) {
                    return true;
                }
                at++;
            }
            cursor = null; // holds on to nothing
        }
        return false;
    }

    /** Returns the key that the walk has stepped to. */
    @SuppressWarnings("unchecked")
    K key() {
        return (K) Objects.requireNonNull(Objects.requireNonNull(cursor).key());
    }

    /** Returns a value that the key had during that step. */
    @SuppressWarnings("unchecked")
    V value() {
        return (V) Objects.requireNonNull(Objects.requireNonNull(cursor).value());
    }

    /** Removes the key that the walk has stepped to, whatever its value is by now. */
    boolean removeKey(int mode) {
        return remove(null, mode);
    }

    /** Removes the key that the walk has stepped to if its value is still the very same object. */
    boolean removeUnchanged(int mode) {
        return remove(new Same(value()), mode);
    }

    private boolean remove(@Nullable Object expected, int mode) {
        K key = key();
        return shards.write(key, key.hashCode(), expected, null, Shards.REPLACE + mode) != null;
    }

    /**
     * Leaves about half of what lies ahead to another walk: half of the shards, or if this is the last
     * one, half of its table. For the two together the promises are those of one.
     *
     * @return the other walk; null if less than two buckets lie ahead
     */
    @Nullable EntryWalk<K, V> split() {
        int shardsAhead = end - at;
        if (shardsAhead > 1) {
            int cut = end - shardsAhead / 2;
            EntryWalk<K, V> rest = new EntryWalk<>(this, cut, end);
            end = cut;
            return rest;
        }
        if (shardsAhead == 0) {
            return null;
        }
        Table table = table();
        TableCursor half = cursor(table).split(table);
        if (half == null) {
            return null;
        }
        EntryWalk<K, V> rest = new EntryWalk<>(this, at, end);
        rest.cursor = half;
        return rest;
    }

    /** A value to expect that equals itself only, whatever its own {@code equals} says. */
    private record Same(Object value) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other == value;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value);
        }
    }
}
