package io.github.safemap.core.engine;

import io.github.safemap.core.engine.KeyWriter.Kind;

/**
 * Takes a small map through its life: it grows, splits, merges and is empty again. The first map of a JVM
 * does so before its first operation, which would otherwise wait some milliseconds until the classes of the
 * engine are loaded and linked. And what must not fail when memory is short has been linked by then.
 */
public final class Rehearsal {
    /** More than a shard of a small map holds, so it is split, and removals merge it again. */
    private static final int KEYS = 200;

    private Rehearsal() {}

    /** Does all that once. Never fails. */
    public static void run() {
        try {
            Directory directory = new Directory(ShardPolicy.of(1, 0, false, 0));
            for (int key = 0; key < KEYS; key++) {
                KeyWriter.write(directory, key, key, null, key, Kind.PUT);
            }
            for (int key = 0; key < KEYS; key++) {
                KeyWriter.compute(directory, key, key, value -> value, Kind.REPLACE);
                directory.get(key, key);
            }
            for (int key = 0; key < KEYS; key++) {
                KeyWriter.write(directory, key, key, null, null, Kind.REPLACE);
            }
            KeyTree none = KeyTree.empty(Integer.class); // no key here has the hash code of another
            none.find(KEYS);
            new CollisionTree(0, 0, none).setTreeRelease(none);
            Reservation.rehearse();
            directory.shardAt(0).counts().rehearse();
        } catch (Throwable e) {
            // No memory, or no stack: operations load what they need themselves.
        }
    }
}
