package io.github.safemap.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many comparable keys of one hash code and one class, in one slot. No split can separate them, so they are
 * sorted. A rebuild that finds {@link Sizing#COLLISIONS} of them in slots moves them here. Later rebuilds add
 * the keys that came since. Until then a new key of the same hash code gets a slot of its own, further along
 * the same way. Here keys are only read, replaced and removed.
 *
 * <p>The tree is immutable, and is replaced under the claim of the shard.
 */
final class CollisionTree implements Marker {
    private final int keyHashCode;
    private final long hash;

    @SuppressWarnings("unused") // through TREE
    private KeyTree tree;

    CollisionTree(int keyHashCode, long hash, KeyTree tree) {
        this.keyHashCode = keyHashCode;
        this.hash = hash;
        this.tree = tree;
    }

    @Override
    public int keyHashCode() {
        return keyHashCode;
    }

    /** Returns a copy with the same keys and values. A removal from this one does not change the copy. */
    CollisionTree copy() {
        return new CollisionTree(keyHashCode, hash, getTreeAcquire());
    }

    /** Returns the hash of all keys here. */
    long hash() {
        return hash;
    }

    /** Returns the cell of a key's value, or null if the key is not here. Calls user code. */
    @Nullable AtomicReference<Object> cellOf(Object key) {
        return getTreeAcquire().find(key).cell();
    }

    /** Returns the key here that equals the given one, or null. Calls user code. */
    @Nullable Object keyLike(Object key) {
        return getTreeAcquire().find(key).key();
    }

    KeyTree getTreeAcquire() {
        return (KeyTree) TREE.getAcquire(this);
    }

    void setTreeRelease(KeyTree fresh) {
        TREE.setRelease(this, fresh);
    }

    private static final VarHandle TREE;

    static {
        try {
            TREE = MethodHandles.lookup().findVarHandle(CollisionTree.class, "tree", KeyTree.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
