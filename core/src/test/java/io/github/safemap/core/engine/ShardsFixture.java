package io.github.safemap.core.engine;

/** One shard of {@code Integer} keys without an executor, and what its tables go through. */
final class ShardsFixture {
    private final Shards shards;
    private Table newest;
    private int rebuilds;
    private int written;

    ShardsFixture(int minBits, boolean growOnly, int shrinkThreshold) {
        shards = new Shards(new ShardPolicy(0, minBits, growOnly, shrinkThreshold, null));
        newest = newestTable();
    }

    Shards shards() {
        return shards;
    }

    Object put(Object key, Object value) {
        Object old = shards.write(key, key.hashCode(), null, value, Shards.INSERT + Shards.REPLACE);
        observe();
        return old;
    }

    Object remove(Object key) {
        Object old = shards.write(key, key.hashCode(), null, null, Shards.REPLACE);
        observe();
        return old;
    }

    Object get(Object key) {
        return shards.get(key, key.hashCode());
    }

    void putAll(int from, int to) {
        for (int key = from; key < to; key++) {
            put(key, key);
        }
    }

    void removeAll(int from, int to) {
        for (int key = from; key < to; key++) {
            remove(key);
        }
    }

    /** Ends what evacuation there is. */
    void settle() {
        Table root = shards.getTableAcquire(0);
        shards.evacuate(0, root, 0, root.length());
    }

    private void observe() {
        written++;
        Table now = newestTable();
        if (now != newest) {
            rebuilds++;
            newest = now;
        }
    }

    /** Returns how many tables have been built since the last call, the first one included. */
    int rebuilds() {
        int since = rebuilds;
        rebuilds = 0;
        return since;
    }

    /** Returns how many writes there have been. */
    int written() {
        return written;
    }

    Table newestTable() {
        Table table = shards.getTableAcquire(0);
        for (Table next = table; next != null; next = table.getNextAcquire()) {
            table = next;
        }
        return table;
    }

    int bits() {
        return newestTable().bits();
    }

    int live() {
        return (int) shards.size();
    }
}
