package io.github.safemap.core.engine;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Keys of one hash where a test wants them, in a map of one shard without other entries: so few in a
 * tree, and so many in slots without the work of putting them there one by one, that a map can be made for
 * each sample.
 */
public final class Trees {
    /** One more key than this in slots makes a tree of them. */
    public static final int ALMOST_MANY = Crowd.MANY - 1;

    /** One key less than this in a tree takes them back into slots. */
    public static final int NOT_FEW = Crowd.FEW + 1;

    private Trees() {}

    /** Puts the first keys, which are of one hash, into a tree; each with its index as its value. */
    public static void plant(Shards shards, Comparable<?>[] keys, int count) {
        Table table = tableWithFirst(shards, keys);
        KeyTree tree = KeyTree.empty(keys[0].getClass(), table.hash(keys[0].hashCode()));
        for (int i = 0; i < count; i++) {
            tree = tree.find(keys[i]).with(keys[i], new AtomicReference<>(i));
        }
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(tree);
        exchange(shards, table, keys, count, chain);
    }

    /** Puts the first keys, which are of one hash, into slots; each with its index as its value. */
    public static void line(Shards shards, Comparable<?>[] keys, int count) {
        Table table = tableWithFirst(shards, keys);
        int top = TopHash.of(table.hash(keys[0].hashCode()));
        ChainBuilder chain = new ChainBuilder(count);
        for (int i = 0; i < count; i++) {
            chain.add(top, keys[i], i);
        }
        exchange(shards, table, keys, count, chain);
    }

    private static Table tableWithFirst(Shards shards, Comparable<?>[] keys) {
        shards.write(keys[0], keys[0].hashCode(), null, 0, Shards.INSERT);
        return shards.getTableAcquire(0);
    }

    private static void exchange(Shards shards, Table table, Comparable<?>[] keys, int count, ChainBuilder chain) {
        chain.head();
        int index = table.indexOf(table.hash(keys[0].hashCode()));
        table.replace(index, Chain.nonNull(table.getBucketAcquire(index)), chain);
        for (int i = 1; i < count; i++) {
            shards.counts().countInserted();
        }
    }

    /** Returns the number of trees in a map's oldest table. */
    public static int count(Shards shards) {
        Table table = shards.getTableAcquire(0);
        int trees = 0;
        for (int i = 0; i < table.length(); i++) {
            Bucket main = table.getBucketAcquire(i);
            trees += main == null ? 0 : main.getTreesAcquire().length;
        }
        return trees;
    }
}
