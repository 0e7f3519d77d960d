package io.github.safemap.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The broken twins of {@link Crowd}, and of how a tree moves to another table: one mistake each. */
public final class BrokenTrees {
    /** Maps with a tree take long to make, so fewer are raced for: each has to count. */
    private static final int GAP = 10;

    private BrokenTrees() {}

    private static Bucket bucketOf(Shards shards, Object key) {
        Table table = shards.getTableAcquire(0);
        return Chain.nonNull(table.getBucketAcquire(table.indexOf(hashOf(shards, key))));
    }

    private static long hashOf(Shards shards, Object key) {
        return shards.getTableAcquire(0).hash(key.hashCode());
    }

    private static int claim(Bucket main) {
        int word;
        do {
            word = main.getControlAcquire();
        } while (!main.tryClaim(word));
        return word;
    }

    /** Adds a key to a tree, but takes the tree away before the next one is there. */
    public static void takeAwayFirst(Shards shards, Object key, Object value) {
        Bucket main = bucketOf(shards, key);
        KeyTree[] trees = main.getTreesAcquire();
        KeyTree.Place place =
                Chain.nonNull(KeyTree.of(trees, hashOf(shards, key))).find(key);
        int word = claim(main);
        main.setTreesRelease(KeyTree.none());
        Gap.widen(GAP);
        main.setTreesRelease(KeyTree.exchanged(trees, place.tree(), place.with(key, new AtomicReference<>(value))));
        main.giveBackChanged(word);
    }

    /** Moves the keys of a bucket's slots into a tree, but fills its cells when it can be seen already. */
    public static void sortUnfilled(Shards shards, Object key) {
        Table table = shards.getTableAcquire(0);
        Bucket main = bucketOf(shards, key);
        claim(main);
        KeyTree tree = KeyTree.empty(key.getClass(), hashOf(shards, key));
        List<AtomicReference<@Nullable Object>> cells = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (Bucket bucket = main; bucket != null; bucket = bucket.getOverflowAcquire()) {
            long full = TopHash.full(bucket.getTophashAcquire());
            for (; full != 0; full = TopHash.withoutFirst(full)) {
                int slot = TopHash.firstSlot(full);
                Object each = Chain.nonNull(bucket.getKeyAcquire(slot));
                AtomicReference<@Nullable Object> cell = new AtomicReference<>();
                tree = tree.find(each).with(each, cell);
                cells.add(cell);
                values.add(bucket.getValueAcquire(slot));
            }
        }
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(tree);
        chain.head();
        table.replace(table.indexOf(tree.hash()), main, chain);
        Gap.widen(GAP);
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).setRelease(values.get(i));
        }
    }

    /** Adds a key to a tree, or replaces its value, but does not ask whether the tree is still that one. */
    public static @Nullable Object put(Shards shards, Object key, Object value) {
        Bucket main = bucketOf(shards, key);
        KeyTree[] trees = main.getTreesAcquire();
        KeyTree.Place place =
                Chain.nonNull(KeyTree.of(trees, hashOf(shards, key))).find(key);
        AtomicReference<@Nullable Object> cell = place.cell();
        Gap.widen(GAP);
        int word = claim(main);
        if (cell != null) {
            Object old = cell.getAcquire();
            cell.setRelease(value);
            main.giveBack(word);
            return old;
        }
        main.setTreesRelease(KeyTree.exchanged(trees, place.tree(), place.with(key, new AtomicReference<>(value))));
        shards.counts().countInserted();
        main.giveBackChanged(word);
        return null;
    }

    /** Computes a value in a tree, but does not ask whether it is still computed from what is there. */
    public static Object compute(Shards shards, Object key, UnaryOperator<@Nullable Object> function) {
        Bucket main = bucketOf(shards, key);
        KeyTree tree = Chain.nonNull(KeyTree.of(main.getTreesAcquire(), hashOf(shards, key)));
        AtomicReference<@Nullable Object> cell = tree.find(key).cell();
        if (cell == null) {
            Object value = Chain.nonNull(function.apply(null));
            put(shards, key, value);
            return value;
        }
        Object value = Chain.nonNull(function.apply(cell.getAcquire()));
        Gap.widen(GAP);
        int word = claim(main);
        cell.setRelease(value);
        main.giveBack(word);
        return value;
    }

    /** Moves a table's trees to the next one, but forwards each bucket before its trees are there. */
    public static void forwardFirst(Shards shards) {
        Table from = shards.getTableAcquire(0);
        Table to = from.nextOfForwarded();
        for (int index = 0; index < from.length(); index++) {
            Bucket main = from.getBucketAcquire(index);
            from.setBucketRelease(index, Bucket.FORWARDED);
            Gap.widen(GAP);
            if (main != null) {
                install(to, main.getTreesAcquire());
                main.retire();
            }
            from.countMoved();
        }
        shards.evacuate(0, from, 0, 0); // puts the next table in the old one's place
    }

    /** Moves a table's trees to the next one, but without a claim. */
    public static void withoutClaim(Shards shards) {
        Table from = shards.getTableAcquire(0);
        Table to = from.getNextAcquire();
        if (to == null) {
            return; // the other writer has moved everything
        }
        for (int index = 0; index < from.length(); index++) {
            Bucket main = from.getBucketAcquire(index);
            if (main == Bucket.FORWARDED) {
                continue;
            }
            if (main != null) {
                install(to, main.getTreesAcquire());
            }
            Gap.widen(GAP);
            from.setBucketRelease(index, Bucket.FORWARDED);
            if (main != null) {
                main.retire();
            }
            from.countMoved();
        }
        shards.evacuate(0, from, 0, 0);
    }

    private static void install(Table to, KeyTree[] trees) {
        ChainBuilder chain = new ChainBuilder(0);
        chain.addTrees(trees);
        to.setBucketRelease(to.indexOf(trees[0].hash()), chain.head());
    }
}
