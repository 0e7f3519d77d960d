package io.github.safemap.core.testing;

import java.io.Serializable;

/**
 * A key with a chosen hash code. It is not {@code Comparable}, so no map can sort colliding keys. Those of
 * {@link #sortable} are comparable.
 */
public class Key implements Serializable {
    private static final long serialVersionUID = 1;

    private final int id;
    private final int hash;

    /**
     * Creates a key.
     *
     * @param id distinguishes keys of one hash code
     * @param hash the hash code
     */
    public Key(int id, int hash) {
        this.id = id;
        this.hash = hash;
    }

    /** Returns a comparable key that equals the plain one. */
    public static Key sortable(int id, int hash) {
        return new SortableKey(id, hash);
    }

    /** Returns the id, which distinguishes keys of one hash code. */
    public final int id() {
        return id;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Key key && key.id == id && key.hash == hash;
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    @Override
    public final String toString() {
        return "Key " + id + " of " + hash;
    }

    private static final class SortableKey extends Key implements Comparable<SortableKey> {
        private static final long serialVersionUID = 1;

        SortableKey(int id, int hash) {
            super(id, hash);
        }

        @Override
        public int compareTo(SortableKey other) {
            int byId = Integer.compare(id(), other.id());
            return byId != 0 ? byId : Integer.compare(hashCode(), other.hashCode());
        }
    }
}
